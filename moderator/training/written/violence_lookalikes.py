"""Violence that is told and not dwelt on: news, history, crime fiction, reviews, disasters, quiet stories."""

from moderator.training.written.grammar import Family
from moderator.training.written.violence import SLOTS as VIOLENT_SLOTS
from moderator.training.written.vocabulary import at_length, listed

SLOTS = {
    **VIOLENT_SLOTS,
    "crime": listed("""
        a stabbing / a shooting / an arson attack / a murder / a bombing / a robbery / an assault / a hit-and-run
        a kidnapping
        a brawl / a knife attack / a double murder / a bomb threat / a death threat / a hostage-taking / a riot
        manslaughter
    """),
    "police": listed("""
        Police are asking witnesses to come forward. / A suspect was arrested {past}. / The motive is unclear.
        Two people were taken to hospital. / The trial begins in May. / Nobody else was injured.
        The road is still closed.
        The victim died at the scene. / Officers found a knife nearby. / The court will decide in spring.
        The families have been informed. / Flowers were laid {place}. / The mayor spoke of a dark day for the city.
        The defence called for an acquittal. / Detectives are going through the camera footage.
    """),
}

FAMILIES: tuple[Family, ...] = (
    Family(
        name="violence_lookalikes/news",
        templates=at_length("""
            {person2} was {charged} after {crime} {place} {past}. {police}
            {Man|Woman|Driver|Tourist|Guard} {charged} over {crime}. {police} {police}
            Three people were hurt in {crime} {place}. {police}
            {police} It is the second case of its kind this year. {crime} had shaken the district {past}. {police}
            BREAKING: {crime} {place}, several injured. {police}
            {forum} Did anyone else hear about {crime} {place}? {police} I hope the families are coping. {after}
            anyone know what happened {place}? they say there was {crime} {past}
            Prosecutors say that {man} {hurt} {past}. {police} {police}
            According to the indictment, {man} attacked {victim} with {tool}. {police} {police}
            The number of homicides fell for the third year, the ministry said. Cases such as {crime} remain rare.
            Our reporter writes from the front: shells hit the market {past}, and at least nine people died. {police}
        """),
        slots={
            **SLOTS,
            "person2": listed("""
                A man / A woman / A bus driver / A former guard / A couple / A retired officer / A councillor
                A tourist
                A shop owner / A nurse / A motorcyclist / A security guard
            """),
            "charged": listed("charged / questioned / arrested / released / sentenced / cleared / convicted / named"),
        },
        rows=300,
    ),
    Family(
        name="violence_lookalikes/history",
        templates=at_length("""
            {battle} {lesson}
            {battle} {battle} {lesson}
            {forum} I am preparing a talk for {event}. {battle} {lesson} {after}
            Why did it come to this? {battle} {lesson}
            {lesson} {battle} {lesson}
            {battle} Which books can you recommend?
            In the museum I learned that {battle2}. {lesson}
            Is it true that {battle2} in those years? {end}
            My grandmother wrote in her diary that {battle2}. {lesson} {after}
            Summarise in three sentences how {battle2}.
            Documentary {soon}: how {battle2}. {lesson}
        """),
        slots={
            **SLOTS,
            "battle2": listed("""
                the city was burned to the ground / the rebels were hanged in the square / the king was beheaded
                thousands starved
                the prisoners were shot at dawn / the fleet was sunk with all hands
                the consul was stabbed by his friends
                the strike was put down with rifles / the village was bombed by mistake / the duel ended with a death
                the plague killed one in three / the heretics were burned / the last witch trial took place
                soldiers were gassed
                the queen survived the poison / the gladiators revolted
            """),
            "battle": listed("""
                In the end {battle2}. / In the winter of that war, {battle2}.
                Letters from the period tell that {battle2}.
                The chronicle says that {battle2}. / After the siege {battle2}.
                The monument recalls the day when {battle2}.
                Historians disagree on how {battle2}. / Within a week {battle2}.
            """),
            "lesson": listed("""
                Such crimes must not be forgotten. / The archives were opened only recently.
                Few sources have survived.
                The treaty was signed a year later. / The numbers are disputed. / A plaque marks the place.
                Survivors spoke about it all their lives. / It changed the law of war. / The ruins can be visited.
                Nobody was ever held to account. / The painting hangs in the national gallery.
            """),
        },
        rows=240,
    ),
    Family(
        name="violence_lookalikes/crime_fiction",
        templates=at_length("""
            {scene} {body} Detective {woman} has {days} to find out why. {hook}
            {body} {hook} A thriller for long evenings.
            {ask} {detective} {style}
            {ask} {detective}, without any gore. {style}
            {forum} I am halfway through the new novel by {man} {surname}. {body} {opinion} {after}
            {opinion} {body} In the film {detective2}. {opinion}
            watched the one where {detective2}. {opinion}
            The series is back: {detective2}, {opinion2}. {end}
            {body} {hook} {hook} Who can be trusted?
            {opinion} Yes, {man} gets stabbed in the last act, but the camera looks away. {end}
            Can you suggest murder mysteries in which {detective2}? {opinion}
            {scene} {scene} "You said he was dead," said {woman}. {man} looked at {tool} on the table. {hook} {scene}
        """),
        slots={
            **SLOTS,
            "surname": listed("""
                Hale / Okafor / Lindqvist / Moreau / Castellan / Brandt / Whitlock / Sato / Verhoeven / Doyle
            """),
            "days": listed("three days / one night / twelve hours / a week / until Sunday"),
            "body": listed("""
                A body is found {place}. / The judge is shot on the eve of her wedding.
                A killer leaves a chess piece each time.
                Somebody poisoned the soup at the banquet. / The heiress vanishes {place}.
                A letter announces a murder.
                An old pistol turns up {place}. / The witness is dead before the trial. / A hitman wants to retire.
                Twenty years on, the strangler seems to be back. / The knife in the vase belongs to nobody.
            """),
            "hook": listed("""
                But the dead man had a secret. / Everyone in the house had a reason. / The next victim knows it already.
                The trail leads home. / Then the phone rings. / Nothing is what it seems.
                And the killer is among them.
                Someone is lying. / Only the dog saw it. / The fog hides more than one crime.
            """),
            "detective": listed("""
                {man} finds a body {place} / {woman} questions the killer {place}
                a retired inspector is accused of murder
                {man} and {woman} solve the murder of {victim} / {victim} is found dead and {woman} takes the case
                a soldier comes home and cannot sleep / {man} mourns {victim} after the war
                {woman} escapes from the men with guns
                two old enemies share a meal / {man} refuses to fire
                {woman} wins the sword fight and lets her rival go
                a ghost scares {victim} {place}
            """),
            "detective2": listed("""
                a nun solves murders / the butler is innocent for once / a hitman falls in love
                the detective loses her memory
                the cook poisons a count / two sisters hide a body / a boxer is framed / the killer writes poems
                a medic deserts / zombies besiege a bakery / the sheriff goes blind
            """),
            "opinion": listed("""
                I could not put it down. / The plot is thin. / Great acting all round. / Too long by half an hour.
                Chilling.
                The twist got me. / The violence never feels cheap. / Not for the squeamish.
                I guessed the murderer early.
                The fight scenes are well staged. / A bloody good read. / Three stars.
            """),
            "opinion2": listed("""
                and it is as tense as ever / sadly without the old cast / with a score to die for / ten episodes
            """),
        },
        rows=340,
    ),
    Family(
        name="violence_lookalikes/hospital",
        templates=at_length("""
            {patient} {care}
            {forum} {patient} {care} {after}
            {care} {patient} {care}
            {patient} {patient} {care} What does the guideline say?
            Ward round: {patient} {care}
            I am a paramedic. {past} we were called because {accident}. {care} {after}
            What first aid is needed if {accident}? {end}
            {scene} The pager went off: {accident}. {care} {man} washed his hands and began. {care}
            I survived because strangers stopped when {accident}. {care} {after}
            For my nursing exam: {accident2} {care} Which step comes first?
            My brother broke his jaw {past}. That same day {accident}. He drinks soup through a straw. {end}
        """),
        slots={
            **SLOTS,
            "accident": listed("""
                a man fell from the roof / a cyclist was run over / somebody was stabbed {place} / a chainsaw slipped
                a hunter was shot by accident / the kitchen caught fire / a pan of oil burned her hands
                a worker lost two fingers
                a fighter stopped breathing / a bottle cut an artery / the scaffolding came down / a dog bit a runner
            """),
            "accident2": listed("""
                A patient with a stab wound to the chest arrives. / A man was beaten and does not remember it.
                A woman was strangled and can hardly speak. / A gunshot wound to the thigh bleeds heavily.
                A driver hit the windscreen with his head. / A welder has burns on both hands.
            """),
            "patient": listed("""
                {accident2} / The wound is deep and the artery is cut. / The jaw is broken in two places.
                Three ribs are cracked.
                He has lost a lot of blood. / The skull fracture is stable. / The knife missed the lung.
                The scar itches.
                She bled for an hour before help came. / The bullet is still in the shoulder.
            """),
            "care": listed("""
                Press on the wound and call for help. / The surgeon closed it in two layers. / He will recover.
                Keep the patient warm. / Do not pull out the blade. / She was discharged on Friday.
                Two units of blood were given.
                The stitches come out in ten days. / Physiotherapy starts soon. / Cool the burn with water.
                The police were informed. / The scan showed no bleeding in the brain.
            """),
        },
        rows=260,
    ),
    Family(
        name="violence_lookalikes/disaster",
        templates=at_length("""
            {storm} {toll} {help}
            {storm} {storm} {toll} {help}
            {forum} {storm} We are safe and {place}. {help} {after}
            {help} {storm} {toll}
            Warning for {soon}: {storm2}. {help}
            is it true that {storm2}? my aunt lives there
            {toll} That is how {past} ended, after {storm2}. {help} {after}
            {scene} Then the siren. {storm} {man} carried {victim} out on his back. {toll} {help}
            {ask} {storm2} and {man} saves {victim}. {style}
        """),
        slots={
            **SLOTS,
            "storm2": listed("""
                the storm ripped off the roofs / the flood swept away two bridges / lightning killed a cow
                the volcano erupted
                an avalanche buried the road / fire destroyed the old mill / hail smashed the greenhouses
                a gas pipe exploded
                the river drowned the fields / a bear attacked a hiker / an earthquake flattened the market
                the ferry sank
                heat is killing the trout / the dam is about to burst
            """),
            "storm": listed("""
                Around noon {storm2}. / Without warning {storm2}. / In the valley {storm2}. / Once again {storm2}.
                In the early hours {storm2}. / While we slept {storm2}. / For the first time in decades {storm2}.
            """),
            "toll": listed("""
                Four people died. / Nobody was hurt. / Dozens are missing. / The damage runs into millions.
                Two firemen were injured.
                A driver was crushed in his lorry. / The cattle could not be saved. / All hands were rescued.
            """),
            "help": listed("""
                Volunteers are bringing blankets. / The shelter needs food. / Stay away from the windows.
                Trains are not running.
                Call the hotline if you miss somebody. / The army is clearing the road. / Donations are welcome.
                Keep your documents ready. / The town hall takes in families.
            """),
        },
        rows=220,
        kept_back=True,
    ),
)
