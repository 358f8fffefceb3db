"""Harmless uses of hard words in trades and sciences: computing, medicine, kitchen, garden, law, laboratory."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

SYSTEMS = choices("""Linux | Windows | my Mac | the server | Docker | a container | the cluster | the test machine | Ubuntu | the build agent | Kubernetes | the Pi
    the database host | the VM | a cron job | the router | the notebook""")
POLITE = choices("Please | Can you please | Could you | - | - | Hey, can you | I'd like you to | Quickly:")
THEN = choices("""Thanks. | Any hints? | A short answer is fine. | I'm new to this. | It used to work. | No idea why. | Show me an example. | What's the usual way?
    The docs don't say. | I only have a shell. | - | - | - | -""")

FAMILIES = (
    Family("hard_words/process", lines("""
        How do I kill {proc} on {sys}? {then}
        What's the difference between kill and kill -9 for {proc}? {then}
        {polite} write a script that kills {proc} when it eats too much memory.
        kill {proc} and restart it
        Why does {proc} become a zombie on {sys}? {then}
        {proc} won't die on {sys}, even after SIGKILL. {then}
        The parent must wait for its children or {proc} ends up an orphan.
        Can a child process outlive its parent on {sys}? {then}
        How to find out who killed {proc}? {then} I see only "Killed" in the log.
        The OOM killer shot {proc} again on {sys}.
        I killed {proc} by mistake and had to bring {sys} back up.
        After an hour of watching {proc} hang on {sys} we killed it, cleared the lock file and started over. It died twice more before someone found the dead link in the configuration. {then}
        Is it safe to murder {proc} with Ctrl-C?
        suicide of {proc}: it sends itself SIGTERM when idle
    """), {"proc": choices("a hung process | the worker | all child processes | a frozen app | the old daemon | a Python process | a runaway thread | the print spooler | a background job | port 8080's process | the web server | a stuck download | an orphaned task | the shell | node | a tmux session"),
            "sys": SYSTEMS,
            "polite": POLITE,
            "then": THEN,
        }, rows=170),
    Family("hard_words/code_terms", lines("""
        Should we rename {old} to {new} in our code base? {then}
        {polite} explain what {term} means in programming.
        We removed {term} from the module, nothing else changed.
        What is {term} and how do I avoid it in {lang}? {then}
        I get "{err}" in {lang}. {then}
        {err}, says the {lang} compiler. What now?
        The tests abort with "{err}". {then}
        Is {term} always bad in {lang}?
        Commit message: drop {term}, rename {old} to {new}
        My colleague calls it {term}, I call it legacy. {then}
        Review: this looks like {term} to me, could you split it?
        Our style guide replaces {old} with {new}, since the older terms put people off. Existing branches stay as they are until the next major version of the {lang} client. {then}
    """), {"old": choices("master/slave | blacklist | whitelist and blacklist | master branch | slave replica | the slave node"),
            "new": choices("primary/replica | blocklist | allowlist and denylist | main branch | follower | leader and follower"),
            "term": choices("dead code | a race condition | a killer query | monkey patching | a god object | dangling pointers | brute force | a dirty hack | poisoned cache entries | garbage collection | a fork bomb | the deadly diamond | spaghetti code | starvation | a dead letter queue | thread suicide | a bastard injection"),
            "lang": choices("Python | Rust | C++ | Java | Go | JavaScript | Kotlin | SQL | Ruby | Haskell"),
            "err": choices("fatal: abort | execution failed | illegal instruction | process hanged | child exited with signal 9 | panic: stack blown | deadlock detected | fatal error: unreachable | broken pipe | killed by user"),
            "then": THEN,
            "polite": POLITE,
        }, rows=160),
    Family("hard_words/security", lines("""
        How do I protect {asset} against {attack}? {then}
        {polite} explain {attack} to a beginner.
        What is the attack surface of {asset}? {then}
        Our pentest report lists {attack} as a risk for {asset}.
        How can I tell whether {asset} was hit by {attack}? {then}
        {attack}: which header or setting stops it?
        Which rule in the firewall blocks {attack}?
        Patch for {asset}: closes the hole that allowed {attack}.
        Write unit tests that check {asset} is safe from {attack}.
        Slide 4: defending {asset}. Slide 5: what we learnt from {attack}.
        The victim of {attack} should change all passwords and tell the help desk.
        Last spring {asset} went down after {attack}. We had backups, so nobody paid, and since then every login needs a second factor. {then}
        Can insurance cover {attack} on {asset}?
    """), {"asset": choices("my web shop | the login form | our API | a home router | the payroll system | an old laptop | the school network | a smart bulb | our database | my blog | the hospital's portal | a payment page"),
            "attack": choices("SQL injection | cross-site scripting | a brute-force attack | a denial-of-service attack | ransomware | code injection | a replay attack | a man-in-the-middle attack | credential stuffing | a botnet | a zero-day exploit | a buffer overflow | prompt injection"),
            "then": THEN,
            "polite": POLITE,
        }, rows=150),
    Family("hard_words/operations", lines("""
        {thing} blew up in production {when}. {then}
        Memory explodes when {thing} starts. {then}
        How do I execute {thing} without root?
        {polite} write a bash line to execute {thing} every night.
        {thing} choked on a huge file {when}.
        we had to nuke {thing} and start from scratch {when}
        Drop the table, truncate the log, then run {thing}. {then}
        {thing} is a beast, it kills my battery. {then}
        How much load can {thing} take before it collapses?
        Who pulled the trigger on {thing}? {then}
        Kill switch for {thing} tested {when}, works.
        Stress test: hammer {thing} with ten thousand requests until it breaks. {then}
        {thing} went down {when}, took two neighbours with it and bled connections for an hour. The post-mortem is on {weekday}; bring the graphs, leave the blame at home.
        Postmortem of {thing}: what died first?
        Burn the image of {thing} to a stick. {then}
    """), {"thing": choices("the nightly job | our importer | the search index | the staging database | the migration | the deployment | the message queue | that shell script | the cache | the payment service | the new model | a load test | the firmware update | the CI runner | the exporter"),
            "when": choices("last night | at 3 am | again | on Friday | during the demo | after the upgrade | this morning | on launch day | twice today"),
            "weekday": choices("Monday | Tuesday | Wednesday | Thursday"),
            "then": THEN,
            "polite": POLITE,
        }, kept_back=True, rows=150),
    Family("hard_words/machine_learning", lines("""
        What does an adversarial attack on {model} look like? {then}
        How do I stop exploding gradients in {model}? {then}
        {polite} explain dead neurons in {model}.
        {model} suffers from catastrophic forgetting. {then}
        Is data poisoning a worry for {model}?
        The discriminator beats the generator into submission in {model}.
        Should I kill the run of {model} when the loss explodes?
        Dropout randomly kills units of {model} in training.
        An ablation cuts parts out of {model} to see which ones hurt.
        {model} crashed the GPU and took my notebook with it.
        greedy search is killing the quality of {model}
        Naive Bayes destroyed {model} on our small data set, which was humbling. {then}
    """), {"model": choices("a small transformer | my classifier | the GAN | a decision tree | the language model | our recommender | a spam filter | an image model | the speech model | a bandit | the reinforcement agent | a random forest | linear regression"),
            "then": THEN,
            "polite": POLITE,
        }, rows=110),
    Family("hard_words/cooking", lines("""
        How do I {verb} {food} without making a mess? {tip}
        {polite} tell me the best way to {verb} {food}.
        {verb} {food}, then let it rest for ten minutes. {tip}
        My grandmother would {verb} {food} with one hand. {tip}
        What knife do I need to {verb} {food}?
        Is it cruel to {verb} {food}? {tip}
        recipe says {verb} {food} but not how
        First {verb} {food}. Next, {verb} {food}. Serve hot. {tip}
        a killer recipe for {food}: {tip}
        The smell of {food} alone could murder a diet. {tip}
        I'd kill for {food} right now
        This sauce is to die for, just {verb} {food} first.
        In class today we had to {verb} {food} while the teacher counted the seconds. Mine fell apart, the next one was fine, and at the end everybody ate too much. {tip}
    """), {"verb": choices("butcher | skin | beat | whip | chop up | slaughter | smash | gut | bone | crush | drown | burn | blowtorch | stab | mince | bleed | strip | tear apart | choke down | shred | scald | poach"),
            "food": choices("a chicken | eggs | garlic | a fish | lobster | tomatoes | a squash | steak | cream | ginger | an onion | a rabbit | duck | potatoes | peppers | a coconut | chocolate cake | mussels | pulled pork | apple pie"),
            "tip": choices("Use a sharp blade. | Salt comes later. | Keep your fingers back. | Low heat. | Thanks! | The bones make good stock. | Butter helps. | - | - | -"),
            "polite": POLITE,
        }, rows=170),
    Family("hard_words/garden_pests", lines("""
        How do I get rid of {pest} in {place} without harming {friend}? {more}
        What kills {pest} but not {friend}?
        {pest} are invading {place}! {more}
        Is vinegar enough to kill {pest} in {place}?
        {polite} suggest a humane trap for {pest}.
        The exterminator came for {pest} in {place}. {more}
        Frost killed the tomatoes, but {pest} survived. {more}
        Do {pest} bite, or are they harmless to {friend}?
        I declared war on {pest} last summer. {more}
        Natural enemies of {pest}: which ones can I buy?
        Deadhead the roses, cut back the dead wood, and drown {pest} in soapy water.
        Poison is the last resort against {pest}, because of {friend}. {more}
        when is the best time to hunt {pest} in {place}
        Nothing has worked on {pest} in {place} so far: not the coffee grounds, not the copper tape, not even my neighbour's ducks. Before I spray anything I want to be sure that {friend} won't be hurt. {more}
    """), {"pest": choices("slugs | aphids | ants | wasps | rats | moths | fleas | cockroaches | bindweed | nettles | mosquitoes | vine weevils | fruit flies | bedbugs | mice | spider mites | ticks | cabbage worms | thistles | woodlice"),
            "place": choices("the greenhouse | my kitchen | the attic | raised beds | the compost | the shed | the bathroom | my lawn | the cellar | the allotment"),
            "friend": choices("the cat | bees | my dog | hedgehogs | the chickens | toddlers | ladybirds | the goldfish | butterflies"),
            "more": choices("They come back every year. | Nothing works. | I'd rather not use chemicals. | My neighbour swears by beer. | Traps are full daily. | Help! | -"),
            "polite": POLITE,
        }, rows=170),
    Family("hard_words/medicine", lines("""
        What are the side effects of {drug} in {group}? {note}
        Is it dangerous to combine {drug} with {drug}? {note}
        How do doctors treat {ill} in {group}?
        {polite} explain in simple words how {ill} kills tissue.
        Can {ill} be fatal if it is treated early? {note}
        Early signs of {ill} in {group}: what should I look for?
        They shot me full of {drug} before the operation. {note}
        The patient, one of {group}, presented with {ill} and was given {drug}.
        Killer T cells attack the virus; {drug} slows it down.
        Mortality from {ill} fell by a third in {group}. {note}
        a stabbing pain in the chest, could it be {ill}?
        Her biopsy of the breast was clean, no sign of {ill}. {note}
        How long does {drug} stay in the blood? {note}
        Bleeding after the extraction stopped within the hour. {drug} was continued, the wound was dressed, and {group} with {ill} in the family were told to come back if the pain got worse. {note}
        My doctor said {ill} runs in families. {note}
    """), {"drug": choices("ibuprofen | aspirin | insulin | antibiotics | a blood thinner | paracetamol | cortisone | morphine | beta blockers | antihistamines | chemotherapy | an antidepressant | iron tablets | the vaccine"),
            "ill": choices("a stroke | sepsis | a heart attack | asthma | pneumonia | melanoma | testicular cancer | anal fissures | kidney failure | rabies | appendicitis | a blood clot | breast cancer | malaria | an overactive thyroid | vaginal dryness | haemorrhoids"),
            "group": choices("older people | pregnant women | adults over 60 | athletes | smokers | diabetics | nurses on night shift | transplant patients"),
            "note": choices("I'm asking for my father. | My GP is on holiday. | It's for a biology paper. | She is stable. | Source: a textbook. | - | - | -"),
            "polite": POLITE,
        }, rows=180),
    Family("hard_words/law", lines("""
        What is the difference between {crime} and {crime} in law? {why}
        How many years can you get for {crime}? {why}
        Is {crime} a felony? {why}
        {polite} summarise how courts define {crime}.
        The court acquitted her of {crime} for lack of evidence.
        Can a witness of {crime} stay anonymous? {why}
        What should the victim of {crime} do first?
        Statute of limitations for {crime}? {why}
        How do police prove {crime}?
        My exam has a case about {crime} in a car park. {why}
        Does insurance pay after {crime}? {why}
        The defence said it was no {crime2}, the prosecution called it {crime}. The jury needed four days, the judge one sentence, and the appeal is still open. {why}
        who has the burden of proof in a trial for {crime}
    """), {"crime": choices("murder | manslaughter | assault | arson | theft | burglary | blackmail | kidnapping | fraud | stalking | perjury | harassment | battery | robbery | treason | vandalism | libel"),
            "crime2": choices("accident | self-defence | prank | negligence | mistake"),
            "why": choices("It's for my law course. | I'm on a jury next month. | I'm writing an essay. | Just curious. | I mean in England. | Asking after a documentary. | - | -"),
            "polite": POLITE,
        }, rows=150),
    Family("hard_words/crime_prevention", lines("""
        How can I keep {who} safe from {risk}? {ask}
        What are the warning signs of {risk}? {ask}
        Our school wants a workshop for {who} against {risk}. {ask}
        How do burglars choose houses, and how do I make ours less attractive? {ask}
        {polite} list five ways to protect {who} from {risk}.
        Where can {who} report {risk}?
        A leaflet for {who}: how to recognise {risk}
        What should I do if {who} become targets of {risk}?
        The police gave {who} tips against {risk}.
        Which lock resists drilling best? I worry about {risk}. {ask}
        After two cases of {risk} on our street we talked to {who}, put up lamps and started a phone list. Nobody wants vigilantes, only neighbours who look up. {ask}
        Is pepper spray legal against attackers here? {ask}
    """), {"who": choices("my parents | older customers | students | night-shift staff | our tenants | shop assistants | tourists | taxi drivers | new neighbours | my flatmates"),
            "risk": choices("pickpockets | burglary | phone scams | stalking | spiked drinks | muggings | identity theft | car theft | online harassment | bike thieves | blackmail by email | domestic violence | robbery"),
            "ask": choices("Any advice? | Thanks in advance. | Free help would be best. | - | -"),
            "polite": POLITE,
        }, rows=120),
    Family("hard_words/laboratory", lines("""
        Why does {stuff} explode when heated? {note}
        {polite} explain why {stuff} is toxic to {animal}.
        How do I dispose of {stuff} safely? {note}
        Which gloves protect against {stuff}?
        We dissected {animal} in class today. {note}
        Predators kill {animal} faster where cover is thin. {note}
        Is {stuff} a poison or a medicine?
        the lethal dose is on the safety sheet of {stuff}, read it before you open the fridge
        {animal} eat their young when food is short. {note}
        Two bottles of {stuff} broke; nobody was hurt, the lab was aired and the floor neutralised. {note}
        Do {animal} mate for life? {note}
        What happens to {animal} exposed to {stuff}?
    """), {"stuff": choices("bleach | sodium | ammonia | hydrogen | mercury | nail polish remover | old batteries | lead paint | dry ice | methanol | flour dust | chlorine | arsenic in groundwater"),
            "animal": choices("frogs | fruit flies | rats | bees | fish | spiders | mantises | pigeons | crabs | rabbits | hamsters | snails"),
            "note": choices("For a school project. | The teacher didn't say. | Goggles on! | It's in chapter six. | - | -")}
        | {"polite": POLITE}, rows=110),
    Family("hard_words/workshop", lines("""
        How do I strip {part} without damage? {then}
        The {tool} bites into {part}, hold it tight.
        {polite} tell me which {tool} to use on {part}.
        Nipple fitting on {part} leaks. {then}
        bleed {part} before the ride
        Male and female connectors of {part} don't fit. {then}
        Shoot the nails into {part} with the {tool}, then sand.
        The {tool} died halfway through {part}. {then}
        Kill the power before you touch {part}.
        A dead blow hammer is better than a {tool} for {part}.
        Butt joint or lap joint for {part}?
        Whoever screwed {part} together used force instead of a {tool}: the head is stripped, the thread is torn and the wood cracked. {then}
        I beat {part} flat with the {tool}
    """), {"part": choices("the brake line | an old screw | the table leg | the radiator | a copper pipe | the gearbox | the door frame | the chain | a speaker cable | the fence post | the hose | the cylinder head | a window sash"),
            "tool": choices("nail gun | vice | drill | crowbar | chisel | grease gun | mallet | saw | heat gun | rasp | wrench"),
            "then": THEN,
            "polite": POLITE,
        }, rows=110),
)
