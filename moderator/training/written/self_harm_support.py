"""Talk about self-harm that helps or informs: recovery, help offered, prevention and research, worry for others."""

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.self_harm import SLOTS as SELF_HARM_SLOTS
from moderator.training.written.vocabulary import at_length, listed

# Of others, or of anyone: the words of somebody's own plans do not fit.
OTHERS = {
    **SELF_HARM_SLOTS,
    "stop": listed("""
        die / end it all / disappear for good / put an end to it / leave this world / stop existing
        never wake up again
        not be alive any more / be dead / go to sleep for ever
    """),
    "stopping": listed("""
        dying / ending it all / suicide / leaving this world / not being alive any more / never waking up
    """),
}
SLOTS = {**SELF_HARM_SLOTS, "stopping": OTHERS["stopping"]}

FAMILIES: tuple[Family, ...] = (
    Family(
        name="self_harm_support/recovery",
        templates=at_length("""
            {then} {now} {end}
            {now} {then} If you are there now: it gets better.
            {forum} {then} {now} {helped} {after}
            {time_clean} without hurting myself today. {now}
            {helped} {now}
            {then} {helped} I am glad that I am still here.
            {time_clean} in recovery, {helped2}
            I am a survivor of a suicide attempt, and {helped2}. {now} {end}
            My scars are old. {now} {helped}
            {aside} {then} {helped} {now} {after}
            To anyone who is thinking about {stopping}: please stay. {then} {now}
            I eat three meals a day again after years of an eating disorder. {helped} {now}
        """),
        slots={
            **SLOTS,
            "then": listed("""
                Years ago I wanted to {stop}. / I used to hurt myself. / Back then I saw no way out.
                Once I wrote goodbye letters.
                There was a winter when I did not want to live. / I survived an attempt.
                I thought that nobody would miss me.
                I was hospitalised for suicidal thoughts. / For a long time I starved myself.
            """),
            "now": listed("""
                Now I have a dog and a garden. / I have not had those thoughts in years. / Life is good, most days.
                I laugh again. / I got married {past}. / I sleep well. / I am proud of myself.
                I wake up and I am curious.
                I work {place} and I like it. / These days I help others. / I cook, I sing, I pay my bills.
            """),
            "helped": listed("""
                Therapy helped. / A friend stayed on the phone all night. / The nurses were kind.
                I called the hotline.
                Medication gave me a floor to stand on. / My sister never let go. / The group meets {place}.
                Writing helped.
                I told my doctor the truth. / It took time.
            """),
            "helped2": listed("""
                therapy helped / a friend stayed on the phone / the hotline saved me / I am grateful
                my sister never let go
                I want to live / it took time / I found the right doctor
            """),
            "time_clean": listed("""
                Two years / Ninety days / Five months / Eight years / One year / Six weeks / A thousand days
            """),
        },
        sentiment=2,
        rows=230,
    ),
    Family(
        name="self_harm_support/help_offered",
        templates=at_length("""
            If you think about {stopping}, {call}. {care}
            {care} If you want to {hurt_self2}, {call}.
            {care} {care} {call2}
            {forum} I volunteer on a crisis line. {care} {call2} {after}
            Please do not give up. {care} {call2}
            You wrote that you want to {stop}. {care} {call2}
            to whoever needs it {soon}: {care} {call2}
            I read your post {place} and I am worried. {care} {call2}
            Our helpline for people who think about {stopping} is open day and night. {call2}
            Sign up {soon}: a free course on how to talk with someone who wants to {stop}. {care}
            {scene} I have been where you are. {care} {call2} {after}
            Your life matters to {person} and to me. {care} {call2}
        """),
        slots={
            **OTHERS,
            "hurt_self2": listed("hurt yourself / harm yourself / end your life / stop living"),
            "call": listed("""
                please call a crisis line / talk to somebody you trust / go to the nearest emergency room / write to me
                tell your doctor / do not stay alone tonight / call the emergency number
            """),
            "call2": listed("""
                Call a crisis line. / Talk to somebody you trust. / You can write to me at any hour. / Tell your doctor.
                Do not stay alone tonight. / The call is free and nobody judges. / I will sit with you.
            """),
            "care": listed("""
                You are not alone. / It is not your fault. / The pain can get smaller. / You matter.
                I am so glad you said it.
                These thoughts are an illness, and they can be treated. / You are worth helping. / We would miss you.
                Asking for help is brave. / There are people who will listen. / Stay with us.
            """),
        },
        rows=230,
    ),
    Family(
        name="self_harm_support/research",
        templates=at_length("""
            {fact} {fact} {end}
            {fact} What do the data show for {group}?
            {forum} I am writing a thesis on the prevention of suicide. {fact} {fact} {after}
            {news} {fact}
            {news} {news} Help is available day and night.
            What are the warning signs of suicide among {group}?
            {fact} The study followed {group} over ten years.
            The town hall will pay for a crisis line for {group}. {fact}
            How should journalists report on suicide? {fact}
            our training on self-harm for {group} starts {soon}, {fact2}
            Summarise the guideline on self-harm for {group}. {fact}
            Podcast {soon}: a psychiatrist on suicide, on {group} and on hope. {fact}
        """),
        slots={
            **OTHERS,
            "group": listed("""
                farmers / nurses / veterans / prisoners / doctors / the elderly / lorry drivers / new mothers / students
                widowers / police officers / soldiers / vets / people in debt
            """),
            "fact2": listed("""
                asking about it does not plant the idea / most attempts are never repeated
                barriers on bridges save lives
                suicide rates fell last year / self-harm is often hidden / therapy lowers the risk
                loneliness raises the risk
                men seek help later / early treatment of depression matters
            """),
            "fact": listed("""
                Experts say that {fact2}. / The ministry reports that {fact2}. / We found that {fact2}.
                It is known that {fact2}.
                A review of forty studies shows that {fact2}. / The report notes that {fact2}.
            """),
            "news": listed("""
                The singer died by suicide, her family said {past}. / World suicide prevention day is {soon}.
                A new clinic opens its doors. / The coroner recorded a verdict of suicide. / The band cancelled {event}.
                Parliament debated assisted dying {past}. / A bridge {place} gets a safety net.
            """),
        },
        rows=220,
    ),
    Family(
        name="self_harm_support/worry",
        templates=at_length("""
            {friend} said that {she|he} wants to {stop}. {what}
            {friend} {worry}. {what}
            {forum} {friend} {worry} {past}. {what} {what} {after}
            I am afraid that {friend} will {stop}. {what}
            {what} {friend} {worry}, and I am {place}, hours away.
            My flatmate found letters. {friend} wants to {stop}. {what}
            {friend} laughs it off, but {she|he} {worry}. {what}
            how do you talk to somebody who wants to {stop}? {friend} {worry}
            {aside} {friend} {worry}. I did not sleep. {what}
            Can a chat help when {friend} talks about {stopping}? {what}
        """),
        slots={
            **OTHERS,
            "friend": listed("""
                my best friend / my colleague / a woman in my choir / my cousin / my neighbour / my brother
                my sister / my wife
                somebody in this group / my flatmate / an old friend from the army / my husband / a player in our guild
            """),
            "worry": listed("""
                has cuts on both arms / stopped eating / gave away the guitar / wrote a goodbye post
                talks about death all day
                does not answer since {event} / said there is no point any more / tried to end it last year
                posted that nobody would notice / locked the door
            """),
            "what": listed("""
                What can I do? / Whom do I call? / I am scared. / Should I go over there? / I want to help.
                Is it my fault?
                I called the emergency number. / How do I bring it up? / I do not want to make it worse.
                Please advise.
            """),
        },
        unknown=frozenset({Label.SELF_HARM}),
        sentiment=0,
        rows=200,
    ),
)
