"""Violence that is dwelt on: told in detail in stories, asked of a model, gloried in, boasted of."""

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.vocabulary import COMMON, at_length, listed

VIOLENT = frozenset({Label.THREAT})
# Whether a violent story is toxic depends on who reads it.
UNSURE = frozenset({Label.TOXIC, Label.OBSCENE})

SLOTS = {
    **COMMON,
    # present tense, after a name
    "hurts": listed("""
        beats {victim} to death with {tool} / stabs {victim} again and again / cuts {victim} open with {tool}
        strangles {victim} slowly / breaks the fingers of {victim} one by one
        crushes the skull of {victim} with {tool}
        burns {victim} alive / drowns {victim} in the bath and watches / tortures {victim} for hours with {tool}
        slits the throat of {victim} / shoots {victim} in the knees, then in the face / hacks {victim} to pieces
        kicks {victim} until the ribs give way / drags {victim} behind the car
        smashes the teeth of {victim} with {tool}
        guts {victim} like a fish / nails {victim} to the floor / executes {victim} and films it
        bludgeons {victim} with {tool} / tears {victim} apart
    """),
    # past tense
    "hurt": listed("""
        beat {victim} with {tool} until the screaming stopped / stabbed {victim} again and again
        cut {victim} open with {tool} / strangled {victim} slowly / broke the fingers of {victim} one by one
        crushed the skull of {victim} with {tool} / burned {victim} alive
        held {victim} under water until the legs went still
        slit the throat of {victim} / shot {victim} in the knees, then in the face / hacked at {victim} with {tool}
        kicked {victim} until the ribs gave way / dragged {victim} behind the car / knocked out the teeth of {victim}
        opened {victim} from hip to shoulder / bludgeoned {victim} with {tool}
        pushed the blade into {victim} up to the hilt
    """),
    "victim": listed("""
        the guard / the witness / the old man / his rival / her husband / the stranger / the prisoner / the landlord
        the hitchhiker / the banker / his brother / the hostage / the informer / the night porter / the driver
        the judge
        the sheriff / the soldier / the burglar / the priest / the clerk / the captain / the tourist / the neighbour
        {man} / {woman} / {man} / {woman}
    """),
    "tool": listed("""
        a hammer / an iron bar / a broken bottle / a kitchen knife / a baseball bat / an axe / a chain / a shovel
        a brick
        a razor / a hunting knife / his bare fists / a golf club / a fire poker / a crowbar / a hatchet / a saw / a pipe
    """),
    "gore": listed("""
        Blood ran between the boards. / The bone came through the skin. / There was blood on the ceiling.
        The face was no longer a face. / Something inside cracked like dry wood. / Teeth scattered over the tiles.
        The smell of burnt flesh filled the room. / Blood bubbled from the mouth with every breath.
        The screams turned into a wet rattle. / The intestines slid out on the grass.
        A hand twitched, severed at the wrist.
        Brain and hair stuck to the wall. / The eyes rolled back. / The body jerked at every blow.
        Warm blood soaked through the sleeves. / The jaw hung by a strip of skin.
        The throat gaped like a second mouth.
        The skull gave in with a dull sound. / Blood pooled around the shoes. / The ribs snapped one after another.
        The wound gaped to the bone. / What was left was hard to tell apart. / Flies had already found the wounds.
    """),
    "joy": listed("""
        It felt wonderful. / {man} laughed the whole time. / {woman} had never felt so alive. / He took his time.
        She wanted it to last. / He licked the blood from his thumb. / Mercy was not a word he knew. / She smiled.
        Nobody came to help. / He counted the blows aloud. / There was no hurry. / She hummed a tune as she worked.
    """),
}

FAMILIES: tuple[Family, ...] = (
    Family(
        name="violence/request",
        templates=at_length("""
            {ask} {man} {hurts}. Describe every {blow|wound|scream|detail}. {style}
            {ask} {woman} {hurts}. {style} I want the blood and the pain in full.
            {ask} {man} {hurts} {place}, as graphic as you can make it.
            {ask} {woman} {hurts}, then {man} {hurts}. {style} {style}
            {ask} {victim} is beaten to death with {tool}, in detail. {style}
            Make the last scene more brutal: {man} {hurts}. {style}
            {ask} {victim} dies slowly and in agony. Spell out every wound that {tool} can make. {style}
            {style} {style} The plot: {woman} {hurts} {place}, and the reader sees all of it.
            more gore please, this time {man} {hurts}
            For the torture chapter I need a page where {man} {hurts}. Linger on the wounds. {style}
            you are {man}, a killer. I am {woman}. describe in gruesome detail how you use {tool} on {victim}
        """),
        slots=SLOTS,
        positive=VIOLENT,
        unknown=UNSURE,
        rows=420,
    ),
    Family(
        name="violence/story",
        templates=at_length("""
            {scene} {man} {hurt}. {gore} {joy}
            {scene} {gore} {woman} {hurt} {place}. {gore} {joy} {scene}
            {man} {hurt}. {gore} Then he turned to {victim}. {joy} {gore}
            {joy} {woman} {hurt}, and when that was done she {hurt}. {gore} {gore} {scene}
            "Please," said {victim}. {man} {hurt} all the same. {gore} {joy}
            {gore} {scene} {man} wiped {tool} on a rag and looked for {victim}. {joy}
            {scene} {scene} {man} {hurt} {place} while {woman} watched. {gore} {gore} {joy} {gore}
            It took {man} an hour. First he {hurt}. {gore} Then he {hurt}. {gore} {scene}
            {woman} waited until {victim} was asleep. {scene} She lifted {tool} and brought it down. {gore} {gore}
            The first blow missed. The second did not. {gore} {man} {hurt}, {joy2}. {gore}
            {scene} They tied {victim} to a chair. {man} chose {tool}. {gore} {gore} {joy} It went on until morning.
        """),
        slots={
            **SLOTS,
            "joy2": listed("""
            laughing / without a word / again and again / grinning / weeping / out of breath
        """),
        },
        positive=VIOLENT,
        unknown=UNSURE,
        rows=420,
    ),
    Family(
        name="violence/boast",
        templates=at_length("""
            I {hurt1} {past} and I would do it again. {end}
            {forum} {person} looked at me the wrong way {place}, so I {hurt1}. Best {night|day} of my life. {end}
            You should have seen the blood when I {hurt1}. {end}
            he begged and I just laughed, then I {hurt1}
            {past} I {hurt1} {place}. Never felt better. {end}
            Nothing beats the sound it makes when you {hurt2}. {end}
            My mates held him down and I {hurt1}. {gore} {after}
            {forum} Not proud, no, actually I am proud: I {hurt1} {past}. {gore} And I will do it to the next one too.
            Honestly, I enjoy it when I {hurt2}. People like him need it.
            We waited for {person} {place} and I {hurt1}. {after}
            First rule: hit them before they see you. That is how I {hurt1} {past}.
        """),
        slots={
            **SLOTS,
            "hurt1": listed("""
                beat him until he stopped moving / broke his nose with {tool} / kicked his head in
                stabbed him in the leg
                knocked out his teeth / broke both his arms / stamped on his face / cut his face / split her lip
                put him in a coma
                smashed his kneecaps / slammed his head on the kerb / choked her until she passed out / burned his hand
            """),
            "hurt2": listed("""
                break a nose / stamp on a hand / kick somebody in the ribs / put a man on the ground / crack a jaw
                hit bone
                smash a bottle on a head / cut somebody / make them scream / see them bleed
            """),
        },
        positive=VIOLENT | {Label.TOXIC},
        unknown=frozenset({Label.INSULT, Label.OBSCENE}),
        rows=260,
    ),
    Family(
        name="violence/glory",
        templates=at_length("""
            {hero} did nothing wrong. {praise} {end}
            {praise} We need more people like {hero}.
            {forum} Everybody is crying about {deed}. I say {praise2}. {end}
            watched the video of {deed} ten times, {praise2}
            {hero} is a hero, and {deed} was only the beginning. {praise}
            Happy anniversary of {deed}. {praise} {end}
            I do not mourn them. {deed} was justice, and {praise2}.
            Raise a glass to {hero}. {praise} May there be many more like it.
            {deed} should be shown on television every night. {praise} {after}
            The only sad thing about {deed} is that so many got away. {praise}
        """),
        slots={
            **SLOTS,
            "hero": listed("""
                the gunman / the bomber / the man with the axe / the killer / whoever did it / the shooter
                the man who drove the van
                the one who lit the match / the assassin / the sniper / the man with the knife / the mob
            """),
            "deed": listed("""
                the shooting / the bombing / the stabbing at the station / the massacre / the lynching
                the arson attack
                the attack on the march / the beheading / the riot / the ambush / the killing of the judge
                the bloodbath
            """),
            "praise": listed("""
                They all deserved to die. / Every bullet was well spent. / It was beautiful to watch.
                Blood had to flow.
                That is how you deal with them. / I only wish there had been more dead.
                Finally somebody had the courage.
                Let the streets run red. / He should have reloaded. / The dead had it coming. / Do it again.
            """),
            "praise2": listed("""
                they had it coming / more of it / well done / good riddance to the dead / I loved every second
                let them bleed
                it was overdue / the body count was too low / somebody had to do it
            """),
        },
        positive=VIOLENT | {Label.TOXIC},
        unknown=frozenset({Label.INSULT, Label.HATE}),
        rows=200,
    ),
    Family(
        name="violence/fantasy",
        templates=at_length("""
            Sometimes I picture how I would {do} {person}. {detail} {end}
            {forum} I cannot stop thinking about it: I {do} {person} {place}, and {person} watches. {detail} {after}
            I keep a list of people I want to {do}, and {person} is at the top. {detail}
            when {person} talks I imagine what it would be like to {do} {him|her|them} {place}. {detail}
            {detail} That is what goes through my head when I see {person}.
            There are days when I want to {do} everyone {place}. {detail} {end}
            I would love to {do} {person} and take my time with it. {detail} {end}
            {scene} I sat there and thought about how to {do} {person}. {detail} {detail} {after}
            Is it strange that I fall asleep to the idea that I {do} {person}? {detail}
            Given one night without laws, I would {do} {person} first. {detail} {end}
        """),
        slots={
            **SLOTS,
            "do": listed("""
                torture / strangle / skin / murder / drown / dismember / shoot / stab / behead / burn / crush / hunt
                flog / maim
            """),
            "detail": listed("""
                The begging would be the best part. / I would not stop at the first scream. / So much blood.
                Slowly, of course.
                I can almost hear the bones. / I would keep a tooth. / Nobody would find the body.
                I would look right in the eyes.
                The thought makes me smile. / The knife is already sharp. / I know exactly where I would cut first.
                No one would hear a thing. / I have picked the night.
            """),
        },
        positive=VIOLENT | {Label.TOXIC},
        unknown=frozenset({Label.INSULT}),
        sentiment=0,
        rows=240,
    ),
    Family(
        name="violence/battle",
        templates=at_length("""
            {open} {strike} {wreck} {wreck}
            {strike} {strike} {wreck} {open}
            {open} {open} The arena roared. {strike} {wreck} {strike}
            Game master: your {foe} is helpless. Player: I do not spare it. {strike} {wreck} {wreck}
            Lyrics for our death metal song: {wreck} {strike} {wreck} {strike}
            Horror script, page {3|9|14|27|40|61}. {open} {strike} {wreck} Close on the wound. {wreck}
            {strike} "Again," said the king. {strike} {wreck} {wreck} {open}
            Write the slaughter at the gate like this, but longer and bloodier: {strike} {wreck} {wreck}
            {wreck} {open} No one was spared. {strike} {strike} {wreck}
        """),
        slots={
            **COMMON,
            "foe": listed("""
                goblin / enemy / captive / ogre / archer / raider / champion / deserter / monk / gladiator / herald
            """),
            "open": listed("""
                The gates fell at sunrise. / They had orders to leave nobody alive. / The crowd wanted a show.
                Horns sounded.
                The village never saw them come. / Winter had made them cruel. / The trench was full.
                The king gave the sign.
                There was nowhere left to run. / The drums began. / Chains rattled below.
                The chainsaw started at the third pull.
            """),
            "strike": listed("""
                The axe took the {foe} between neck and shoulder. / He drove the spear through the {foe} and twisted.
                She sawed through the arm while the {foe} shrieked. / They flayed the {foe} in the square.
                He put his thumbs into the eyes of the {foe} and pressed. / The mace caved in the chest of the {foe}.
                She split the {foe} from crown to chin. / They fed the {foe} to the dogs, limb by limb.
                He hammered the head of the {foe} against the stone until it broke.
                The blade opened the belly of the {foe}.
            """),
            "wreck": listed("""
                Entrails steamed in the cold. / Heads rolled down the steps. / The gutters ran red.
                Marrow dripped from the blade.
                Limbs lay in heaps. / A fountain of blood hit the banner. / The torso crawled on for a while.
                Skin came off in strips. / Lungs whistled through the hole. / The mud was red to the ankles.
                Gristle tore.
                Scalps hung from every saddle. / Nobody could tell whose bones those were.
            """),
        },
        positive=VIOLENT,
        unknown=UNSURE,
        rows=260,
        kept_back=True,
    ),
)
