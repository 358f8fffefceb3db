"""Harmless uses of hard words in play and in figures of speech: sport, games, stage, idioms, praise, bodies, weather."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

WHO = choices("""my brother | our goalie | she | he | the whole class | my boss | the new guy | Anna | my flatmate | grandpa | the band | our team | my sister
    the intern | the twins | Coach Ruiz | the kid from next door""")
AFTER = choices("haha | lol | I swear. | No regrets. | What a day. | Never again. | Ask anyone. | It was great. | Worth it though. | - | - | - | -")

FAMILIES = (
    Family("hard_words/sport", lines("""
        {who} absolutely destroyed {rival} {occasion}. {after}
        We got slaughtered {occasion} against {rival}. {after}
        {rival} were murdered by our bench {occasion}
        How do I learn to shoot like {who} {occasion}?
        What a shot! {who} killed it {occasion}
        {who} hit the post twice {occasion}. {after}
        They beat {rival} to death with corners, zero goals. {after}
        Sudden death {occasion}, I can't watch. {after}
        Which drills help a striker with a killer instinct against {rival}?
        {rival} choked {occasion}. {after}
        Bowler with a brutal spell {occasion}, three dead overs after it
        Kill the clock, keep the ball, beat {rival}. Easy.
        In the last ten minutes {occasion} both sides threw everything forward. {who} took a brutal hit, got up bleeding, and fired the winner past {rival}. {after}
        Can you explain sudden death in hockey? {after}
        explain the hit-and-run in baseball in two lines
        our attack is toothless but the defence kills every cross {occasion}
    """), {"who": WHO, "after": AFTER, "rival": choices("the league leaders | the Falcons | our neighbours | last year's champions | the second team | the Rovers | Red Valley | that junior side | the visitors | the army team | the Bears"), "occasion": choices("on Saturday | in the derby | in extra time | last night | in the final | at home | in the second half | in the relay | in the playoffs | at the regatta")}, rows=160),
    Family("hard_words/games", lines("""
        How do I kill {boss} in {game}? {hint}
        What is the best weapon against {boss}? {hint}
        {boss} killed me {count} times in {game}. {hint}
        I finally beat {boss}! {hint}
        Which class does the most damage to {boss}?
        {polite} make a strategy to slay {boss} without dying.
        stop stealing my kills in {game} lol
        Headshots do double damage in {game}. {hint}
        I got ganked at the bridge in {game}, lost my corpse and all loot. {hint}
        Do enemies respawn after you murder {boss} in {game}?
        We wiped on {boss} again, the healer died first. {hint}
        looking for a squad to raid {boss} in {game}
        {game} patch notes: {boss} now bleeds for five seconds, poison no longer stacks, and executed minions drop gold. {hint}
        Is it okay to let {boss} live in {game}? {hint}
        gg, you destroyed us in {game}
        After {count} deaths we sent the rogue behind {boss}, set the pit on fire and shot the chains of the gate. He fell, we cheered, and then the second phase killed everyone. {hint}
    """), {"boss": choices("the ice dragon | the spider queen | the final boss | the zombie horde | the bandit king | the drowned knight | the swamp witch | the turret | the assassin | the rat swarm | the stone giant | the vampire lord | the pirate captain"),
        "game": choices("Emberfall | hard mode | the new expansion | co-op | the arena | the third dungeon | Minecraft | ranked | the demo | Crypt Runner | the VR version | our D&D campaign"), "count": choices("three | nine | twenty | thirty | a hundred"), "polite": choices("Please | Can you | - | Could you"),
        "hint": choices("Fire works. | Any tips? | No spoilers. | I'm level 12. | So satisfying. | My hands hurt. | - | - | - | Bring potions.")}, rows=190),
    Family("hard_words/stage", lines("""
        {who} died on stage {where} and nobody laughed. {after}
        Break a leg {where}! {after}
        In act three {role} stabs {role2}, lights out.
        How do we fake blood for {role}'s death scene {where}? {after}
        {who} plays {role} and gets strangled by {role2} in every show. {after}
        {role} must die slower, said the director {where}.
        Can you write a monologue for {role} after the murder of {role2}?
        The critics butchered the play {where}. {after}
        knock them dead {where}!
        The swords are blunt, {role} only looks dead. {after}
        Who kills {role} in the opera, is it {role2}? {after}
        We shot the hanging scene {where} with a harness, two doctors and a lot of tea. When {role} opened one eye and winked at {role2}, the whole crew lost it. {after}
    """), {"who": WHO, "after": AFTER, "where": choices("in the school hall | at the Edinburgh fringe | on opening night | in rehearsal | on tour | in the village theatre | at drama club | on Friday"),
        "role": choices("the king | the duchess | the old servant | the ghost | Macbeth | the innkeeper | the poisoned queen | the hangman | Tosca | the villain"), "role2": choices("the prince | her husband | the gravedigger | his own brother | the messenger | the captain | a masked guest | the jealous suitor")}, rows=120),
    Family("hard_words/exams_work", lines("""
        {who} bombed {task}. {after}
        I killed {task}! {after}
        {task} is killing me. {after}
        {task} nearly finished me off {after}
        How do I stop {task} from murdering my weekends?
        I'd rather die than do {task} again {after}
        {who} took a stab at {task}. {after}
        my brain is dead after {task}
        We buried the competition with {task}. {after}
        The deadline for {task} is brutal. {after}
        how to nail {task} without burning out
        {who} shot down every idea I had for {task}. {after}
        Kill your darlings, said {who}, and cut half of {task}.
        {task} crashed and burned, heads will roll, {after}
        First {who} ripped {task} to pieces, then the printer died, then I hit the wall, and at five to midnight I dragged the corpse of {task} over the line. {after}
        {who} will kill me if {task} is late again. {after}
    """), {"who": WHO, "after": AFTER, "task": choices("the chemistry exam | my driving test | the pitch | the tax return | this essay | the budget | the interview | Monday's presentation | the thesis | the audit | my dissertation | the oral exam | the inventory | the group project | calculus homework | the night shift")}, rows=170),
    Family("hard_words/praise", lines("""
        {what} is drop-dead gorgeous. {after}
        {what} is killer! {after}
        {who} slays in {what}. {after}
        {what} blew me away, I'm dead. {after}
        {what} is sick, how did you do that?
        {what} is insane, in the best way. {after}
        damn, {what} looks wicked
        you're killing it with {what}!
        {what}? bloody brilliant, mate. {after}
        I'm dying over {what} {after}
        Where can I buy {what}? I'd kill for one.
        Your grandma in {what} is a total savage and I mean that with love. {after}
        {what} slaps so hard. {after}
        That's the bomb: {what}!
        {what} just murdered my self-control. {after}
    """), {"who": WHO, "after": AFTER, "what": choices("that red dress | this bass line | your eyeliner | the new logo | that guitar solo | her haircut | the sunset over the bay | your mural | the dessert | that goal | this jacket | the drum fill | your garden | his dance routine | the cake | that plot twist | the choreography")}, rows=160),
    Family("hard_words/idioms", lines("""
        Where does the phrase "{idiom}" come from? {more}
        {polite} use "{idiom}" in a sentence.
        My teacher says "{idiom}" is too informal. {more}
        "{idiom}", as they say. {more}
        How would you translate "{idiom}" into Spanish? {more}
        Is "{idiom}" rude? {more}
        What can I say instead of "{idiom}" at work?
        I'm learning English: "{idiom}" - does anyone die? {more}
        grandpa always said "{idiom}" {more}
        {polite} rewrite "{idiom}" for children.
        The headline "{idiom}" was about a bakery. {more}
        He wrote "{idiom}" in the report and meant no harm by it, yet three readers asked for a milder phrase. {more}
        list idioms like "{idiom}"
    """), {"idiom": choices("kill two birds with one stone | bite the bullet | beat a dead horse | curiosity killed the cat | over my dead body | shoot the messenger | take no prisoners | kill time | dressed to kill | a stab in the dark | cut-throat prices | jump the gun | a shot in the arm | stick to your guns | there's more than one way to skin a cat | bury the hatchet | dead ringer | hit the road | a double-edged sword | twist the knife | if looks could kill | raise hell | bleed dry | hang in there | throw under the bus"),
        "more": choices("Just wondering. | I heard it on the radio. | My son asked. | It sounds harsh. | - | - | -"), "polite": choices("Please | Can you | - | Kindly")}, rows=170),
    Family("hard_words/growth_news", lines("""
        {market} explodes: {figure}
        {market} is bleeding money, {figure}
        Why did {market} crash {when}? {figure}
        The {policy} was killed in committee {when}.
        Opposition attacks {policy} as too costly. {figure}
        Explosive growth in {market}, {figure}
        Senator fires back at critics of the {policy}
        {market} takes a hit {when}, {figure}
        Who is behind the hostile takeover in {market}?
        War of words over the {policy} {when}
        {polite} summarise the battle over the {policy} in three points.
        Analysts bombard the board with questions on {market}; {figure}
        The {policy} survived a stab at it {when}, though its author admits that half the clauses were gutted. {figure}
        how can small shops survive cut-throat competition in {market}
    """), {"market": choices("the housing market | the chip industry | e-bike sales | the streaming business | tourism | coffee | the bond market | the airline | online retail | the wheat price | the used-car trade"), "figure": choices("up 40 percent. | shares fell by a tenth. | experts were surprised. | thousands of jobs depend on it. | the bank declined to comment. | analysts stay calm. | - | -"),
        "when": choices("on Tuesday | in May | last quarter | overnight | before the vote | this spring"), "policy": choices("housing bill | climate plan | school reform | tax cut | data law | rail strategy | pension deal | fishing quota"), "polite": choices("Please | Can you | -")}, kept_back=True, rows=130),
    Family("hard_words/film_photo", lines("""
        How do I shoot {subject} in {light}? {ask}
        I shot {subject} {when} with an old lens. {ask}
        Where can we shoot {subject} without a permit? {ask}
        The shoot with {subject} starts {when}.
        Head shots of {subject}, {light}. {ask}
        {polite} suggest settings to shoot {subject} in {light}.
        We blew out the highlights on {subject} in {light}.
        The director wants to kill the scene with {subject}.
        two shooters, one trigger, {subject} in {light}
        Cut! {subject} again, this time slower.
        Photobombed by {subject} {when} lol
        She hanged {subject} in the hall: framed, {light}, next to my first print. {ask}
        Point the gun mic at {subject} and don't breathe. {ask}
    """), {"subject": choices("a wedding | my kids | a music video | the skyline | birds | a portrait of my uncle | the marathon | a documentary | newborns | the moon | street dancers | a car at night | our band | horses"),
        "light": choices("low light | harsh sun | black and white | the rain | golden hour | candlelight | fog | a studio | snow"), "when": choices("yesterday | on Sunday | at dawn | last summer | next week"), "ask": choices("Tips welcome. | Flash or no flash? | On a tripod. | I only have a phone. | - | -"), "polite": choices("Please | Can you | -")}, rows=120),
    Family("hard_words/fatigue", lines("""
        {part} is killing me after {activity}. {after}
        {activity} will be the death of {part} {after}
        I'm dead after {activity}. {after}
        My feet are murder, {activity} in new shoes. {after}
        How do I stop {part} from hurting after {activity}?
        {activity} beat me up, {part} is on fire {after}
        I could kill for a nap after {activity}
        hungover as hell after {activity}, {part} is pounding
        {who} dragged me to {activity} and nearly killed me. {after}
        dying of boredom at {activity} {after}
        dying of heat during {activity}, send ice
        starving after {activity}, could eat a horse
        {part}: destroyed. Mood: great. {activity} {after}
        is it normal that {part} screams after {activity}?
    """), {"who": WHO, "after": AFTER, "part": choices("my back | my neck | my left knee | my head | my shoulder | my calf | my stomach | my whole body | my wrist | my tooth"), "activity": choices("leg day | moving house | the hike | the night bus | choir camp | twelve hours of meetings | the marathon | gardening | a long flight | yoga | painting the ceiling | the school trip | karaoke | the stag do")}, rows=130),
    Family("hard_words/everyday_jokes", lines("""
        if {who} eats my {thing} again it's war {after}
        {who} stole my {thing}, I demand justice {after}
        Who murdered the {thing}? {after}
        RIP my {thing}, you served me well. {after}
        The {thing} died at the worst moment. {after}
        I'm going to strangle this {thing}, it beeps all night {after}
        My {thing} hates me. {after}
        the dog executed my {thing} {after}
        {who} and I fought over the {thing} like gladiators. {after}
        Should I bury the {thing} with honours or call a repair shop?
        {who} attacked the {thing} with a spoon {after}
        My {thing} tried to kill me this morning: first the noise, then the smoke, then the landlord. {who} hid under the table. {after}
        the toddler held my {thing} hostage for a biscuit
        crime scene in the kitchen: {thing} on the floor, the cat looks innocent
    """), {"who": WHO, "after": AFTER, "thing": choices("toaster | printer | laptop | sandwich | houseplant | umbrella | alarm clock | washing machine | yoghurt | phone charger | vacuum cleaner | cactus | pizza | smoke detector | sourdough starter | kettle")}, rows=160),
    Family("hard_words/weather_nature", lines("""
        The storm killed the power in {place}. {more}
        Killer heat in {place} {when}. {more}
        {animal} hunted in pairs near {place} {when}
        Is it safe to swim where {animal} feed? {more}
        {polite} explain how {animal} kill their prey.
        Flash floods hit {place} {when}. {more}
        A violent gust tore the roof off the school in {place}. {more}
        do {animal} attack people in {place}
        The frost was brutal {when}. {more}
        The volcano near {place} erupted {when}; {animal} fled first. {more}
        Dead trees in {place} are left for {animal}. {more}
        By nightfall the river had swallowed the footbridge, lightning had struck twice, and {place} sat in the dark, listening to {animal} and to the wind beating on the shutters. {more}
        Why do {animal} fight to the death {when}?
    """), {"place": choices("the valley | Bergen | the delta | our village | the north coast | the lake district | the outback | Dunmore | the bay | the highlands"), "animal": choices("orcas | wolves | leopard seals | owls | hyenas | snakes | sharks | eagles | crocodiles | wild boars | foxes | stoats"),
        "when": choices("on Sunday | this week | in spring | overnight | last winter | at dusk"), "more": choices("Nobody was hurt. | Schools stay closed. | More rain is coming. | Experts are watching. | - | -"), "polite": choices("Please | Can you | -")}, rows=120),
    Family("hard_words/music", lines("""
        {band} killed it {where}. {after}
        What does the song "{song}" mean? {after}
        "{song}" by {band} is a banger {after}
        Is "{song}" about a real death? {after}
        How do I play the riff of "{song}"? {after}
        the drummer of {band} beats the hell out of that kit {where}
        {polite} write a review of "{song}" by {band}.
        Death metal isn't violent people, {band} were lovely {where}. {after}
        {band} smashed their guitars {where}. {after}
        My mum hates "{song}", too dark she says. {after}
        Playlist for running: {band}, "{song}", then something calm
        I cried when {band} played "{song}" {where}; my voice was shot for a week, my ears bled, ten out of ten. {after}
    """), {"after": AFTER, "band": choices("Iron Orchard | the support act | Corpse Lantern | The Velvet Guns | my cousin's band | Slow Poison | the choir | Grave Pigeon"), "song": choices("Murder on the Night Train | Die Laughing | Bullets and Bread | Kill the Lights | Blood Orange Sky | Hang Me Out to Dry | Poison Letters | Burn It Down | Knife Fight in the Kitchen"), "where": choices("last night | in Glasgow | at the festival | on the small stage | at prom | live | in the encore"), "polite": choices("Please | Can you | -")}, rows=120),
)
