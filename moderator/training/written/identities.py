"""Whom the written rows speak of: protected groups, groups of choice and things. Respectful terms, slots only."""

from typing import NamedTuple


class Group(NamedTuple):
    """A protected group in the three forms that templates need; `adjective` is empty where the language has none."""

    people: str
    person: str
    adjective: str = ""


GROUPS: tuple[Group, ...] = (
    Group("women", "a woman", "female"),
    Group("men", "a man", "male"),
    Group("girls", "a girl"),
    Group("trans people", "a trans person", "transgender"),
    Group("trans women", "a trans woman"),
    Group("trans men", "a trans man"),
    Group("nonbinary people", "a nonbinary person", "nonbinary"),
    Group("intersex people", "an intersex person", "intersex"),
    Group("gay people", "a gay person", "gay"),
    Group("gay men", "a gay man"),
    Group("lesbians", "a lesbian", "lesbian"),
    Group("bisexuals", "a bisexual", "bisexual"),
    Group("queer people", "a queer person", "queer"),
    Group("homosexuals", "a homosexual", "homosexual"),
    Group("asexual people", "an asexual person", "asexual"),
    Group("Black people", "a Black person", "Black"),
    Group("Black women", "a Black woman"),
    Group("white people", "a white person", "white"),
    Group("Asians", "an Asian", "Asian"),
    Group("Latinos", "a Latino", "Latino"),
    Group("Indigenous people", "an Indigenous person", "Indigenous"),
    Group("Native Americans", "a Native American", "Native American"),
    Group("Aboriginal Australians", "an Aboriginal Australian", "Aboriginal"),
    Group("Roma", "a Romani person", "Romani"),
    Group("Arabs", "an Arab", "Arab"),
    Group("Africans", "an African", "African"),
    Group("Kurds", "a Kurd", "Kurdish"),
    Group("people of colour", "a person of colour"),
    Group("mixed-race people", "a mixed-race person", "mixed-race"),
    Group("Chinese people", "a Chinese person", "Chinese"),
    Group("Indians", "an Indian", "Indian"),
    Group("Pakistanis", "a Pakistani", "Pakistani"),
    Group("Mexicans", "a Mexican", "Mexican"),
    Group("Nigerians", "a Nigerian", "Nigerian"),
    Group("Somalis", "a Somali", "Somali"),
    Group("Poles", "a Pole", "Polish"),
    Group("Romanians", "a Romanian", "Romanian"),
    Group("Turks", "a Turk", "Turkish"),
    Group("Syrians", "a Syrian", "Syrian"),
    Group("Afghans", "an Afghan", "Afghan"),
    Group("Iranians", "an Iranian", "Iranian"),
    Group("Vietnamese people", "a Vietnamese person", "Vietnamese"),
    Group("Filipinos", "a Filipino", "Filipino"),
    Group("Koreans", "a Korean", "Korean"),
    Group("Russians", "a Russian", "Russian"),
    Group("Ukrainians", "a Ukrainian", "Ukrainian"),
    Group("Americans", "an American", "American"),
    Group("Jamaicans", "a Jamaican", "Jamaican"),
    Group("Israelis", "an Israeli", "Israeli"),
    Group("Palestinians", "a Palestinian", "Palestinian"),
    Group("Haitians", "a Haitian", "Haitian"),
    Group("Muslims", "a Muslim", "Muslim"),
    Group("Jews", "a Jew", "Jewish"),
    Group("Jewish people", "a Jewish person", "Jewish"),
    Group("Christians", "a Christian", "Christian"),
    Group("Catholics", "a Catholic", "Catholic"),
    Group("Hindus", "a Hindu", "Hindu"),
    Group("Sikhs", "a Sikh", "Sikh"),
    Group("Buddhists", "a Buddhist", "Buddhist"),
    Group("atheists", "an atheist", "atheist"),
    Group("Mormons", "a Mormon", "Mormon"),
    Group("disabled people", "a disabled person", "disabled"),
    Group("deaf people", "a deaf person", "deaf"),
    Group("blind people", "a blind person", "blind"),
    Group("autistic people", "an autistic person", "autistic"),
    Group("wheelchair users", "a wheelchair user"),
    Group("people with Down syndrome", "someone with Down syndrome"),
    Group("mentally ill people", "a mentally ill person", "mentally ill"),
    Group("people with epilepsy", "someone with epilepsy", "epileptic"),
    Group("old people", "an old person", "elderly"),
    Group("pensioners", "a pensioner", "retired"),
    Group("young people", "a young person", "young"),
    Group("immigrants", "an immigrant", "immigrant"),
    Group("migrants", "a migrant", "migrant"),
    Group("refugees", "a refugee", "refugee"),
    Group("asylum seekers", "an asylum seeker"),
    Group("foreigners", "a foreigner", "foreign"),
)

IDENTITIES: dict[str, tuple[str, ...]] = {
    "people": tuple(group.people for group in GROUPS),
    "People": tuple(group.people[0].upper() + group.people[1:] for group in GROUPS),
    "person": tuple(group.person for group in GROUPS),
    "Person": tuple(group.person[0].upper() + group.person[1:] for group in GROUPS),
    # The article is part of the slot, for "an Arab family" beside "a Sikh family".
    "a_adjective": tuple(
        f"{'an' if group.adjective[0] in 'AEIOaeio' else 'a'} {group.adjective}" for group in GROUPS if group.adjective
    ),
    "A_adjective": tuple(
        f"{'An' if group.adjective[0] in 'AEIOaeio' else 'A'} {group.adjective}" for group in GROUPS if group.adjective
    ),
    "adjective": tuple(group.adjective for group in GROUPS if group.adjective),
}

# Groups that people join or leave: abuse of them is rude, not hate.
CHOSEN: dict[str, tuple[str, ...]] = {
    "trade": (
        *("politicians", "landlords", "estate agents", "bankers", "lawyers", "journalists", "referees", "cyclists"),
        *("taxi drivers", "van drivers", "influencers", "art critics", "managers", "recruiters", "consultants"),
        *("football fans", "golfers", "vegans", "smokers", "dog owners", "gamers", "streamers", "tech bros"),
        *("wedding DJs", "parking wardens", "bouncers", "sculptors", "poets", "programmers", "salesmen", "crypto fans"),
    ),
    "institution": (
        *("the council", "the bank", "my phone company", "the tax office", "the airline", "the energy company"),
        *("the cabinet", "the opposition", "the football association", "the rail operator", "the insurance company"),
        *("the app store", "the parcel service", "this broadcaster", "the board", "the streaming service"),
    ),
}

THINGS: dict[str, tuple[str, ...]] = {
    "thing": (
        *("this phone", "my laptop", "the printer", "this spreadsheet", "the washing machine", "my old car"),
        *(
            "the coffee machine",
            "this keyboard",
            "the lift at work",
            "the wifi",
            "my alarm clock",
            "this software update",
        ),
        *("the new interface", "my bike chain", "this queue", "the tax form", "the boiler", "this captcha"),
        *("the self-checkout", "my ankle", "this hill", "the weather", "the vacuum cleaner", "this login page"),
    ),
    "plural_thing": (
        *("Mondays", "mosquitoes", "traffic cones", "wet socks", "plastic lids", "pop-up ads", "group chats"),
        *("leaf blowers", "early meetings", "sticky labels", "tangled cables", "weeds", "roundabouts", "passwords"),
    ),
}
