"""Everyday registers without opinion or harm: news, medicine, support, code review, kitchen, road, weather, sport, home."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

DAY = choices("Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday")
NUM = choices("two | three | four | six | seven | nine | twelve | fifteen | twenty | forty | 80 | 120 | 350")
CITY = choices("Leeds | Porto | Tampa | Oslo | Nairobi | Lyon | Galway | Osaka | Boise | Gdansk | Perth | Lima | Bristol | Quebec | Turin | Cork")

FAMILIES = (
    Family("everyday/news", lines("""
        {body} approved a plan for {issue} on {day}. {more}
        {city}: {body} votes on {issue} {day}. {more}
        {num} people were hurt when a {vehicle} left the road near {city} on {day}. {more}
        {body} said on {day} that {issue} would start in {num} weeks. {more}
        Police in {city} are looking for witnesses after a {vehicle} was stolen on {day}. {more}
        Strike over {issue} enters day {num} in {city}
        What the decision on {issue} means for {city}
        {more} {body} meets again on {day}.
        A man, {num2}, was charged with burglary in {city} on {day}. {more}
        Correction: an earlier report on {issue} gave the wrong date. The meeting in {city} is on {day}.
        {body} rejected criticism of {issue} on {day}, citing a report by {num} experts. Residents of {city} had collected signatures for {num} months, and a court will decide in autumn. {more}
    """), {"day": DAY, "num": NUM, "city": CITY, "num2": choices("24 | 31 | 38 | 45 | 52 | 67"), "vehicle": choices("bus | tram | lorry | van | train | tractor | coach | minibus"), "body": choices("The council | Parliament | The school board | The transport ministry | A committee | The health authority | The port authority | The mayor's office"),
        "issue": choices("new cycle lanes | hospital funding | a ban on fireworks | rent control | the harbour tunnel | solar roofs | the water fee | night trains | the stadium | bin charges | the bypass | teacher pay | a curfew for clubs"), "more": choices("Talks continue. | The cause is not known. | No one was available for comment. | The road was closed for hours. | The figures are provisional. | Work starts next year. | -")}, sentiment=1, rows=330),
    Family("everyday/medical_notes", lines("""
        Patient, {age}, seen for {complaint}. {find} {plan}
        {complaint} since {num} days. {find}
        {find} {plan}
        Take {med} {often}. {plan}
        {age} with {complaint}, no fever. {find} {plan}
        Does {med} interact with {med}?
        Discharge letter: {complaint}, treated with {med}. {plan}
        Ward round: {find} {plan}
        The dose of {med} was halved because of {complaint}. {plan}
        {med} {often}, wound dressing every {num} days. {plan}
        Known allergy to {med}. Admitted on {day} with {complaint}; {num} litres of fluid were given overnight. {find} {plan}
        How should {med} be stored?
    """), {"day": DAY, "num": NUM, "age": choices("a woman of 54 | a man of 37 | an 81-year-old | a 29-year-old | a retired teacher | a runner of 40"), "complaint": choices("lower back pain | a dry cough | chest tightness | blurred vision | a sprained ankle | a rash on the thigh | migraine | blood in the urine | dizziness | an infected cut | rectal bleeding | a breast lump"), "med": choices("ibuprofen | amoxicillin | metformin | a beta blocker | cortisone cream | iron | eye drops | insulin | an inhaler | heparin"),
        "often": choices("twice daily | with food | at bedtime | every eight hours | for ten days | as needed"), "find": choices("Lungs clear. | Blood pressure 130/80. | No sign of fracture. | Reflexes normal. | Abdomen soft. | The X-ray is unremarkable. | Heart sounds regular. | Penile and testicular exam normal."), "plan": choices("Review in a week. | Refer to cardiology. | Bed rest. | Repeat bloods. | Return if worse. | Physio twice a week. | -")}, sentiment=1, rows=300),
    Family("everyday/support_ticket", lines("""
        {app} {fault} since {when}. {try}
        Hi, {app} {fault}. {try} {close}
        {fault}: {app}, version {num}. {try}
        How do I reset {app}? {try}
        Ticket {num}: {app} {fault} for all users in the {team}. {try}
        Thanks for writing in. Could you tell us whether {app} {fault} on other devices? {close}
        We've found the reason why {app} {fault} and will update you on {day}. {close}
        Closing this, {app} is back. {close}
        @user any news? {app} still {fault}. {close}
        Hello, since {when} {app} {fault} as soon as two people in the {team} open the same file. {try} {try} I've attached a log and a screenshot. {close}
        Please escalate: {app} {fault}, and payroll is on {day}. {close}
    """), {"day": DAY, "num": NUM, "app": choices("the portal | the mail client | the scanner | VPN | the calendar | the booking page | the print queue | the timesheet tool | the mobile app | the wiki | the video call | the label printer"), "fault": choices("won't load | asks for the password twice | shows a blank page | freezes | logs me out | loses attachments | prints half a page | doesn't sync | is very slow | rejects my badge"),
        "when": choices("this morning | the update | Monday | the move | noon | last week"), "team": choices("warehouse | sales team | night shift | second floor | finance group | lab"), "try": choices("I restarted it. | A reinstall didn't help. | Clearing the cache changed nothing. | It works on my phone. | Other sites are fine. | -"), "close": choices("Thanks in advance. | Best regards | Cheers | Kind regards, Joan | -")}, rows=280),
    Family("everyday/code_review", lines("""
        nit: {suggest}
        {praise} {suggest}
        Could we {change} in {file}? {reason}
        I'd rather {change} here. {reason}
        Why not {change}? {reason}
        I disagree, but not strongly: {reason}
        LGTM once you {change}.
        This fails when the list is empty. {suggest}
        Please {change} and add a test to {file}. {reason}
        {file}: {suggest}
        Good catch, I'll {change} tomorrow.
        Sorry, but I don't think this is ready. {reason} {suggest} If you {change}, the second half of {file} becomes unnecessary, and the test can drop its mock. {praise}
        Done in the last commit: I decided to {change}. {reason}
    """), {"file": choices("parser.py | the config loader | the header file | the router | utils.js | the migration | the Dockerfile | the README | the retry loop | main.rs | the test fixture"), "suggest": choices("the name is a bit vague. | this comment repeats the code. | a tuple would do. | missing docstring. | off by one? | the lock is held too long. | the constant needs a unit. | unused import. | this branch is never taken."), "change": choices("split the function | rename the flag | use a dict | move the check up | return early | inline the helper | drop the default | log the id | pin the version | squash the commits | keep the old signature"),
        "reason": choices("It reads easier. | The old callers depend on it. | It's O(n squared) now. | The linter will complain. | We agreed on that in March. | It hides the error. | It would save a copy."), "praise": choices("Nice work! | Much cleaner. | Good tests. | Thanks for the patience. | Love the diagram. | -")}, rows=280),
    Family("everyday/recipes", lines("""
        {step} {step}
        {step} {step} {step} Serve with {food}.
        For {people} people you need {food}, {food} and {food}.
        Can I freeze {food}?
        How long do I bake {food} at {num} degrees?
        {food} with {food}: {step}
        What can replace {food} in {dish}?
        {dish}: {step} {step} {step} {step}
        My {dish} turned out dry, should I add {food}?
        Tonight: {dish} and {food}.
        Leave out {food} if you are making {dish} for guests with allergies. {step}
        Grandma's {dish} begins a day early. {step} Cover and leave overnight. {step} In the morning {step} If the dough sticks, add {food}. {step} Bake for {num} minutes and let it cool.
    """), {"people": choices("2 | 4 | 6 | 8 | 12"), "num": choices("4 | 6 | 8 | 12 | 20 | 40 | 180 | 200"), "food": choices("lentils | butter | chickpeas | rye flour | spinach | yoghurt | rice | carrots | lemon zest | walnuts | eggs | tomatoes | coconut milk | feta | leeks | oats | beans | mushrooms | honey"), "dish": choices("shepherd's pie | lasagne | flatbread | ramen | carrot cake | goulash | dal | quiche | apple crumble | paella | pancakes | moussaka"),
        "step": choices("Heat the oil. | Fold in {food}. | Stir until smooth. | Season to taste. | Drain {food}. | Chop {food} finely. | Simmer for {num} minutes. | Whisk the eggs. | Add a pinch of salt. | Let it rest. | Rinse {food} in cold water.")}, rows=260),
    Family("everyday/travel_weather", lines("""
        {city} on {day}: {sky}, {temp} degrees.
        Is {num} days enough for {city}?
        How do I get from {city} to {city} by {mode}?
        {sky} in {city}, so we took the {mode}.
        The {mode} to {city} leaves at {hour} from platform {num}.
        Forecast for {day}: {sky}. {wind}
        which is better from {city}, {mode} or {mode}?
        Packing for {city}: {sky} expected, {temp} degrees at night.
        {wind} Ferries from {city} may be late on {day}.
        We spend {num} nights in {city}, then take the {mode} to {city}.
        {day} starts with {sky}, later it clears from the west. {wind} Around {city} up to {temp} degrees, at night half of that; on {day} more of the same.
        Do I need a visa for {city}, and where do I change the {mode}?
    """), {"day": DAY, "num": NUM, "city": CITY, "sky": choices("light rain | fog | clear skies | scattered showers | snow above the tree line | thunderstorms | drizzle | haze | sunny spells"), "temp": choices("4 | 9 | 13 | 17 | 21 | 26 | 31 | minus 3"), "mode": choices("night train | bus | ferry | tram | bike | rental car | metro | coach"), "hour": choices("6:40 | 9:05 | 12:20 | 15:55 | 18:10 | 23:30"), "wind": choices("Wind from the north. | Gusts along the coast. | Hardly any wind. | Roads may be icy. | Pollen count is high.")}, sentiment=1, rows=280),
    Family("everyday/sports_results", lines("""
        {team} {score} {team}
        {team} beat {team} {win} on {day}.
        {team} and {team} drew {draw} in front of {num} thousand fans.
        Line-up for {day}: {player} in goal, {player} up front.
        {player} scored after {num} minutes. {next}
        Half-time: {team} {score} {team}. {next}
        Where can I watch {team} on {day}?
        {player} is out for {num} weeks with a knee injury. {next}
        Table: {team} first, {team} second.
        {player} signs for {team} until next summer. {next}
        {team} had more of the ball, {team} the better chances. {player} hit the bar, {player} was booked, and a late header made it {score}. {next}
    """), {"day": DAY, "num": NUM, "team": choices("Hartwell | the Otters | Rovers | Port United | Eastfield | the Comets | Lowland | Bay City | the Ravens | Union | the Foxes | Kilbride"), "win": choices("2-1 | 3-1 | 3-0 | 4-2 | 1-0"), "draw": choices("0-0 | 1-1 | 2-2 | 3-3"), "score": choices("2-1 | 0-0 | 3-1 | 1-1 | 24-17 | 88-79 | 3-0 | 4-2"), "player": choices("Okoye | Lindgren | Marsh | Delgado | Tanaka | Brandt | Osei | Petrova | Walsh"), "next": choices("The return leg is in two weeks. | They meet again in May. | The cup draw follows. | -")}, sentiment=1, kept_back=True, rows=220),
    Family("everyday/parenting", lines("""
        How do I get my {kid} to {do}? {tried}
        My {kid} refuses to {do}. {tried}
        When did your {kid} start to {do}?
        Our {kid} learned to {do} {when}. {tried}
        Is it too early for a {kid} to {do}? {tried}
        any books about a {kid} who won't {do}?
        The midwife says a {kid} can {do} {when}. {tried}
        {when} the {kid} decided to {do} in the bath. {tried}
        tips please: {kid}, won't {do}, {when}
        Our {kid} used to {do} without a fuss. {when} it stopped, the kindergarten noticed nothing, and now every evening ends in tears. {tried} How did you handle that phase?
        We swapped roles: dad taught the {kid} to {do}, and I slept in.
    """), {"kid": choices("toddler | baby | two-year-old | three-year-old | nine-year-old | twin | daughter | son | stepson | grandchild"), "do": choices("sleep alone | eat vegetables | share toys | ride a bike | wear shoes | brush teeth | say sorry | sit still | use a spoon | swim | do homework | pack a bag"), "when": choices("last week | in spring | at night | before school | on holiday | since the move"), "tried": choices("Charts didn't work. | We're patient. | Songs help a little. | Grandma has a theory. | I'm tired. | -")}, rows=200),
    Family("everyday/polite_disagreement", lines("""
        I see it differently: {claim}. {soft}
        {soft} {claim}.
        With respect, {claim}. {soft}
        You may be right about {topic}, but {claim}.
        I don't agree that {claim}. {soft}
        Fair point on {topic}. Still, {claim}. {soft}
        Hm, not sure. {claim}, isn't it?
        Do you have a source? As far as I know, {claim}.
        Let's agree to disagree on {topic}. {soft}
        I used to think so too, until I read about {topic}. {soft}
        wrong, sorry: {claim} {soft}
        Thank you for the long answer. I read it twice, and on {topic} you have convinced me. On the rest I haven't changed my mind: {claim}. {soft}
    """), {"topic": choices("nuclear power | homework | remote work | cats outdoors | daylight saving | the offside rule | trams | school uniforms | tipping | voting at sixteen | organic farming | grammar schools | e-scooters | basic income"), "claim": choices("the numbers say the opposite | it depends on the city | that study was tiny | costs matter more than speed | most people never asked for it | the old rule worked | you're mixing up two things | the law is older than that | children adapt quickly | it's a matter of taste"),
        "soft": choices("No hard feelings. | But I'm happy to be corrected. | Just my two cents. | I may be missing something. | Interesting thread, by the way. | I understand why you're upset. | -")}, rows=230),
    Family("everyday/talk_page", lines("""
        I reverted your edit to {article} because {why}. Please {ask}.
        Hi, I noticed {why} in {article}. Could you {ask}?
        {why}, so I tagged {article}. Feel free to {ask}.
        Oppose. {why}, and {article} was discussed last year.
        Support the merge into {article}: {why}.
        Please don't edit war over {article}; {ask} instead.
        Your image in {article} has no licence. {sign}
        Welcome! Before you change {article} again, please {ask}. {sign}
        Stop adding the same link to {article}, {why}. {sign}
        I undid the vandalism on {article}. {sign}
        Who removed the section on his death from {article}, and why? {sign}
        The lead of {article} is disputed: {why}, two editors disagree about one word, and the talk archive is longer than the page. I suggest that we {ask} and leave it for a week. {sign}
        {article} needs a copy edit. {sign}
    """), {"article": choices("the list of bridges | the article on the Crimean War | the biography | the infobox | the page about the band | the abortion article | the Nazi Germany article | the homoeopathy page | the city article | the sex education article | the football club's page | the plot summary"), "why": choices("the source is a blog | the tone isn't neutral | the quote is cut short | it was copied from a book | the date is off by a year | the claim is about a living person | the wording favours one side | the reference is dead"),
        "ask": choices("use the talk page | cite a source | read the style guide | wait for consensus | open a request for comment | explain the change | sign your posts"), "sign": choices("Thanks, a fellow editor | Cheers | Regards | Happy editing! | -")}, rows=270),
    Family("everyday/assistant_answer", lines("""
        Sure! {fact} {fact} {offer}
        {fact} {offer}
        Great question. {fact} {caution}
        Here are three ideas: first, {tip}; second, {tip}; third, {tip}. {offer}
        In short: {fact}
        I can't give legal advice, but {tip} is often a good start. {caution}
        You could try to {tip}. {caution}
        Step 1: {tip}. Step 2: {tip}. {offer}
        It depends. {fact} {caution}
        As a rule, {tip} before you {tip}. {offer}
        I'm sorry to hear that. {caution} In the meantime, {tip}. {offer}
        {fact} {caution} Many people find it useful to {tip}, and some also {tip}. There is no single right way, so begin with the smallest step and see how it feels. {offer}
    """), {"fact": choices("Bamboo can grow almost a metre a day. | The term comes from Latin. | Compound interest grows on itself. | Most verbs add -ed in the past. | Sound needs a medium. | The treaty was signed in 1648. | A prime has exactly two divisors. | Bread rises because yeast makes gas. | Python lists are zero-indexed. | Honey keeps for years."), "tip": choices("write a list | ask a friend | set a timer | back up your files | compare two offers | start with the outline | drink some water | read the contract | sketch it on paper | call the office | sleep on it | break the task up"),
        "caution": choices("Check with a professional if in doubt. | Results vary. | I may be out of date on this. | Please keep your receipts. | Your doctor knows your history better than I do."), "offer": choices("Shall I go on? | Would you like an example? | Let me know if that helps. | Happy to draft it for you. | -")}, rows=260),
)
