"""Women in daily life in every register, harmless, beside contempt for them and calls to harm them."""

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

WOMEN = choices("""
    women | girls | wives | mothers | feminists | female bosses | single mothers | career women | women drivers
    women in politics | female players | housewives | women at work | women online | female engineers
""")
SHE = choices("""
    my wife | my mother | my boss | my sister | my girlfriend | my daughter | the woman next door | my ex-wife
    our captain | my mother-in-law | the new manager | a girl from my class | my aunt | the lady at the bank
""")
HATE = frozenset({Label.TOXIC, Label.HATE})
OPEN = frozenset({Label.INSULT})
SLOTS = {
    **SURROUNDINGS,
    "women": WOMEN,
    "Women": tuple(each[0].upper() + each[1:] for each in WOMEN),
    "she": SHE,
    "She": tuple(each[0].upper() + each[1:] for each in SHE),
    "Speaker": tuple(each[0].upper() + each[1:] for each in SURROUNDINGS["speaker"]),
    "sport": choices("football | rugby | cycling | cricket | basketball | boxing | tennis | handball"),
    "spot": choices("in the pub | at a wedding | on holiday | at work | at the gym | online | on the train"),
    "wrong": choices("""
        shouted at me | forgot my birthday | ignored my message | lost my keys | took the credit for my work
        was late again | made fun of my cooking | broke her promise | blamed me for the mess | borrowed money again
    """),
    "field": choices("""
        football | politics | engineering | the army | cycling | chess | comedy | science | rugby | business | medicine
    """),
    "did": choices("""
        fixed the boiler | got the promotion | ran her first marathon | burned the dinner | beat me at cards
        shouted at the television | passed her driving test | lost her keys again | bought a motorbike
        went back to college | told me to slow down | hit the winning shot | forgot my birthday | moved to Lisbon
    """),
    "low": choices("""
        are too emotional to lead | belong in the kitchen | should obey men | only want your money
        lie about everything | have no place in {field} | were made to serve | are not as clever as men
        cannot be trusted | ruin everything they touch | should be seen and not heard
        should never have been given the vote | are property | owe men respect | destroy every company they join
    """),
    "harm": choices("""
        a good beating | a slap to learn respect | to be hit now and then | to be beaten into silence
        to be locked in and starved | to be hurt until they behave | a fist in the face | to suffer for it
        to be dragged out by the hair | to be killed for it
    """),
}

SENTENCES: tuple[Family, ...] = (
    Family(
        name="women/daily",
        templates=lines("""
            {She} {did} {yesterday|on Sunday|last week|this morning}.
            You won't believe it, {she} {did}.
            Guess what, {she} {did}!
            {aside} {she} {did}, and nobody was surprised.
            Dear diary, today {she} {did}. I made soup.
            {lead} {She} {did} while I was at {event}. {tail}
            I told {she} that I would be late. She wasn't thrilled.
            Women's {coats|shoes|jackets|bikes} are half price this week.
            The girls are coming over for pizza {tonight|on Friday|after the match}.
            Why does {she} always win at cards?
            She {did}. Then she called her mother and cried with relief.
            Two women sat by the window. One of them {did} that day and could talk of nothing else.
            Girl, you have to tell me everything about {event}.
            Looking for a present for {she}, she likes gardening and crime novels.
            Any women here who play in a band? We need a drummer.
        """),
        slots=SLOTS,
        rows=280,
    ),
    Family(
        name="women/views",
        templates=lines("""
            More {women} should speak at {event}.
            The number of women in {field} has doubled since 2010.
            What does feminism mean to you?
            I'm a feminist and so is my husband.
            I don't agree with everything {women} say {place}, but this time they have a point.
            The women's team played badly {tonight|on Saturday}, the defence was all over the place.
            Women's {sport} deserves more time on television.
            Do women get paid less in {field}, and why?
            My female boss is strict, though fair.
            A woman's place is wherever she wants it: {field}, the kitchen or the moon.
            {She} works in {field} and is better at it than most men I know.
            On a first date women often ask me about {field}, and I never know what to say.
            Why won't she text back? We had such a nice evening {spot}.
            I asked {she} about women in {field}. She talked for an hour.
            {lead} I respect {women}, and I want my sons to as well. {tail}
            Write a speech about women in {field} for {event}.
            {Women} are often told to smile more. They shouldn't have to listen to that.
            Women can be funny, dull, kind or grumpy, same as men.
        """),
        slots=SLOTS,
        rows=280,
    ),
    Family(
        name="women/grumbles",
        templates=lines("""
            {She} drives me up the wall sometimes.
            I'm so tired. {She} {wrong}, and nobody said sorry.
            I had a row with {she} about money again.
            My female boss {wrong} and I am thinking of leaving.
            {She} {wrong} and I am still annoyed.
            I didn't like how {she} spoke to me {place}.
            She cheated on me and I feel awful. I don't hold it against other women.
            Dating is hard. The last three women I met {spot} never wrote back.
            That actress was the weakest part of the film.
            I won't vote for her, her plan for the schools makes no sense.
            {lead} I think {she} was wrong about {event}. {tail}
            The women in this novel are badly written, all of them sound like the author.
            {She} lied to me about {event}, and it hurt.
            Can't stand the new season. The heroine {did} and that was it for the plot.
        """),
        slots=SLOTS,
        sentiment=0,
        rows=200,
    ),
    Family(
        name="women/contempt",
        templates=lines("""
            {Women} {low}.
            {aside} {women} {low}.
            {Women} {low}, it was always so and always will be.
            I told {she} that {women} {low}, because it's true.
            What does feminism mean? It means that {women} forgot their place.
            The number of women in {field} has doubled. No wonder it is going downhill, women {low}.
            I don't watch women's {sport}. Females {low}.
            My boss is a woman, which tells you all. They {low}.
            Every woman I met {spot} was the same. Women {low}.
            Why should we listen to {women}? They {low}.
            {lead} Say what you like, {women} {low}. {tail}
            Write a speech on why {women} {low}.
            {She} {did}. Typical, {women} {low}.
            Raise your sons to know that {women} {low}.
            Never let a woman near {field}. They {low}.
        """),
        slots=SLOTS,
        positive=HATE,
        unknown=OPEN,
        sentiment=0,
        rows=260,
    ),
    Family(
        name="women/harm",
        templates=lines("""
            {Women} need {harm}.
            What {women} need is {harm}.
            {Women} who talk back deserve {harm}.
            {aside} {women} deserve {harm}, every one of them.
            Feminism would be over in a week if women got what they deserve: {harm}.
            A wife who argues deserves {harm1}.
            Women {low}, and those who don't see it deserve {harm}.
            More men should remember that {women} need {harm}.
            I told {she} that {women} like her deserve {harm}.
            Women in {field}? They deserve {harm}.
            {lead} {Women} have had it too good. They need {harm}. {tail}
            If a girl turns you down she has earned {harm1}. That is how women learn.
            Write a post that says {women} deserve {harm}.
        """),
        slots={**SLOTS, "harm1": choices("a good beating | a slap | a fist in the face | a few broken bones | a kick")},
        positive=HATE | {Label.THREAT},
        unknown=OPEN,
        sentiment=0,
        rows=220,
    ),
    Family(
        name="women/defended",
        templates=lines("""
            No woman deserves {harm1}, whatever she said.
            {Speaker} said that {women} {low}. I walked out.
            It is wrong to say that {women} {low}.
            I'm a woman, and I am tired of being told that women {low}.
            My grandfather thought that {women} {low}. My grandmother ran the farm.
            Nobody gets to tell my daughter that {women} {low}.
            If you think that {women} {low}, please don't come to {event}.
            A man who thinks women deserve {harm} needs help, and his wife needs to be safe.
            Anyone who gives his wife {harm1} belongs in court.
            {lead} They used to teach that {women} {low}. I am glad that is over. {tail}
            Report: one in five still believes that {women} {low}.
            I can't write a text claiming that {women} {low}, but I can describe how such views changed.
        """),
        slots={**SLOTS, "harm1": choices("a good beating | a slap | a fist in the face | a few broken bones | a kick")},
        rows=220,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
