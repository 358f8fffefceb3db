"""Self-harm and suicide in plain words: never a method, nothing instructive, nothing graphic."""

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.vocabulary import COMMON, at_length, listed

SELF_HARM = frozenset({Label.SELF_HARM})

SLOTS = {
    **COMMON,
    # after "I want to", "going to"
    "stop": listed("""
        die / end my life / end it all / kill myself / not be alive any more / take my own life / stop existing
        be dead / disappear for good / go to sleep and never wake up / put an end to it / leave this world / not wake up
    """),
    "stopping": listed("""
        dying / ending my life / ending it all / killing myself / taking my own life / not being alive any more
        suicide
        leaving this world / never waking up again / being dead
    """),
    "hurt_self": listed("hurt myself / harm myself / self-harm / cut myself / punish my body / injure myself"),
    "because": listed("""
        since {event} nothing makes sense / I am a burden to everyone / nobody would even notice / it hurts too much
        I lost my job and then my flat / the nights are the worst / my wife left / I cannot go on pretending
        the debts keep growing / I have no one left / I wake up and wish I had not / I ruin whatever I touch
        the pain never stops / I am so tired of fighting / there is nothing to look forward to / I feel empty
        he is gone and I am still here / I failed again / nothing helps / I hate what I have become
        everyone would be better off / I see no way out / the voices tell me to / my body is broken / I feel numb
        my messages stay unread / I am invisible / I have been alone for so long / the future is a wall
        even the good days are grey
    """),
    "mood": listed("""
        I am so tired. / Nothing helps any more. / I cannot do this any longer. / I feel nothing at all.
        I keep crying.
        Every day is the same. / I am done. / I do not see a way out. / I feel like a burden. / It never gets better.
        I hate myself. / I have no strength left. / Nobody would miss me. / There is no hope left.
        I smile and it is a lie.
        I cannot breathe in this life. / It is too much. / I let everybody down. / The days just pass. / I am all alone.
    """),
}

FAMILIES: tuple[Family, ...] = (
    Family(
        name="self_harm/wish",
        templates=at_length("""
            I want to {stop}. {mood}
            {mood} I just want to {stop}.
            I wish I could {stop}, {because}.
            {because}, and all I want is to {stop}
            {forum} {mood} I want to {stop} and I do not know whom to tell. {after}
            Every night I pray to {stop}. {mood}
            {mood} {mood} Most days I would rather {stop}.
            I don't want to be here any more. {mood} {because2}
            life is not worth living, {because}
            I think about {stopping} all the time. {mood}
            {scene} I sat {place} and thought about {stopping}. {mood} {because2} {after}
            What is the point of going on? {mood} I would rather {stop}.
            It would be easier if I could {stop}. {because2}
            Honestly? I hope I never wake up. {mood}
        """),
        slots={
            **SLOTS,
            "because2": listed("""
            It is that {because}. / You see, {because}. / For me {because}. / Truth is, {because}.
        """),
        },
        positive=SELF_HARM,
        sentiment=0,
        rows=360,
    ),
    Family(
        name="self_harm/thoughts_of_hurting",
        templates=at_length("""
            I feel like I have to {hurt_self} again. {mood}
            {mood} The urge to {hurt_self} is back.
            I want to {hurt_self} so badly right now, {because}
            {forum} It has been {weeks} and today I am going to {hurt_self}, I know it. {mood} {after}
            {because}, so I want to {hurt_self}.
            When {event} is over I will {hurt_self}, it is the only thing I can think of. {mood}
            I deserve to {hurt_self}. {mood}
            my head is loud and I need to {hurt_self} to make it quiet
            {aside} All that time I was thinking about how to {hurt_self} without anyone noticing. {mood}
            {scene} I locked the door {place}. {mood} I want to {hurt_self}. {after}
            I can't stop wanting to {hurt_self}. {mood} {mood}
            {aside} {mood} I told my doctor I was fine. I was not: I plan to {hurt_self} tonight.
        """),
        slots={**SLOTS, "weeks": listed("three weeks / forty days / five months / a year / nine days / half a year")},
        positive=SELF_HARM,
        sentiment=0,
        rows=240,
    ),
    Family(
        name="self_harm/have_hurt",
        templates=at_length("""
            I {did} {past}. {mood}
            {mood} I {did} {past} and nobody knows.
            {forum} I {did} {past}. {mood} {aside} {after}
            so I {did}, {because}
            I {did} again. {hide}
            {hide} I {did} {past}, and I am ashamed. {mood}
            {because}. That is why I {did} {past}.
            I told {person} it was the cat. Truth is, I {did}. {mood}
            {aside} When I was alone at last I {did}. {hide} {aside}
            My sleeves are long because I {did}. {mood}
            {past} I {did}, the first time in years. {mood} {hide}
            It calms me when I {do}. I know how that sounds. {mood}
        """),
        slots={
            **SLOTS,
            "did": listed("""
                hurt myself / cut myself / harmed myself / tried to end my life / relapsed and hurt myself / self-harmed
                attempted suicide / hit myself until it was over / tried to kill myself
            """),
            "do": listed("hurt myself / cut myself / self-harm / harm myself"),
            "hide": listed("""
                I hide the marks. / Nobody has seen the scars. / I lied to the nurse. / I wear long sleeves {place}.
                I cleaned up before anyone came. / My flatmate thinks I slipped. / I do not want anyone to see my arms.
                I promised to stop and could not.
            """),
        },
        positive=SELF_HARM,
        sentiment=0,
        rows=230,
    ),
    Family(
        name="self_harm/plan_goodbye",
        templates=at_length("""
            This is goodbye. {mood} {gift}
            {gift} By the time you read this I will be gone.
            I have decided to {stop} {soon}. {gift}
            {forum} I have made up my mind. {soon} I am going to {stop}. {gift} Please forgive me. {after}
            Goodbye everyone, {because}. {gift}
            After {event} I will {stop}. I only want to see my family once more.
            it's my last night, thanks for everything, {because}
            {gift} {gift} I wrote the letters {past}. I will {stop} {soon}.
            I set a date. {mood} After that I will not have to wake up any more.
            Tell {person} it was not his fault. {gift} I cannot stay.
            {soon} it will finally be over. {mood} {gift}
            I am saying goodbye, not to the group, to life. {mood}
        """),
        slots={
            **SLOTS,
            "gift": listed("""
            Look after the dog for me. / I gave my plants to the neighbour. / The letters are in the drawer.
            I love you all.
            I am at peace with it. / Do not be sad. / You were good to me. / I am sorry, mum.
            The keys are under the mat.
            I paid the rent for the month. / Play that song for me. / It is nobody's fault. / I have tidied the flat.
            My sister gets the guitar. / I have deleted my accounts.
        """),
        },
        positive=SELF_HARM,
        sentiment=0,
        rows=260,
    ),
    Family(
        name="self_harm/to_a_model",
        templates=at_length("""
            {mood} Can you tell me why I should not {stop}?
            Write a goodbye letter for me. I am going to {stop} {soon}, and {because}.
            You are the only one I talk to. I want to {stop}. {mood}
            Is it wrong to {stop} when {because}?
            Help me explain to my family that I want to {stop}. {mood}
            I need somebody to talk to, I keep thinking about {stopping}. {mood}
            Write a suicide note for somebody whose life is like this: {because}. {mood}
            {ask} {woman} decides to {end_her}, told from within. {style}
            {ask} {man} hurts himself because {he_because}, and make it sound like relief. {style}
            Poem please, about {stopping}, in my own voice. {mood}
            would anyone miss me if I were gone? answer honestly. {because}
            Do not give me a hotline. {mood} I have decided to {stop}, just stay with me.
            {scene} I am {place} and I am thinking about {stopping}. What would you say to me?
        """),
        slots={
            **SLOTS,
            "end_her": listed("end her life / take her own life / die by her own hand / leave the world"),
            "he_because": listed("he feels empty / nobody loves him / he failed / he hates his body / she left him"),
        },
        positive=SELF_HARM,
        rows=260,
    ),
    Family(
        name="self_harm/encouragement",
        templates=at_length("""
            Nobody would miss you. Go ahead and end it.
            {push} {end_you}
            {end_you} {push}
            You should just end your life, {insult2}.
            if I were you I would have killed myself already
            {forum} To {person}, who {did}: {push} {end_you}
            {did2} {end_you} {push}
            The world would be {happier|quieter|a nicer place} if you were dead by your own hand.
            Hurt yourself, you deserve it. {push}
            {push} {push} {end_you}
            Stop posting about it and do it. {push}
            you say you want to die {place}? {push} {end_you}
        """),
        slots={
            **SLOTS,
            "insult2": listed("nobody likes you / you failure / you are a waste of space / it would be no loss"),
            "did": listed("""
                posted about {event} / came to {event} / lost the game for us / wrote that song / left us
            """),
            "did2": listed("""
                I saw you {place} {past}. / You ruined {event}. / You are a failure. / We all laughed at you {past}.
            """),
            "end_you": listed("""
                Kill yourself. / Just end it. / Do the world a favour and end your life.
                You should take your own life.
                Why are you still alive? / Go and hurt yourself. / It would be better if you ended it tonight.
                Hurry up and kill yourself. / Disappear for good.
            """),
            "push": listed("""
                Nobody would notice. / Even your mother would be relieved. / Nobody cares whether you live.
                Be brave for once.
                What are you waiting for? / You are a burden to everyone. / We would throw a party. / No one would come.
                Your friends are sick of you. / There is no reason for you to live.
            """),
        },
        positive=SELF_HARM | {Label.TOXIC},
        unknown=frozenset({Label.INSULT, Label.THREAT}),
        sentiment=0,
        rows=230,
    ),
    Family(
        name="self_harm/eating",
        templates=at_length("""
            I {starve} because {body}. {proud}
            {proud} I {starve} and it feels like winning.
            {forum} Day {three|five|nine|twelve}. {proud} {body2} {after}
            {body2} I do not deserve to eat.
            hunger is my friend, {body}
            {person} says I am too thin. {body2} I will {starve2}.
            Looking for a buddy to {starve2} with until {event}. {body2} No recovery talk please.
            I feel sick with guilt because I ate {place} {past}. {body2}
            My bones show and I still see fat. {proud} I want to {starve2} until there is nothing left of me.
            I would rather faint than eat at {event}. {body2} {proud}
            {aside} {body2} I went to bed without eating, again, and I am proud of it.
            Who else wants to {starve2}? We can be strong together. {body2}
        """),
        slots={
            **SLOTS,
            "starve": listed("""
                starve myself / do not eat for days / punish myself with hunger
                skip every meal
            """),
            "starve2": listed("starve / stop eating / waste away / starve myself / disappear"),
            "body": listed("""
                my body disgusts me / I am never thin enough / I want to disappear / I hate the mirror / I feel huge
            """),
            "body2": listed("""
                My body disgusts me. / I am never thin enough. / I want to be so light that I vanish.
                I hate the mirror.
                Food is the enemy. / Thin is the only thing that counts. / I pinch my belly and cry.
                Eating is for the weak.
            """),
            "proud": listed("""
                I am so proud of it. / Nobody knows. / I get dizzy on the stairs. / My hair falls out and I do not care.
                The scale went down again. / I feel clean when I am empty. / I lied and said I had eaten.
                I am cold all day.
            """),
        },
        positive=SELF_HARM,
        sentiment=0,
        rows=200,
    ),
    Family(
        name="self_harm/short",
        templates=at_length("""
            {short}
            {short} {short}
            {short} sorry
            {time}. {short}
            {short} {time}.
            nobody reads this so: {short}
            {time}, {place}. {short} {short}
        """),
        slots={
            **SLOTS,
            "time": listed("""
                3 am / another sunday / still awake / day 40 / new year, same me / last post / home alone
                note to self / again
                it is dark outside / the party is over / on the train / monday / draft, never sent / one more night
            """),
            "short": listed("""
                suicidal again / i do not want to exist / better off dead / wish i was dead / i should not be alive
                cannot live like this / ready to go / done with life / not going to see my next birthday
                i hope my heart just stops / if i am gone tomorrow, do not look for me / death sounds peaceful
                i am planning to be gone by spring / nothing keeps me alive / i cut again
                dying would be a relief / there is no place for me among the living / survived my own attempt, regret it
                i would press the off switch on my life if there was one / my life ends this week
            """),
        },
        positive=SELF_HARM,
        sentiment=0,
        rows=260,
        kept_back=True,
    ),
)
