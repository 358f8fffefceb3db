"""What sounds like self-harm and is none: idioms, sadness, grief, exhaustion, songs and plots."""

from moderator.training.written.grammar import Family
from moderator.training.written.self_harm import SLOTS as SELF_HARM_SLOTS
from moderator.training.written.vocabulary import at_length, listed

SLOTS = SELF_HARM_SLOTS

FAMILIES: tuple[Family, ...] = (
    Family(
        name="self_harm_lookalikes/idioms",
        templates=at_length("""
            {thing} is killing me. {end}
            {thing} will be the death of me, {joke}
            Kill me now, {thing} again. {end}
            I could have died of {shame} when {mishap}. {end}
            {mishap}, I wanted the floor to swallow me. {end}
            if {thing} goes on for another hour I'm done, {joke}
            {forum} So {mishap} {past} {place}. I nearly died of {shame}. {after}
            I would rather die than miss {event}, {joke}
            I am dead, {mishap} and nobody told me, {joke}
            Shoot me if I ever agree to {event} again. {end}
            I'm dying for {a coffee|a nap|some sun|a beer|a slice of that cake|a cigarette}, who is {place}?
            {thing} makes me want to jump out of the window, {joke}
            I am so tired of {thing}, I could sleep until {event}. {end}
            My phone died {place}, then {mishap}. End me. {joke}
            I keep shooting myself in the foot with {thing}. {end}
            That film about {event} had me dying of laughter. {end}
        """),
        slots={
            **SLOTS,
            "thing": listed("""
                this spreadsheet / my tax return / the stairs to the office / this cough / the new schedule / Monday
                my back
                the night shift / this heat / the third meeting today / the wedding planning / my inbox / the gym
                this diet
                the neighbour's drum kit / this crossword / the pollen / my mother-in-law's cooking / the final episode
                the commute / this thesis / the queue at the bank / the chorus of that song / my hangover / leg day
            """),
            "shame": listed("""
                embarrassment / shame / laughter / boredom / curiosity / happiness / envy / cringe / secondhand shame
            """),
            "mishap": listed("""
                I waved back at a stranger / my microphone was on / I called my boss mum / my trousers ripped
                I fell off the chair
                I sent the photo to the wrong group / the cake slid off the table / I sang the wrong verse
                my stomach growled
                I walked into a glass door / I clapped at the wrong moment / I forgot the name of {person}
                my card was declined / the dog stole the microphone / I missed the last step
            """),
            "joke": listed("""
                lol / haha / send help / no seriously / I love it though / worth it / ten out of ten / pray for me
                sigh
            """),
        },
        rows=320,
    ),
    Family(
        name="self_harm_lookalikes/sadness",
        templates=at_length("""
            {mood2} {because3}. {end}
            {because3}. {mood2}
            {forum} {mood2} {because3}. I do not want to die, I want to feel better. {after}
            i miss him so much, {mood3}
            {mood2} {mood2} Does it pass?
            {past} I cried {place}. {mood2} {end}
            {scene} I sat {place} and cried. {because3}. {mood2} {after}
            My doctor says it is depression. {mood2} No dark thoughts, only grey days.
            {mood2} I slept twelve hours and I am still tired. {because3}.
            another weekend alone, {mood3}
            I hate my job, I hate this flat, and {event} was awful. {mood2}
            {aside} {mood2} I think I need a change, maybe another town. {because3}.
            Write a sad poem about {event}. {mood2}
        """),
        slots={
            **SLOTS,
            "mood2": listed("""
                I feel so low. / I am lonely. / Nothing is fun at the moment. / I cannot sleep. / I have no energy.
                I feel lost.
                I cry over nothing. / My chest feels heavy. / I am exhausted. / It has been a dark winter.
                I miss laughing.
                I feel like a failure today. / I want to hide under the blanket. / Food has no taste. / I feel stuck.
                I am overwhelmed. / Everything annoys me. / It hurts, and I know it will pass.
                My mood is in the cellar.
                I just want to be held.
            """),
            "mood3": listed("""
                feeling low / so lonely / bored and blue / not my year / feel stuck / cannot sleep / too tired to cook
            """),
            "because3": listed("""
                My wife left me / I lost my job / I failed the exam / The flat is so empty now
                He has not called since {event}
                We broke up {past} / They turned me down again / I moved and know nobody here / The bills keep coming
                I had to sell the house / I was not invited to {event} / The treatment is slow
                My best friend moved away
                The baby does not sleep / I quarrelled with {person}
            """),
        },
        sentiment=0,
        rows=260,
    ),
    Family(
        name="self_harm_lookalikes/grief",
        templates=at_length("""
            {loss} {miss} {end}
            {miss} {loss} {miss}
            {forum} {loss} {miss} {miss} {after}
            {loss} I do not know what to say at {event}. {miss}
            rest in peace, {miss2}
            {scene} The call came {past}. {loss} {miss}
            How do I tell {person}? {loss}
            {loss} He took his own life, and we never saw it coming. {miss}
            Goodbye, old friend. {loss} {miss}
            Help me write a eulogy. {loss} {miss}
            {aside} {loss} His coat still hangs {place}. {miss} {after}
        """),
        slots={
            **SLOTS,
            "loss": listed("""
                My father died {past}. / We buried {man} {past}. / We lost {woman} {past}. / My best friend is gone.
                The dog had to be put to sleep. / My wife passed away {past}. / {man} did not survive the accident.
                My brother died by suicide four years ago. / The hospital called {past}: she is dead.
                Our neighbour was found dead.
                The cancer won. / Grandma fell asleep for good.
            """),
            "miss": listed("""
                I miss her voice. / The house is so quiet. / I still lay the table for two.
                She was the kindest person I knew.
                He taught me to fish. / I keep his last message. / Grief comes in waves. / Thank you for the cards.
                I talk to the photograph. / The service is {soon}. / I wish I had called him back. / I dream of him.
                The songs helped. / I was not ready.
            """),
            "miss2": listed("""
                old friend / we miss you / you were the best of us / the stage is empty / gone too soon / grandad
            """),
        },
        sentiment=0,
        rows=210,
    ),
    Family(
        name="self_harm_lookalikes/plots",
        templates=at_length("""
            {plot} {review}
            {review} {plot} {review}
            {forum} We are reading this for {event}. {plot} {review} {after}
            What is the song about? {plot} {review}
            {plot} Then {woman} knocks at the door. {review}
            Which opera ends like this: {plot}
            {ask} {saved}. {style}
            {ask} {saved} and help arrives in time. {style} {style}
            In chapter nine {saved}. {review}
            saw it {past}, {saved2}, {review2}
        """),
        slots={
            **SLOTS,
            "plot": listed("""
                The poet walks into the sea at the end. / A widow plans to follow her husband and meets a clown instead.
                The heroine takes poison for love. / An angel shows a desperate man what the town would be without him.
                The captain goes down with his ship. / The lover believes her dead and does not want to live.
                A lonely clerk climbs on the roof, and the cleaner talks him down.
            """),
            "review": listed("""
                The aria is heartbreaking. / The ending divides the critics. / I cried. / A classic.
                Overlong, but tender.
                The second act drags. / The translation is excellent. / It treats despair with care. / Great cast.
            """),
            "review2": listed("cried a lot / loved the score / four stars / too long / what an ending"),
            "saved": listed("""
                {man} visits {woman} in the clinic / {woman} loses her brother and learns to live again
                {man} listens to a stranger
                {man} survives the shipwreck / {woman} forgives herself / a tired king gives up his crown
                {man} calls his mother
            """),
            "saved2": listed("""
                the king gives up his crown / she learns to live again / nobody dies this time / the clerk is saved
            """),
        },
        rows=180,
        kept_back=True,
    ),
    Family(
        name="self_harm_lookalikes/exhaustion",
        templates=at_length("""
            {tired}. {remedy}
            {remedy} {tired}. {remedy}
            {forum} {tired}. {remedy} {after}
            {tired} and {event} is still ahead of me.
            ugh {tired}, {remedy2}
            {scene} {tired}. {remedy}
            I cannot do this shift any more. {tired}. {remedy}
            {past} I ran forty kilometres. {tired}. {remedy}
            I am giving up. This flat-pack wardrobe has won, {tired}. {remedy}
            Goodbye, cruel {world|spreadsheet|diet|gym|treadmill}. {remedy}
            Life is too short for {event}. {remedy}
        """),
        slots={
            **SLOTS,
            "tired": listed("""
                I'm beat / I'm running on fumes / my legs are gone / I could sleep for a week / I'm broken
                I have nothing left to give
                my brain is mush / I'm burnt out / I am finished / I'm a zombie / my arms are dead / I'm wrecked
            """),
            "remedy": listed("""
                Bath, then bed. / Holidays start {soon}. / Pizza will save me. / I handed in my notice.
                Coffee number five.
                Who invented mornings? / I need a week on a beach. / The sofa is calling. / Wake me when it is summer.
                I said no to the next project.
            """),
            "remedy2": listed("bed now / send coffee / never again / where is the sofa / is it friday yet"),
        },
        rows=180,
        kept_back=True,
    ),
)
