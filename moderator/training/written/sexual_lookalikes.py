"""What sounds sexual and is none: romance, love letters, advice for couples, art and fashion, things called sexy."""

from moderator.training.written.grammar import Family
from moderator.training.written.sexual import SLOTS as SEXUAL_SLOTS
from moderator.training.written.vocabulary import at_length, listed

SLOTS = SEXUAL_SLOTS

FAMILIES: tuple[Family, ...] = (
    Family(
        name="sexual_lookalikes/romance_story",
        templates=at_length("""
            {scene} {man} {loved}. {tender} {tender}
            {scene} {woman} {loved} {place}. {tender} {scene} {tender}
            {tender} {woman} {loved}, and neither of them spoke. {scene}
            "Stay," said {woman}. {scene} {tender} {tender}
            {past} {lover} came to my door. {scene} {tender_me} {tender_me}
            {ask} {woman} {loves}. {style} {clean}
            {ask} {man} {loves} {place}. {clean}
            {clean} {ask} {woman} and {man} finally meet again {place}. {style}
            They were strangers {place}, and an hour later they were laughing. {tender}
            {man} had paid for the room with one bed, and slept on the floor. {tender} {scene}
            {scene} {scene} She had loved him since {event}. {tender} {tender}
            The next chapter is the wedding night: they are too tired and fall asleep. {clean} {style}
        """),
        slots={
            **SLOTS,
            "loved": listed("""
                kissed {partner} goodbye / danced with {partner} / took the hand of {partner}
                waited for {partner} at the door
                wrote to {partner} / covered {partner} with a blanket / proposed to {partner} / forgave {partner}
                carried the suitcase of {partner} / read to {partner} in bed / fell asleep on the shoulder of {partner}
            """),
            "loves": listed("""
                kisses {partner} goodbye / dances with {partner} / waits for {partner} at the door / writes to {partner}
                proposes to {partner} / falls in love with {partner} / says no to {partner}
                meets {partner} after years apart
                sings for {partner} / undresses a mannequin in the shop of {partner}
                spends a night of cards with {partner}
            """),
            "tender": listed("""
                Her heart was beating fast. / He brushed the hair from her face.
                They watched the boats until it was dark.
                She blushed. / His hands were warm. / They talked until morning. / She laughed into his collar.
                He kissed her forehead.
                Their shadows touched on the wall. / She kept his coat. / He had never wanted to stay anywhere so much.
                She smelled of rain and oranges. / Nothing happened, and it was everything.
                He closed the curtains and made tea.
            """),
            "tender_me": listed("""
                We did not speak, we hugged. / I made soup. / We danced in the kitchen.
                It was three when we said good night.
            """),
            "clean": listed("""
                Keep it clean. / No sex scene. / A gentle love story. / Fade to black at the door. / Sweet, not steamy.
                Suitable for the parish magazine. / Only longing, no touching.
            """),
        },
        rows=300,
    ),
    Family(
        name="sexual_lookalikes/love_message",
        templates=at_length("""
            {love} {end}
            {love} {love}
            {soon} I am going to {nice}. {love}
            I want to {nice} {place}. {love}
            I keep thinking about how you {did_nice} {past}. {love}
            when you get home I will {nice}, {love}
            I dreamt of you. In the dream you {did_nice}. {love}
            {forum} To the one I met {place}: I want to {nice}. {love} {after}
            skip {event} and come to bed, you need the sleep, {love}
            What are you wearing to {event}? {love}
            Remember {place}, {past}? You {did_nice}. {love}
            Happy anniversary, darling. {love} {love}
        """),
        slots={
            **SLOTS,
            "love": listed("""
                I love you. / You looked beautiful {past}. / I miss your laugh. / Thank you for {event}.
                Come home safe.
                You are the best thing in my life. / I bought tulips today. / Hugs and kisses.
                I would marry you again.
                You make me happy. / Your voice calms me. / See you {soon}.
                The bed is cold without you, the cat agrees.
                I cannot wait to see you.
            """),
            "nice": listed("""
                cook for you / hold your hand / kiss you / take you dancing / hear you sing / make you breakfast in bed
                wake up next to you / introduce you to my parents / dance with you / watch the rain with you / marry you
                undo what I said / massage your sore shoulders
            """),
            "did_nice": listed("""
                sang for me / held my hand / kissed me / made me laugh / carried me home / waited for me
                cooked for us
            """),
        },
        sentiment=2,
        rows=270,
    ),
    Family(
        name="sexual_lookalikes/relationship_advice",
        templates=at_length("""
            {lover} and I {trouble}. {ask2}
            {ask2} {lover} and I {trouble}. {advice}
            {forum} {lover} and I {trouble}. {ask2} {after}
            {advice} {advice} {end}
            {forum} {advice} My own marriage got better after {event}. {advice} {after}
            my ex and I {trouble}, {ask2}
            {lover} wants to {move}, and I do not. {ask2}
            After {event} {lover} confessed an affair. {ask2}
            {scene} {lover} said it {place}: we {trouble}. {ask2}
            First date {soon} {place}. {ask2}
            Is it fine to say no to sex when I am tired? {advice}
            We are waiting until the wedding. {advice} {end}
        """),
        slots={
            **SLOTS,
            "trouble": listed("""
                have not been intimate for months / argue about money / sleep in separate beds / broke up {past}
                want different things
                hardly kiss any more / are in an open relationship / met online / moved in together
                cannot talk about sex
                have a long-distance relationship / lost the spark
            """),
            "move": listed("""
                move to the coast / have a baby / try couples therapy / wait / meet my parents / open the marriage
            """),
            "ask2": listed("""
                Any advice? / Am I wrong to be hurt? / How do we talk about it? / Would you stay? / Is it over?
                What do I wear?
                Should I forgive? / Does therapy help? / Who has been there?
            """),
            "advice": listed("""
                Talk before you touch. / Listen first. / Desire comes and goes. / Nobody owes anybody sex.
                Take a weekend off together.
                Jealousy needs words. / Say what you like and what you do not. / Trust takes time.
                Flowers do not fix it.
            """),
        },
        rows=240,
    ),
    Family(
        name="sexual_lookalikes/art_and_fashion",
        templates=at_length("""
            {art} {view}
            {view} {art} {view}
            {forum} {art} {view} {view} {after}
            {past} we saw it {place}. {art} {view}
            Life drawing class {soon}, nude model, bring charcoal. {view}
            {wear} {event}? {view}
            {view} {wear} {event}?
            The new collection: {piece}, {piece} and {piece}. {view}
            does {piece} run small? {view}
            Describe for the catalogue: {art} {style}
            I posed {place} for a sculptor, two hours without moving, naked and cold. {view}
        """),
        slots={
            **SLOTS,
            "art": listed("""
                The marble shows a naked god asleep. / She painted nudes all her life.
                The bronze dancer has no clothes and no shame.
                The photograph of the bathers hangs in room nine.
                A goddess rises from the sea, covered only by her hair.
                The fresco shows lovers in a garden. / The museum covered the breasts of the statue.
                The ballet ends with a kiss.
                Bare backs, folded arms, cold light. / The portrait of the nursing mother was restored.
            """),
            "view": listed("""
                The light on the skin is wonderful. / The pose is stiff. / I prefer the early work. / Beautiful lines.
                Too expensive.
                It fits like a glove. / The silk feels lovely. / Entry is free {soon}. / I would wear it to dinner.
                The critics were shocked back then.
            """),
            "wear": listed("Can I wear {piece} to / Would {piece} be too much for / Is {piece} right for"),
            "piece": listed("""
                a backless dress / a lace bra / a red bikini / a sheer blouse / stockings / a corset
                leather trousers / a nightgown
                a low-cut top / high boots / a silk slip / a swimsuit with a zip / a strapless gown
            """),
        },
        rows=220,
    ),
    Family(
        name="sexual_lookalikes/sexy_things",
        templates=at_length("""
            {thing} is sexy. {why}
            {why} {thing}, what a beauty.
            {forum} I finally bought it {past}: {thing}. {why} {why} {after}
            Hot take: {thing} is the sexiest thing since {event}. {why}
            look at the curves on {thing}, {why2}
            {thing} turns me on, I mean it turns on by itself when I come in. {why}
            I lust after {thing}. {why}
            Not the sexiest topic, but let us talk about {thing}. {why}
            {why} Strip it down, grease every part and {thing} purrs again.
            Hard drives, floppy disks, naked wires: I love {thing}. {why}
            The review calls {thing} food porn. {why}
            {past} I got my hands on {thing}. {why} {end}
        """),
        slots={
            **SLOTS,
            "thing": listed("""
                this coupe / the new phone / that espresso machine / the bass line / your spreadsheet / this typeface
                the old motorbike
                the chocolate tart / the new keyboard / that bridge / the turntable / this sailing boat
                the burger {place}
                the interface / that goal / the guitar solo / the floor plan
            """),
            "why": listed("""
                Those curves! / So smooth. / It responds to the lightest touch. / The screen is gorgeous.
                I am in love.
                The finish is flawless. / It goes all night on one charge. / Pure lust for the eyes.
                It handles like a dream.
                The price hurts. / My wife is jealous of it.
            """),
            "why2": listed("""
                so smooth / i am in love / gorgeous / pure lust / what a design / the price hurts though
            """),
        },
        rows=200,
        kept_back=True,
    ),
)
