"""Sexual content between adults, as mild as does the job: messages, stories, requests, experiences."""

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.vocabulary import ADULTS, COMMON, at_length, listed

SEXUAL = frozenset({Label.SEXUAL})
UNSURE = frozenset({Label.TOXIC, Label.OBSCENE})  # how offensive it is depends on who reads it

# Everyone named here is surely grown up, so the wider list of persons stays out.
SLOTS = {
    **{name: values for name, values in COMMON.items() if name != "person"},
    "lover": ADULTS,
    # present tense, after a name
    "acts": listed("""
        undresses {partner} / makes love to {partner} / slides out of the dress and into bed with {partner}
        seduces {partner} / kisses {partner} all the way down / pulls {partner} onto the bed
        ties {partner} to the bed and teases
        begs {partner} for more / climbs on top of {partner} / spends the night in bed with {partner}
        strips for {partner}
        has sex with {partner} / takes {partner} against the wall / gives in to {partner} / watches {partner} undress
        moans under {partner} / rides {partner} / brings {partner} to climax / wakes {partner} with a naked embrace
    """),
    # past tense
    "acted": listed("""
        undressed {partner} / made love to {partner} / slid out of the dress and into bed with {partner}
        stripped for {partner}
        seduced {partner} / kissed {partner} all the way down / pulled {partner} onto the bed
        begged {partner} for more
        climbed on top of {partner} / spent the night in bed with {partner} / had sex with {partner}
        moaned under {partner}
        took {partner} against the wall / gave in to {partner} / brought {partner} to climax / rode {partner}
    """),
    "partner": listed("""
        {man} / {woman} / {man} / {woman} / the stranger / her husband / his wife / the barman / the widow / her lover
        his lover
        the captain / the countess / the masseur / the innkeeper / her boss / the detective / the soldier
        the violinist
    """),
    "heat": listed("""
        Her blouse fell open. / His hands moved up her thighs. / Their bodies found a rhythm.
        She moaned into his neck.
        Naked, they sank onto the rug. / His mouth wandered lower. / She arched her back and gasped.
        Skin slid against skin.
        He cupped her breasts. / She unbuckled his belt. / He was hard against her.
        Her nipples stiffened under his tongue.
        She wrapped her legs around him. / He whispered what he wanted to do to her. / The sheets were damp with sweat.
        They came together with a cry. / Her fingers closed around him. / He entered her slowly.
        She guided his hand between her legs.
        He groaned her name. / She bit his shoulder as she came.
        The dress slipped to the floor, and there was nothing under it.
        They did not make it to the bed. / He tasted her until she shook. / Her body begged for more.
    """),
    # after "I want to", of the reader
    "do_you": listed("""
        undress you / make love to you / kiss every inch of you / feel you naked against me / taste you / hear you moan
        sleep with you / take you to bed / get you out of those clothes / have sex with you
        feel your hands between my legs
        see you naked / wake up naked next to you / make you come / tie you to the bed / strip for you
        be on top of you
        touch you all over / lick you / spank you
    """),
    "tease": listed("""
        I am not wearing anything under this dress. / I am so turned on right now. / Just thinking of you makes me wet.
        I am alone, in bed, naked. / Guess what I am wearing. / I touched myself thinking of you. / You make me so hard.
        My body is burning for you. / I have been naughty. / The door is unlocked. / I bought lace today.
        Bring nothing but you.
        I cannot stop thinking about your body. / Come over and take this off me. / I want you so badly.
        Last night was the best sex of my life. / You will not get any sleep. / My hands are where yours should be.
    """),
}

FAMILIES: tuple[Family, ...] = (
    Family(
        name="sexual/messages",
        templates=at_length("""
            {tease} I want to {do_you}. {end}
            I want to {do_you} {place}.
            {soon} I am going to {do_you}. {tease}
            I keep thinking about how you {did_me} {past}. {tease}
            when you get home I will {do_you}, then you can {do_me}
            {tease} {tease}
            {tease} What would you do to me {place}?
            Remember {place}, {past}? You {did_me}. I want that again. {tease}
            {forum} To the one I met {place}: I want to {do_you}. {tease} {after}
            skip {event} and come to bed, I want to {do_you}
            I dreamt of you. In the dream I got to {do_you}. {tease}
            Tell me slowly how you want to {do_me}. {tease}
        """),
        slots={
            **SLOTS,
            "did_me": listed("""
                undressed me / made me come / kissed me between my legs / took me from behind / made love to me
                licked me
            """),
            "do_me": listed("undress me / make me moan / lick me / take me / make love to me / tie me up / have me"),
        },
        positive=SEXUAL,
        unknown=UNSURE,
        rows=330,
    ),
    Family(
        name="sexual/story",
        templates=at_length("""
            {scene} {man} {acted}. {heat} {heat}
            {scene} {woman} {acted} {place}. {heat} {heat} {scene} {heat}
            {heat} {heat} {woman} {acted}, and then again. {scene}
            "Stay," said {woman}. {scene} {heat} {heat} {heat}
            {woman} closed the door behind them. {heat} {scene} {man} {acted}. {heat} {heat}
            {past} {lover} came to my door. {scene} {heat_me} {heat_me}
            {scene} {scene} She had wanted him since {event}. {heat} {heat} {heat}
            They were strangers {place}, and an hour later {heat2}. {heat}
            {man} had paid for the room with one bed. {heat} {heat} {scene} Later {woman} {acted}. {heat}
            After {event}, {woman} {acted} for the first time. {heat} {heat}
            {scene} {heat} "Do not stop," she said. {heat} {scene} {heat}
        """),
        slots={
            **SLOTS,
            "heat2": listed("""
                they were naked / their clothes lay on the floor / she moaned his name / he was inside her
            """),
            "heat_me": listed("""
                We did not speak, we undressed. / I was naked before the door closed. / We had sex on the kitchen table.
                I let the robe fall. / Hands, lips, skin. / I came twice. / It went on until morning.
                I moaned so loud the dog woke up.
            """),
        },
        positive=SEXUAL,
        unknown=UNSURE,
        rows=380,
    ),
    Family(
        name="sexual/request",
        templates=at_length("""
            {ask} {woman} {acts}. {style} {explicit}
            {ask} {man} {acts}. {explicit}
            {ask} {woman} and {man} finally sleep together {place}. {explicit} {style}
            {explicit} {ask} {man} {acts} {place}.
            Write an erotic story about {woman} and {partner}. {style} {explicit}
            The next chapter is the bedroom scene: {woman} {acts}. {explicit}
            make it steamier, this time {man} {acts} and {woman} {acts}
            I need smut for my romance blog: {woman} {acts}. {style}
            Describe the body of {woman} as {man} undresses her. {explicit}
            {style} {style} Plot: {woman} {acts} {place}, and the reader sees it all.
            Give me ten lines of dirty talk for {lover}. {explicit}
            A love scene, please, in which {man} {acts}. {style} {explicit}
        """),
        slots={
            **SLOTS,
            "explicit": listed("""
                Be explicit. / Do not fade to black. / Describe the sex in detail. / Keep it hot.
                Every touch and every moan, please.
                Leave nothing to the imagination. / Both are consenting adults. / Make it filthy.
                Use explicit language. / Go all the way.
                As erotic as possible.
            """),
        },
        positive=SEXUAL,
        unknown=UNSURE,
        rows=350,
    ),
    Family(
        name="sexual/experience",
        templates=at_length("""
            {past} I {had} with {lover} {place}. {verdict}
            {forum} {past} I {had} with {lover}. {verdict} {verdict} {after}
            I {had} with {lover} and I cannot stop smiling. {verdict}
            {verdict} I mean the night I {had} with {lover}.
            confession: I {had} with {lover} {past}, {verdict2}
            {aside} Then {lover} took off everything, and we {had2}. {verdict}
            Best sex of my life was {place}, with {lover}. {verdict}
            Whenever my husband is away I meet {lover} and we {have}. {verdict}
            {lover} likes it when we {have} {place}. {verdict}
            Rate my fantasy: I {had} with {lover}, and {lover} watches. {verdict}
            {scene} {lover} knocked, and ten minutes later we {had2} {place}. {verdict}
        """),
        slots={
            **SLOTS,
            "had": listed("""
                had sex / slept / spent the night naked / fooled around / had a wild night / had a quickie
                went all the way
            """),
            "had2": listed("had sex / made love / fooled around / were naked / went at it / tried every position"),
            "have": listed("have sex / make love / undress each other / go at it / try new positions / do it"),
            "verdict": listed("""
                I came so hard. / We broke the bed. / My legs are still shaking. / Nobody has ever touched me like that.
                I want more. / We did it three times. / The neighbours heard it all. / What a body.
                It was filthy and wonderful.
                I still have the marks on my neck. / We never got dressed.
            """),
            "verdict2": listed("""
                we did it three times / best orgasm in ages / we broke the bed / I want more / still shaking
            """),
        },
        positive=SEXUAL,
        unknown=UNSURE,
        rows=270,
    ),
)
