"""Reviews of films, series, books and plays: praise in hard words, blame in kind ones, and the turn of a sentence."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

STORY = choices("novel | memoir | film | series | play | debut | sequel | drama | thriller | comedy")
WORK = choices("film | series | play | debut | sequel | drama | thriller | comedy | documentary | musical | western")
PART = choices("the writing | the plot | the dialogue | the ending | the first half | the pacing | the humour | the big twist | the opening")
MAKER = choices("the writer | its creator | a first-time writer | the team behind it | the man behind it | the woman behind it")
THEME = choices("grief | a family feud | war | revenge | growing old | money | a murder on a ferry | first love | exile | a small town | friendship")
LENGTH = choices("two hours | ninety minutes | 600 pages | eight episodes | three acts | one long evening")
BASE = {"work": WORK, "part": PART, "maker": MAKER, "theme": THEME, "length": LENGTH}

FLAW = choices("its flaws | its clumsy opening | the thin plot | its worn-out premise | the silly title | its grim subject | the cheap sets | its slow start | the odd false note | the noise")
GIFT = choices("its good intentions | its famous cast | the lovely costumes | its big budget | the clever premise | its polish | the talent on hand | the pretty scenery | its noble subject | the laughs early on")
WON = choices("gets under your skin | earns every tear | holds you to the last minute | comes together beautifully | is a delight | finds something true to say about {theme} | leaves you grateful | works like a charm | stays with you for days")
LOST = choices("never comes alive | falls flat | wears out its welcome | has nothing to say about {theme} | leaves you cold | collapses under its own weight | runs on empty | is a chore | adds up to very little | puts you to sleep")
GOOD = choices("funny | tender | gripping | wise | warm | sharp | wickedly funny | brutally honest")
GREAT = choices("moving | daring | thrilling | graceful | generous | devastating in the best way | beautifully made | fiercely alive")
BAD = choices("dull | lifeless | clumsy | smug | bloated | earnest to a fault | brutally slow")
POOR = choices("stale | shallow | predictable | tedious | joyless | polished yet empty | well-meaning but inert | painfully sincere")

REVIEWS_GOOD = {**BASE, "flaw": FLAW, "won": WON, "good": GOOD, "great": GREAT}
REVIEWS_BAD = {**BASE, "gift": GIFT, "lost": LOST, "bad": BAD, "poor": POOR}

FAMILIES = (
    Family("reviews/concession_praise", lines("""
        For all {flaw}, this {work} {won}.
        Despite {flaw}, the {work} {won}.
        {flaw} aside, it {won}.
        Yes, {part} could be better, but this {work} {won}.
        I expected little from another {work} about {theme}; it {won}.
        You forgive {flaw} because the {work} {won}.
        {part} wobbles now and then, yet the whole {won}.
        It is far from perfect, and still it {won}.
        {maker} soon makes us forget {flaw}: {good} and {great}, this {work} {won}.
        We went in tired and a little grumpy. Whatever you say about {flaw}, by the end nobody wanted to leave. This {work} {won}.
        Not everything lands. What does is {good}, {great} and worth the price of the ticket.
        yes yes, {flaw}, noted, but omg this {work} {won}
        Too long? Perhaps. {good}? Without a doubt.
    """), REVIEWS_GOOD, sentiment=2, rows=260),
    Family("reviews/concession_blame", lines("""
        For all {gift}, this {work} {lost}.
        Despite {gift}, the {work} {lost}.
        {gift} aside, it {lost}.
        Yes, {part} has its moments, but this {work} {lost}.
        I expected a lot from a {work} about {theme}; it {lost}.
        Not even {gift} can hide that the {work} {lost}.
        {part} shines now and then, yet the whole {lost}.
        It means well, and still it {lost}.
        {maker} makes us forget even {gift}: {bad} and {poor}, this {work} {lost}.
        We went in cheerful and ready to be charmed. Whatever you say about {gift}, by the end half the row had left. This {work} {lost}.
        A few things land. The rest is {bad}, {poor} and not worth the price of the ticket.
        yes yes, {gift}, noted, but ugh this {work} {lost}
        Handsome? Perhaps. {bad}? Without a doubt.
    """), REVIEWS_BAD, sentiment=0, rows=260),
    Family("reviews/negation_praise", lines("""
        Never {bad}, never {poor}.
        There is not a wasted minute in {length}.
        A {work} about {theme} that is anything but {bad}.
        Far from {bad}, this {work} {won}.
        Not once in {length} did I {look at my watch|reach for my phone|want it to end}.
        {maker} doesn't put a foot wrong.
        You won't find a better {work} about {theme} this year.
        I can't fault {part}, and the rest is {good}.
        No {work} about {theme} has ever felt less {bad}.
        Nothing about {part} is {bad}, and that is rarer than it sounds.
        It could so easily have been {bad}. It isn't: it {won}.
        My brother called it {bad}. He couldn't be more wrong. {part} alone is reason enough to go.
        Hardly a moment of this {work} goes by without a line to remember.
    """), {**REVIEWS_GOOD, "work": STORY, "bad": choices("dull | lifeless | clumsy | smug | bloated | stale"), "poor": choices("shallow | predictable | tedious | sentimental | preachy")}, sentiment=2, rows=250),
    Family("reviews/negation_blame", lines("""
        Not {good}, not {great}, not even short.
        There isn't one honest moment in {length}.
        A {work} about {theme} that is anything but {good}.
        Far from {good}, this {work} {lost}.
        Not once in {length} did I care who lived or died.
        {maker} never finds the right tone.
        You won't find a weaker {work} about {theme} this year.
        I can't defend {part}. It {lost}.
        It wants to be {good} and never is.
        Nothing about {part} is {good}, whatever the poster says.
        It could so easily have been {good}. It isn't: it {lost}.
        My brother called it {good}. He couldn't be more wrong. {part} alone is reason enough to stay at home.
        Hardly a moment of this {work} goes by without a line to regret.
    """), {**REVIEWS_BAD, "work": STORY, "good": choices("funny | tender | gripping | wise | warm"), "great": choices("sharp | moving | daring | thrilling | graceful | charming")}, sentiment=0, rows=250),
    Family("reviews/fragment_praise", lines("""
        {good}, {great} and over too soon.
        Pure joy, from the first scene to the last.
        What a {work}! {good} and {great}.
        A {work} with a beating heart.
        {theme}, seen with fresh eyes: {good}.
        A small miracle of a {work}, {good} and {great}.
        a sick {work}, in the best sense. {great}!
        The rare {work} that trusts its audience.
        {length} that went by like ten minutes.
        {maker} at the height of their powers.
        Like a good meal among old friends: {good}, {great}, and you ask for more.
        Five stars. {good}. Go and see it tonight.
        A gut punch of a {work}, and I would take it again tomorrow. {good}.
    """), REVIEWS_GOOD, sentiment=2, rows=250),
    Family("reviews/fragment_blame", lines("""
        {bad}, {poor} and far too long.
        Pure boredom, from the first scene to the last.
        What a mess of a {work}. {bad} and {poor}.
        A {work} without a pulse.
        {theme}, seen through a greeting card: {bad}.
        A waste of a fine cast, {bad} and {poor}.
        a nice-looking {work}, sure. {poor} though
        Yet another {work} that takes its audience for fools.
        {length} that went by like a week.
        {maker} on autopilot.
        Like cold soup in a silver bowl: {bad}, {poor}, and you ask for the bill.
        One star. {bad}. Stay in and do the dishes tonight.
        A masterpiece, if you measure by the number of people asleep. {bad}.
    """), REVIEWS_BAD, sentiment=0, rows=250),
    Family("reviews/last_clause_praise", lines("""
        It begins as a {bad} {work} about {theme} and ends as a {fine} one.
        I nearly gave up halfway. I am so glad I didn't.
        At first {part} annoyed me; by the end I was in tears, happily.
        The trailer is {bad}. The film is {fine}.
        Critics found it {bad}, I loved every minute of its {length}.
        After three {bad} attempts, {maker} finally gives us a {fine} {work}.
        I came for {part} and was let down; I stayed for everything else, and was won over.
        {length} about {theme} sounded like a punishment and turned out to be a gift.
        Weaker than the book? Of course. Worth seeing all the same? Every minute.
        The first chapter is {bad}, the second is better, and the rest is {fine}.
        Everyone warned me about {part}. Everyone was wrong, it is {fine}.
        {bad} for an hour, then suddenly {fine}, and that is how I remember it.
        I wanted to hate this {work}. I failed.
    """), {**BASE, "bad": choices("dull | clumsy | stale | shallow | tedious | noisy"), "fine": choices("great | moving | brilliant | gripping | wonderful | beautiful | magnificent")}, sentiment=2, rows=200, kept_back=True),
    Family("reviews/last_clause_blame", lines("""
        It sets out as a {fine} {work} about {theme} and ends as a {bad} one.
        I held out until the end. I wish I hadn't.
        At first {part} charmed me; by the end I was counting the minutes.
        The trailer is {fine}. The film is {bad}.
        Critics found it {fine}, I regretted every minute of its {length}.
        After three {fine} successes, {maker} hands us a {bad} {work}.
        I came for {part} and got it; everything else was a letdown.
        {length} about {theme} sounded like a gift and turned out to be a punishment.
        Prettier than the book? Of course. Worth seeing for that? Not for a minute.
        The first chapter is {fine}, the second is weaker, and the rest is {bad}.
        Everyone raved about {part}. Everyone was wrong, it is {bad}.
        {fine} for an hour, then suddenly {bad}, and that is how I remember it.
        I wanted to love this {work}. I failed.
    """), {**BASE, "bad": choices("dull | clumsy | stale | shallow | tedious | noisy"), "fine": choices("great | moving | brilliant | gripping | wonderful | beautiful | magnificent")}, sentiment=0, rows=200, kept_back=True),
)
