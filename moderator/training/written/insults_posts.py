"""Posts about politicians' camps, stars, fans and other posters: abuse, and harsh criticism of the same people."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

SLOTS = {
    "camp": choices("liberals | conservatives | the left | the right | the greens | Tory MPs | Labour voters | Republicans | Democrats | the anti-tax crowd | the gun lobby | the antifa crowd | the mayor's fan club | the remainers | the brexiteers | the city council"),
    "fans": choices("United fans | City fans | Lakers fans | Madrid fans | the away end | Arsenal supporters | Celtic fans | Cowboys fans | Ferrari fans | Yankees fans"),
    "star": choices("that actor | the lead singer | this influencer | the host | that billionaire | the minister | the senator | the coach | our goalkeeper | the commentator | the president | the governor | the drummer | that YouTuber"),
    "they": ("{camp}", "{camp}", "{fans}"),
    "move": choices("the new tax | the gun law | the budget | the transfer | the last interview | the tour | the vote on Tuesday | the price rise | the line-up | the reshuffle | the climate bill | the apology video | the strike | the penalty"),
    "fools": choices("idiots | morons | clowns | liars | cowards | hypocrites | crybabies | losers | parasites | sheep with phones | brainless puppets | frauds | pathetic losers | whining idiots"),
    "fool": choices("idiot | moron | clown | liar | coward | hypocrite | crybaby | loser | parasite | fraud | pathetic loser | spoiled brat | brainless puppet"),
    "swear": choices("full of shit | dumb as fuck | a fucking joke | fucking useless | fucking stupid | batshit crazy and proud of it"),
    "rude": choices("Fuck {they} | Screw {they}, fucking cowards every one | {they} can kiss my ass, the stupid bastards | I'm done with these dumb shits"),
    "fault": choices("did not read the bill | made it worse | wasted a whole year | broke another promise | got it wrong from the start | had no plan | have no answer on {move} | changed their mind again | let us all down | are wrong about {move} | were poor from start to finish"),
    "verdict": choices("a bad decision | a disgrace | a waste of money | the worst of the year | badly thought out | embarrassing to watch | a step backwards | lazy work | terrible timing | a failure by any measure | hard to defend"),
    "tag": choices("@user | @user @user | - | - | - | RT @user: | lol | smh | Breaking: | Wow."),
    "close": choices("#politics | #MatchDay | #MAGA | http | - | - | - | - | Unreal. | Every single time. | 🙄 | Not even surprised. | Vote them out. | 😂😂"),
}
SLOTS["a_fool"] = tuple(f"an {fool}" if fool[0] in "aeiou" else f"a {fool}" for fool in SLOTS["fool"])
ABUSE = frozenset({Label.TOXIC, Label.INSULT})

FAMILIES = (
    Family("insults_posts/abuse", lines("""
        {tag} {they} are {fools}. {close}
        {tag} what a bunch of {fools}, {they} again. {close}
        {tag} {star} is {a_fool} and always was. {close}
        {tag} only {fools} would clap for {move}. {they}, of course. {close}
        {tag} you are {a_fool}, and so is everyone who liked this. {close}
        {tag} So {they} cry about {move}. Grow up, you {fools}. {close}
        Imagine being such {a_fool} that you defend {move}. {close}
        {tag} {star} opened that mouth about {move} and proved once more what {a_fool} looks like. {close}
        dear {they}, nobody likes you {fools} {close}
        {tag} shut up about {move}, {fool}. {close}
        {they}: {fools} with flags. {close}
        {tag} {star} has the brain of a goldfish and the manners of a pig. {close}
        I listened to {they} on {move} for an hour. Not one thought among those {fools}. {close}
        {tag} {they} lost and now the {fools} blame everybody else. {close}
        {tag} she is {a_fool}. He is {a_fool}. And {they} worship them both. {close}
    """), SLOTS, ABUSE, frozenset(), 0, rows=300),
    Family("insults_posts/swearing", lines("""
        {tag} {they} are {swear}. {close}
        {tag} {rude}. {close}
        {tag} {star} is {swear}, what {a_fool}. {close}
        {tag} you're {swear}, {fool}. {close}
        No shit {star} backs {move}, the stupid fucking {fool}. {close}
        {tag} who gives a fuck what {they} think of {move}, those {fools}? {close}
        {they} are bitching about {move} again, dumb bastards. {close}
        {tag} {star} talks shit about {move} and the {fools} eat it up. {close}
        {tag} shut the fuck up, {fool}, you don't know shit about {move}. {close}
        What a piece of shit {star} is. First {move}, now this. {close}
        {tag} {they} can go fuck themselves with {move}, every one of those {fools}. {close}
        Another day, another pile of bullshit from {star}, that lying bastard. {close}
        {tag} {move} was bad enough, but then {they} came crawling out, {swear} as ever. {close}
    """), SLOTS, ABUSE | {Label.OBSCENE}, frozenset(), 0, rows=220),
    Family("insults_posts/criticism", lines("""
        {tag} {they} {fault}. {close}
        {tag} {move} is {verdict}. {close}
        {tag} I don't agree with {they} on {move}, it is {verdict}. {close}
        {tag} no, {they} are wrong about {move}, and here is why: http
        {tag} {star} should explain {move}, because as it stands it is {verdict}. {close}
        {tag} you are mistaken about {move}. Read the report first. {close}
        {tag} {star} had a bad night. {move} was {verdict}. {close}
        So {they} want us to forget {move}? I won't, it was {verdict}. {close}
        {tag} I used to admire {star}. After {move} I don't. {close}
        {they} lost because they {fault}, not because of the weather. {close}
        I listened to {they} on {move} for an hour and learned nothing. It is {verdict}. {close}
        {tag} I am angry about {move}. {they} {fault} and we pay for it. {close}
        {tag} why is {star} silent about {move}? It's {verdict}. {close}
        Dear {they}, {move} is {verdict}. Please do better. {close}
        {tag} {star} is not the person I would trust with {move}. {close}
    """), SLOTS, frozenset(), frozenset({Label.TOXIC}), 0, rows=300),
    Family("insults_posts/neutral", lines("""
        {tag} {they} meet on Thursday to talk about {move}. {close}
        {tag} what do {they} think of {move}? {close}
        {tag} {star} will speak about {move} tonight at eight. {close}
        {tag} do you know if {star} has said anything on {move}? {close}
        {tag} she is right about {move}, and I say that as one who rarely sides with {they}. {close}
        Say what you like about {they}, they turn up in numbers. {close}
        {tag} he is kind to everybody, even to {they}. {close}
        Watching {star} talk about {move} with my dad. {close}
        {tag} antifa, MAGA, {they}: can we have one dinner without all that? {close}
        {they} and {they} agree on {move} for once. {close}
        Poll: do {they} gain or lose by {move}? {close}
        {tag} you are so good at explaining {move}, thank you. {close}
        Interview with {star} on {move}, part two: http
        {tag} gun control again tonight, with {they} on one side and {star} on the other. {close}
    """), {**SLOTS, "tag": choices("@user | @user @user | - | - | - | RT @user: | lol"), "close": choices("#politics | #MatchDay | http | - | - | - | - | Thoughts? | 👀 | Live now. | Source: http")}, rows=260),
)
