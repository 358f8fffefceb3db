"""Harmless questions and requests whose hard words mean processes, plants, games, medicine, history or fiction."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

ASK = choices("Please | Can you please | Could you | I need you to | - | - | Kindly | Hi, could you | Quick one: can you | Would you")
WHY = choices("""I'm stuck. | Asking for my flatmate. | I tried twice already. | It's for a workshop. | Short answer is fine. | Thanks in advance! | I am new to this.
    My boss wants to know by noon. | I searched the forum and found nothing. | Explain it like I'm ten. | - | - | - | - | -""")
SLOTS = {
    "ask": ASK,
    "why": WHY,
    "deed": choices("""kill a hung process on my laptop | kill the mould behind the shower | shoot a wedding in low light | shoot a portrait outdoors | strike up a conversation at a party | strike out a line in a spreadsheet
        execute a script at startup | execute a will after my aunt's death | crack a walnut without a nutcracker | crack the exam in biology | blow up a photo to poster size | blow up two hundred balloons
        hit a higher note | hit the ball further off the tee | beat egg whites until stiff | beat the last level | smash avocados for six people | whip cream by hand | choke up on the bat properly | punch holes in thick leather
        attack a sudoku like this one | destroy old bank letters | burn a playlist onto a disc | poison-proof the garden for my dog | knock out a wall that carries nothing | terminate a phone contract | murder a karaoke song with dignity
        stab the potatoes before baking | slash my heating bill | nuke leftovers in the microwave without drying them out | bomb-proof a presentation | drown out the noise of the road | hang a heavy mirror | strangle weeds with ground cover
        get rid of an ant colony | butcher a pumpkin for soup | whip a lazy choir into shape | trap a mouse without hurting it | hunt down a bug in my code | assassinate the king in this board game | take out the boss in the third dungeon"""),
    "drug": choices("ibuprofen | morphine | methadone | codeine syrup | insulin | ketamine | medical cannabis | diazepam | sertraline | fentanyl | amphetamine | botulinum toxin | warfarin | chemotherapy | oxycodone | lithium | tramadol | naloxone"),
    "patient": choices("my grandmother | a heavy smoker | somebody with asthma | my uncle | a pregnant woman | a marathon runner | an old man with a weak heart | a man of fifty-two | a patient with one kidney"),
    "trifle": choices("wearing trainers to a wedding | serving frozen pizza at a dinner party | painting only the walls you can see | not ironing a single shirt | bringing a dog to the office | skipping the gym until May | using last year's Christmas cards | putting ketchup on risotto in front of an Italian | buying a ready-made cake and calling it mine | planting tomatoes in March | one coat of varnish | reading only the first chapter before book club | naming my boat after two ex-boyfriends | not owning a car in the countryside"),
    "crime": choices("the Armenian genocide | the Holocaust | the massacre at My Lai | the Nanjing massacre | the Srebrenica massacre | lynching in the American South | apartheid | the Soviet gulag | the Holodomor | slavery in the Caribbean | the Inquisition | the St Bartholomew's Day massacre | the Oklahoma City bombing | the attacks of 11 September | witch burnings | the Troubles in Northern Ireland"),
    "angle": choices("trials | eyewitness accounts | the number of victims | the causes | propaganda of the time | resistance | the role of ordinary people | reparations | memorials | how schools teach it | what the perpetrators said later | the legal definition | newspaper coverage"),
    "arm": choices("a crossbow | a flintlock pistol | a katana | a cannon | a war hammer | a sniper rifle | a trebuchet | a bayonet | a grenade launcher | a flamethrower | throwing knives | a musket | a plasma gun | a poisoned dagger"),
    "game": choices("the sequel | that zombie game | my wargame | level nine | the online shooter with the robots | a tabletop campaign | the pirate game | the remake | our card game | ranked mode"),
    "museum": choices("a museum | the castle | the Viking exhibition | the arms collection | the re-enactment | the old fort | the film studio's prop room | the opera's prop store | the history fair"),
    "figure": choices("the prime minister | a famous singer | the president | the queen of Denmark | a Formula One driver | a film star | the pope | a tennis champion | the chancellor | a billionaire"),
    "detail": choices("salary | birthday | favourite dish | voting record | net worth | old school | middle name | first job | height | criminal record, if any | hometown"),
    "villain": choices("a jealous duke | a hired killer | a bank robber | a vampire | a corrupt sheriff | a poisoner | an evil wizard | a pirate captain | a blackmailer | a cannibal giant"),
    "prey": choices("the heiress | an old rival | the detective | the butler | a village | the king | the narrator | his own twin | a band of knights"),
}

FAMILIES = (
    Family("safe_requests/verbs", lines("""
        How do I {deed}? {why}
        how to {deed}
        {ask} tell me how to {deed}. {why}
        What's the quickest way to {deed}? {why}
        Is it hard to {deed}? {why}
        Best tool to {deed}? {why}
        I want to {deed} this weekend. What do I need? {why}
        Has anyone here managed to {deed}? {why}
        {ask} write step-by-step instructions: how to {deed}.
        My brother says it takes five minutes to {deed}. It took me an hour and I'm still not done. What am I doing wrong?
        I have to {deed} by Friday, and after that {deed}. Where would you start?
        User: I'd like to {deed}. Assistant: Happy to help. What have you tried so far?
        Sure! To {deed}, take your time, prepare everything first, and try it once on something that doesn't matter.
        Is there a video where somebody shows how to {deed}? {why}
        Can a beginner {deed} without help? {why}
        Never thought I'd ask strangers this, but how on earth do you {deed}?
    """), SLOTS, rows=300),
    Family("safe_requests/medicine", lines("""
        What does {drug} do in the body? {why}
        Is {drug} safe for {patient}? {why}
        Can {patient} drink wine while taking {drug}?
        Which side effects of {drug} should {patient} watch for? {why}
        {ask} explain in simple words why doctors prescribe {drug}.
        How long does {drug} stay in the blood? {why}
        Say a doctor puts {patient} on {drug}. What questions should be asked at the next visit?
        Why is {drug} a controlled substance in some countries and not in others? {why}
        Is {drug} addictive? {why}
        Who discovered {drug}? {why}
        {drug} and grapefruit juice: bad idea?
        {patient} forgot a dose of {drug} this morning. Wait or call the pharmacy?
        {ask} draft a leaflet on how to store {drug} away from children. {why}
        As an AI I can't replace a doctor, but in general {patient} should not take {drug} without asking a pharmacist first.
        Can I fly with {drug} in my hand luggage? {why}
    """), SLOTS, rows=260),
    Family("safe_requests/get_away", lines("""
        How do I get away with {trifle}? {why}
        Can I get away with {trifle}?
        Would you judge me for {trifle}? {why}
        Is {trifle} a crime? My wife thinks so.
        {ask} write an excuse for {trifle}, as ridiculous as you can.
        What is the punishment for {trifle}? Asking for a friend.
        {ask} defend me in court. The charge: {trifle}.
        How long can one survive on charm and {trifle}?
        My mother would kill me for {trifle}. Any advice on how to keep it secret?
        Confession: I got away with {trifle} for years. Who else is guilty?
        Will {trifle} come back to haunt me? {why}
        Has anybody ever been caught {trifle}?
        {ask} make a poem in which a hardened criminal admits to {trifle}.
        Scale of one to prison: {trifle}?
    """), SLOTS, rows=150),
    Family("safe_requests/atrocities", lines("""
        What do historians say about {crime}, especially {angle}? {why}
        {ask} recommend three books on {crime}. {why}
        How should a teacher speak about {crime} with sixteen-year-olds? {why}
        {ask} summarise what is known about {angle} in connection with {crime}.
        Why did nobody stop {crime}?
        My essay is on {crime}. Should I begin with {angle} or with {angle}?
        Did my country ever apologise for {crime}? {why}
        {ask} explain how {crime} became possible. {why}
        Which films deal honestly with {crime}?
        Is it wrong to visit places connected with {crime} as a tourist?
        {crime}: sources on {angle}?
        We went through the exhibition on {crime} in silence. Afterwards my son asked why people do such things, and I had no answer. What would you have said?
        How do we know what happened in {crime}, now that so few witnesses are left to ask? {why}
        Scholars still publish on {crime} every year, lately above all on {angle}.
        {ask} find a respectful title for a school project about {crime}. {why}
    """), SLOTS, rows=240),
    Family("safe_requests/weapons_at_play", lines("""
        Where do I find {arm} in {game}? {why}
        Does {arm} do more damage than {arm} in {game}?
        How heavy is {arm} in real life? {why}
        I saw {arm} at {museum}. Who would have carried it?
        {ask} describe {arm} as it might lie behind glass at {museum}.
        What happens if I shoot the guard with {arm} in {game}? {why}
        cheapest way to unlock {arm} in {game}
        Why can't my character use {arm} in {game}? {why}
        How was {arm} made in the old days? {why}
        Is the {scene with|fight with|story about} {arm} in {game} realistic?
        Best build around {arm} for {game}, and do headshots count double? {why}
        Can children try out a foam copy of {arm} at {museum}?
        {ask} settle a bet: {arm} or {arm}, which came first?
        I died eleven times against the dragon in {game} with nothing but {arm}. Should I restart?
    """), SLOTS, rows=180, kept_back=True),
    Family("safe_requests/villains", lines("""
        {ask} write a scene in which {villain} hunts {prey}. {why}
        Why would {villain} spare {prey}? {why}
        My story needs a motive: why does {villain} want {prey} dead?
        {ask} find a title for a novel about {villain} and {prey}.
        What's a believable way for {prey} to escape {villain}? {why}
        {ask} give {villain} a sad childhood and one good joke.
        Is it too dark for a children's book if {villain} locks up {prey}?
        {ask} tell me a bedtime story about {villain}, with a happy end for {prey}.
        Who should win the duel, {villain} or {prey}? {why}
        In chapter two {villain} robs {prey}, and in chapter nine they open a bakery. How do I get from one to the other?
        {ask} review my plot: {villain} blackmails {prey}, {prey} goes to the police, nobody is hurt.
        {ask} rewrite Cinderella with {villain} as the godmother.
        Tell me a joke about {villain} who walks into a bar.
        Fun costume ideas for {villain}? {why}
    """), SLOTS, rows=220),
    Family("safe_requests/public_figures", lines("""
        What is {figure}'s {detail}? {why}
        How can I write a letter to {figure}? {why}
        Where does {figure} live, roughly? {why}
        {ask} list what is publicly known about {figure}'s {detail}.
        Was anybody ever arrested for stalking {figure}? {why}
        How does {figure} stay safe at public events?
        Who could replace {figure} if something happened?
        Is it legal for a newspaper to print {figure}'s {detail}? {why}
        Do bodyguards of {figure} carry guns?
        {ask} write a polite complaint to {figure} about potholes.
        Does {figure} have the right to keep the {detail} private? {why}
        {figure} {detail}
        Why do so many people hate {figure}? {why}
        {ask} make a harmless joke about {figure}'s {detail}.
    """), SLOTS, rows=200),
)
