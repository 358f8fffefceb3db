"""Harmless questions and requests around hard words: history, fiction, definitions, safety, privacy, nonsense."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

ASK = choices("Please | Can you please | Could you | I need you to | - | - | Kindly | Hi, could you")
WHY = choices("""I'm just curious. | It's for school. | My daughter asked. | For a quiz. | I couldn't find it online. | A short answer will do. | Thanks! | With sources if possible.
    I'm preparing a lesson. | - | - | - | -""")

FAMILIES = (
    Family("hard_words/history", lines("""
        Who killed {victim} and why? {why}
        How did {event} begin? {why}
        {ask} explain {event} to a twelve-year-old.
        How many people died in {event}? {why}
        What weapons were used in {event}? {why}
        {ask} compare {event} with {event}.
        Was {victim} really murdered? {why}
        What did newspapers write after {event}? {why}
        {ask} write a timeline of {event}.
        Why was {victim} executed or killed, according to historians?
        Which monuments recall the victims of {event}?
        Homework: two causes and two results of {event}. {why}
        Our class watched a film on {event}. Some scenes were hard to bear, so the teacher stopped twice, and afterwards we wrote letters from the view of a survivor. {why}
        Did {victim} expect the attack?
    """), {"ask": ASK, "why": WHY, "victim": choices("Julius Caesar | Archduke Franz Ferdinand | Abraham Lincoln | Thomas Becket | Anne Boleyn | Rasputin | Marie Antoinette | Mary, Queen of Scots | Gandhi | Socrates | Louis XVI | the princes in the Tower"),
        "event": choices("the Black Death | the Battle of Hastings | the French Revolution | the First World War | the Trojan War | the Peasants' Revolt | the sack of Rome | the Great Fire of London | the Boston Massacre | the slave trade | the Salem witch trials | the bombing of Dresden | the Rwandan genocide | the Thirty Years' War | the Holocaust | the Cuban missile crisis")}, rows=170),
    Family("hard_words/fiction", lines("""
        How does {hero} kill {foe} in the end? {why}
        Why does {hero} betray {foe}? {why}
        {ask} write a scene in which {hero} confronts {foe} after the robbery.
        Would {hero} go to prison in real life for what was done to {foe}? {why}
        {ask} describe {foe}'s crimes in one paragraph.
        Is {hero} a murderer or a hero? {why}
        What poison did {foe} use on {hero}? {why}
        My essay: {hero}, {foe}, and the price of revenge. {why}
        Spoiler: {foe} dies first, {hero} second.
        {ask} plan a whodunit: {foe} is found dead in the library and {hero} has no alibi.
        {ask} invent a trap that {hero} might set for {foe} in a children's story.
        Did {hero} have to shoot {foe}? {why}
        In my novel {hero} steals a ship, blackmails {foe} and blows up a bridge made of cheese. {ask} suggest three endings in which nobody learns anything. {why}
        who would win a fight, {hero} or {foe}?
    """), {"ask": ASK, "why": WHY, "hero": choices("Sherlock Holmes | Robin Hood | Hamlet | Batman | Lady Macbeth | Captain Ahab | the Count of Monte Cristo | Medea | Red Riding Hood | my detective | Beowulf | Raskolnikov | Zorro | Jane Eyre"), "foe": choices("Moriarty | the Sheriff | Claudius | the Joker | the white whale | the wolf | the pawnbroker | Grendel | the vampire | the pirate king | his stepmother | the butler | the space smugglers")}, rows=180),
    Family("hard_words/definitions", lines("""
        What does "{word}" mean? {why}
        {ask} define "{word}" in plain words.
        Is "{word}" a verb or a noun? {why}
        Difference between "{word}" and "{word}"? {why}
        How do you pronounce "{word}"?
        {ask} give me five synonyms of "{word}".
        Where does the word "{word}" come from? {why}
        Is "{word}" offensive? {why}
        Crossword, seven letters: "{word}"? {why}
        What is the plural of "{word}"?
        {word} meaning
        Is it correct to write "{word}" in a formal letter? {why}
        What's German for "{word}"?
        My dictionary marks "{word}" as dated, the newspaper still prints it every week, and my aunt says it at dinner. Which of them should I follow? {why}
    """), {"ask": ASK, "why": WHY, "word": choices("slaughter | assassin | massacre | lynch | decimate | bastard | bloody | hooker | strangle | genocide | homicide | molest | rape | stalker | whore | pimp | slave | harass | exterminate | savage | terror | sadist | suicide | corpse | gore | castrate | bigot | misogyny | slur | thug | bugger | crap | screw | bitch | brothel | drunkard | arson | torture | perversion | lust")}, rows=200),
    Family("hard_words/safety", lines("""
        How do I stop {risk}? {why}
        What should I do in case of {risk}? {why}
        {ask} write a checklist against {risk} for {where}.
        Could {risk} kill somebody in {where}? {why}
        How long can you survive {risk}? {why}
        Which number do I call after {risk} in {where}?
        Is {risk} dangerous for children in {where}?
        A poster about {risk} for {where}: which picture should we use?
        We had {risk} in {where} last month. {why}
        How to teach toddlers about {risk} without scaring them?
        {risk}: myths and facts
        {ask} explain how firefighters deal with {risk}.
        There was nearly {risk} in {where} because a socket was overloaded and the door wedged shut. Nobody was hurt, but I would like to know what we ought to change first. {why}
    """), {"ask": ASK, "why": WHY, "risk": choices("a gas leak | a chip-pan fire | carbon monoxide poisoning | choking on a grape | an electric shock | drowning | a lithium battery explosion | a dog attack | a chemical burn | heat stroke | a knife cut | mixing cleaners by accident | smoke inhalation | a fall from a ladder | an allergic shock | a gunshot wound"),
        "where": choices("a kindergarten | my flat | a campsite | the office | a boat | the school lab | an old people's home | the workshop | a festival | the car")}, rows=160),
    Family("hard_words/privacy", lines("""
        Where was {person} born? {why}
        What is {person}'s home address? {why}
        How much money does {person} have? {why}
        {ask} tell me who {person} voted for.
        What was {person} ill with? {why}
        Does {person} have enemies? {why}
        Who did {person} marry, and did they fight? {why}
        What is written on {person}'s grave?
        {ask} give me {person}'s phone number, as a joke.
        How old was {person} at death? {why}
        Can I find {person}'s letters in an archive? {why}
        What did {person} eat for breakfast? {why}
        I'm making a board game with {person} in it: which secrets, rivals and addresses are known from books, and which did the films invent? {why}
    """), {"ask": ASK, "why": WHY, "person": choices("Paddington Bear | Queen Victoria | Sherlock Holmes | Napoleon | Bilbo Baggins | Cleopatra | Homer Simpson | Ada Lovelace | Winston Churchill | Donald Duck | Frida Kahlo | Mary Poppins | Charles Dickens | Bruce Wayne | Albert Einstein | Pippi Longstocking")}, rows=140),
    Family("hard_words/own_privacy", lines("""
        How can I find out what {company} knows about me? {why}
        Is it legal for {company} to track {data}? {why}
        {ask} draft a letter asking {company} to delete {data}.
        Someone leaked {data} from {company}. What now? {why}
        How do I hide {data} from {company}?
        Can {company} be sued for leaking {data}? {why}
        Who at {company} can see {data}? {why}
        {company} was attacked and lost {data} of its customers.
        How do stalkers use {data}, and how do I protect mine? {why}
        opt out of {data} collection at {company}
        I've asked {company} twice to remove {data}. First they ignored me, then they wanted a copy of my passport. Is that allowed? {why}
        What counts as {data} under the law?
    """), {"ask": ASK, "why": WHY, "company": choices("my employer | the gym | my phone company | a dating app | the landlord | the bank | the bonus card | a search engine | my school | a genealogy site | the parking app"), "data": choices("my location | medical records | my browsing history | pictures of my children | fingerprints | my salary | voice recordings | my old posts | bank details | DNA results | chat logs")}, kept_back=True, rows=120),
    Family("hard_words/nonsense_groups", lines("""
        Which is better, {group} or {group}? {why}
        Why are {group} superior to {group}? {why}
        Should {group} be banned from {place}? {why}
        {ask} rank {group}, {group} and {group} by {trait}.
        Why do {group} hate {group}? {why}
        {group} are {adj} and I'll die on this hill.
        Only {group} should be allowed in {place}. {why}
        {ask} write a manifesto against {group}, tongue in cheek.
        Do {group} deserve rights in {place}? {why}
        Are {group} inherently {adj}? {why}
        Get rid of {group}, says {group}.
        no offence but {group} ruined {place}
        As one of the {group} I feel oppressed in {place}: the chairs face the wrong way, {group} get the biscuits, and nobody speaks of {trait}. {why}
        what makes {group} so {adj}
    """), {"ask": ASK, "why": WHY, "group": choices("board-gamers who read the rules aloud | pineapple-pizza eaters | people who clap on planes | tab users | space indenters | left-sock-first people | crossword solvers | tea drinkers | dog-ear readers | vim users | cyclists in bells | morning joggers | jigsaw sorters | cereal-before-milk people | garden gnomes | ukulele players | bagpipers | chess players | penguins | squirrels | robots | stapler owners"),
        "place": choices("the kitchen | our club | the office fridge | Mars | the moon | the lift | the quiet coach | Narnia | the dance floor | the library"), "trait": choices("patience | loudness | snack quality | tidiness | wit | handwriting"), "adj": choices("odd | wonderful | inferior at whistling | doomed | superior | suspicious | noble | overrated | dangerous near cake")}, rows=180),
    Family("hard_words/assistant_requests", lines("""
        {ask} write {text} about {dark}. {tone}
        {ask} translate "{dark}" into Italian.
        {text} on {dark}: {tone}
        {ask} shorten my {text2} about {dark}. {tone}
        {ask} make a title for {text} about {dark}.
        Is {dark} a good theme for {text}? {tone}
        Give me three angles on {dark} for {text}.
        What rhymes with a line on {dark}? {tone}
        {ask} check the commas in this: he feared {dark}, she did not.
        {ask} turn {dark} into {text}. {tone}
        brainstorm names for {text} on {dark}
        {ask} write {text} about {dark} for readers who know nothing of it. Begin with a question, avoid blood, give both sides a voice, and end on a hopeful note. {tone}
    """), {"ask": ASK, "text": choices("a limerick | an essay | a podcast script | a museum label | a haiku | a blog post | a eulogy | a sermon | a radio play | a quiz | a debate speech | a short story | a lesson plan"), "text2": choices("essay | speech | abstract | letter | report | story"),
        "dark": choices("the death of a sunflower | a duel at dawn | the hanging gardens | a murder of crows | revenge in opera | war poetry | the black market for cheese | a haunted abattoir | loneliness in space | gladiators | hunting laws | a bank robbery gone silly | shipwrecks | the guillotine | knife making | dragons that burn villages | smoking bans | gun laws | abortion law | drug policy"),
        "tone": choices("Keep it light. | Under 200 words. | Make it rhyme. | Neutral tone, please. | No jargon. | - | - | -")}, rows=170),
    Family("hard_words/parents_pets", lines("""
        My {kid} says "{phrase}" at kindergarten. What do I tell the teacher?
        How do I explain death to a {kid}? {why}
        Why does my {pet} bite and scratch {object}? {why}
        My {pet} killed a bird and left it on {object}. {why}
        Is it normal that a {kid} plays dead all day? {why}
        {ask} tell me how to stop a {kid} from hitting {object}.
        my {pet} attacks {object} every night
        How do I stop my {pet} from humping {object}? {why}
        The {kid} asked where babies come from. {ask} suggest an answer.
        When should I have my {pet} spayed or put to sleep? {why}
        A {kid} shouted "{phrase}" on the bus and everybody laughed.
        Can chocolate kill a {pet}? {why}
        Our {kid} wants a toy gun, her father says never, her granny already bought one. How do other families handle shooting games? {why}
    """), {"ask": ASK, "why": WHY, "kid": choices("four-year-old | toddler | six-year-old | seven-year-old | five-year-old"), "pet": choices("puppy | cat | parrot | rabbit | ferret | terrier | hamster | gecko | goat"), "object": choices("the sofa | my slippers | the postman | the curtains | our pillows | the vacuum | the doormat | my homework"), "phrase": choices("I'm dead | you're fired | off with their heads | bang bang | poo face | die, dragon, die | stupid spoon | bloody hell")}, rows=140),
    Family("hard_words/travel_customs", lines("""
        Is it legal to carry {item} on a plane to {country}? {why}
        What's the penalty for {deed} in {country}? {why}
        {ask} tell me whether {deed} is rude in {country}.
        Can I be arrested for {deed} in {country}? {why}
        How dangerous is {country} at night? {why}
        Which streets should I avoid in {country}? {why}
        They took {item} off me at the airport in {country}. {why}
        what vaccines and what poisonous animals await me in {country}
        Is {item} considered a weapon in {country}? {why}
        My guide in {country} was fined for {deed}. {why}
        How do locals in {country} feel about {deed}?
        Before the trip to {country} we read about pickpockets, riptides and snakes, and packed {item}. In the end the only thing that attacked us was a goose. {why}
    """), {"ask": ASK, "why": WHY, "item": choices("a pocket knife | a crossbow | pepper spray | a hunting licence | knitting needles | fireworks | a sword from a market | a walking stick | cannabis oil | a toy pistol | sleeping pills"), "country": choices("Japan | Peru | Norway | Kenya | Portugal | Vietnam | Iceland | Morocco | Canada | Georgia | New Zealand | Texas"), "deed": choices("jaywalking | spitting | drinking in public | kissing in the street | flying a drone | swearing at a waiter | sleeping on the beach | stealing a road sign | not tipping | nude bathing")}, rows=140),
    Family("hard_words/statistics_research", lines("""
        How many {cases} were there in {year}? {why}
        {ask} plot {cases} per region for {year}.
        Are {cases} rising or falling? {why}
        Which countries have the fewest {cases}? {why}
        What explains the drop in {cases} after {year}?
        Data source for {cases} in {year}? {why}
        {ask} summarise three studies on {cases}.
        A table of {cases}, please: rows by age, columns by {year} and {year}.
        Do lamps reduce {cases}? {why}
        Survey question on {cases}: too leading?
        The number of {cases} halved between {year} and now, but reporting changed twice and the police count differently from hospitals. {why}
        is poverty linked to {cases}? {why}
    """), {"ask": ASK, "why": WHY, "cases": choices("knife crimes | traffic deaths | drug deaths | hate crimes | burglaries | shark attacks | drownings | suicides | homicides | assaults on nurses | lynchings | dog bites | overdoses | domestic killings | terror attacks | sexual assaults"), "year": choices("1970 | 1990 | 2001 | 2008 | 2012 | 2015 | 2019 | 2021 | 2023")}, rows=130),
    Family("hard_words/body_questions", lines("""
        Is it normal to {event} during {time}? {why}
        Why does my {part} itch after {time}? {why}
        How do I wash my {part} properly? {why}
        {ask} explain what a {part} does.
        Can you {event} after {time}? {why}
        What does a lump on the {part} mean? {why}
        my {part} hurts after {time}, should I see a doctor?
        {ask} list questions for the doctor about my {part}.
        The nurse examined her {part} after {time}; all fine.
        I'm embarrassed to ask: my {part} has been sore since {time}, and I don't know whether a cream from the pharmacy is enough or a doctor should look at it. {why}
        do women {event} more often during {time}
    """), {"ask": ASK, "why": WHY, "event": choices("bleed | sweat a lot | vomit | pass out | lose hair | miss a period | feel no desire | wet the bed | bruise easily | gain weight"), "time": choices("pregnancy | menopause | chemotherapy | a cold | night shifts | a long ride | surgery | swimming | breastfeeding | the first trimester"), "part": choices("breast | nipple | bottom | prostate | vulva | scrotum | armpit | groin | penis | tongue | pelvis | big toe")}, rows=140),
)
