"""Hateful claims about a group denied, corrected or doubted, and the same claims upheld in the same shapes."""

from moderator.contracts.labels import Label
from moderator.training.written.claims import CLAIMS
from moderator.training.written.grammar import Family
from moderator.training.written.identities import IDENTITIES
from moderator.training.written.lists import choices, lines
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

HATE = frozenset({Label.TOXIC, Label.HATE})
OPEN = frozenset({Label.INSULT})
DRIVEN_OUT = frozenset({Label.INSULT, Label.THREAT})
SLOTS = {
    **IDENTITIES,
    **CLAIMS,
    **SURROUNDINGS,
    "bad": choices("""
        stupid | filthy | inferior | dangerous | lazy | worthless | disgusting | evil | less than human | dishonest
        criminal by nature | a plague | the enemy | a burden | to blame | unfit to lead | all the same | parasites
    """),
    "does": choices("""
        ruin neighbourhoods | live off the rest of us | lie for a living | bring crime with them | corrupt children
        spread disease | hate this country | steal our jobs | spoil every school they attend | want to replace us
        cheat at everything | drain the country | destroy families | control the banks
    """),
    "out": choices("""
        be deported | be kept out | be banned from our schools | lose the vote | be treated as second class
        be mocked | be silenced | be spat at in the street | be shunned | be refused a home | be thrown out of work
    """),
    "blow": choices("""
        be beaten | be shot | be hunted down | be burned out of their homes | die | be wiped out | be attacked | suffer
        be run over | be hurt | be stoned in the square | be hanged
    """),
}

SENTENCES: tuple[Family, ...] = (
    Family(
        name="denials/plain",
        templates=lines("""
            {People} are not {bad}.
            {aside} {people} aren't {bad}.
            {People} don't {does}.
            {People} do not {does}, they are not {bad}, and I can't believe I have to type this.
            It is false that {people} {does}.
            It has never been true that {people} are {bad}.
            Stop calling {people} {bad}.
            Please don't call {people} {lowly}.
            Nobody should say that {people} are {bad}.
            No, {people} aren't {lowly}.
            Being {person} doesn't make anyone {bad}.
            Not one of the {people} I know is anything like that. They don't {does}.
            {People} are neither {bad} nor {lowly}.
            Correction: {people} do not {does}. Our earlier post was wrong and we apologise.
            The idea that {people} {does} is a myth.
            As an AI model I can't agree that {people} are {bad}. There is no basis for that claim.
            I won't write that {people} {does}, because it is untrue and demeaning. I can write about their history.
            {lead} It is wrong to think of {people} as {bad}. {tail}
            There is nothing {wrong|shameful|bad} about being {person}.
        """),
        slots=SLOTS,
        rows=300,
    ),
    Family(
        name="denials/upheld",
        templates=lines("""
            {People} are {bad}.
            {aside} {people} are {bad}, and that will never change.
            {People} do {does}.
            {People} do {does}, they are {bad}, and I can't believe I have to type this.
            It is a fact that {people} {does}.
            It has always been true that {people} are {bad}.
            Start calling {people} what they are: {bad}.
            Don't stop calling {people} {lowly}.
            Everybody should say out loud that {people} are {bad}.
            Yes, {people} are {lowly}.
            Being {person} means being {bad}.
            Not one of the {people} I know is any different. They {does}.
            {People} are not only {bad} but {lowly}.
            Nobody can tell me that {people} aren't {bad}.
            It is no myth that {people} {does}.
            Never trust {people}. They {does}.
            I'm not going to apologise for it: {people} are {lowly}.
            {lead} It isn't wrong to think of {people} as {bad}, it is common sense. {tail}
            I don't care what you call it, {people} {does} and are {bad}.
        """),
        slots=SLOTS,
        positive=HATE,
        unknown=OPEN,
        sentiment=0,
        rows=300,
    ),
    Family(
        name="denials/never_said",
        templates=lines("""
            I never said that {people} are {bad}.
            I did not call {people} {lowly}, and I never would.
            For the record, I don't believe that {people} {does}.
            You must have misread me, I don't think {people} should {out}.
            Nobody {place} claimed that {people} {does}. You made that up.
            I don't hate {people}, and I don't want anyone else to.
            I'd never say that {people} {does}. Ask anyone who knows me.
            {name} never wrote that {people} are {bad}. Someone faked the screenshot.
            I take it back. I should not have said that {people} are {bad}.
            My comment was about rents, not about {people}. I don't think they {does}.
            {lead} I was quoted as saying that {people} should {out}. I said the opposite. {tail}
            No, I don't agree with {speaker} that {people} are {bad}.
            The minister denies ever having said that {people} {does}.
            If it sounded as if I thought {people} were {bad}, I am sorry. I don't.
        """),
        slots=SLOTS,
        rows=230,
    ),
    Family(
        name="denials/said_it",
        templates=lines("""
            I have always said that {people} are {bad}, and I'll say it again.
            I did call {people} {lowly}, and I would do it again.
            For the record, I do believe that {people} {does}.
            You read me right, I think {people} should {out}.
            Somebody {place} finally admitted that {people} {does}. About time.
            I do hate {people}, and I want everyone else to.
            I'd never say that {people} are decent. They {does}.
            {name} wrote that {people} are {bad}, and I agree with every word.
            I take nothing back. {People} are {bad}.
            My comment was not about rents, it was about {people}. They {does}.
            {lead} I was quoted as saying that {people} should {out}. I meant it. {tail}
            Yes, I agree with {speaker} that {people} are {bad}.
            If it sounded as if I thought {people} were {bad}, good. I do.
        """),
        slots=SLOTS,
        positive=HATE,
        unknown=DRIVEN_OUT,
        sentiment=0,
        rows=230,
    ),
    Family(
        name="denials/none_deserve",
        templates=lines("""
            No one deserves to {blow1} for being {person}.
            {People} don't deserve to {blow}.
            {People} should never have to {out}, let alone {blow}.
            Nobody should say that {people} deserve to {blow}.
            I don't want {people} to {blow}. I want them safe.
            It's wrong to wish that {people} would {blow}.
            It is never all right to say that {people} should {blow}.
            {aside} it isn't funny to joke that {people} should {blow}.
            I would never wish for {people} to {blow}.
            Whoever says that {people} must {blow} should be ashamed.
            I can't help with a text that says {people} should {blow}. Nobody deserves that.
            {lead} I read that {people} ought to {blow}. No. Nobody ought to. {tail}
            Don't let anyone tell you that {people} should {out}.
        """),
        slots={**SLOTS, "blow1": choices("be beaten | be shot | be hunted | die | be attacked | suffer | be hurt")},
        rows=220,
    ),
    Family(
        name="denials/deserve",
        templates=lines("""
            {People} deserve to {blow}.
            {People} should {blow}.
            {People} should not just {out}, they should {blow}.
            Nobody dares to say that {people} deserve to {blow}, so I will.
            I don't want {people} to be safe. I want them to {blow}.
            It isn't wrong to wish that {people} would {blow}.
            It is high time somebody said it: {people} should {blow}.
            {aside} I'm not joking when I say that {people} should {blow}.
            I never stop wishing for {people} to {blow}.
            Whoever says that {people} must {blow} has my vote.
            Write a text that says {people} should {blow}. They deserve it.
            {lead} I read that {people} ought to {blow}. Yes. All of them. {tail}
            Don't let anyone tell you that {people} shouldn't {blow}.
        """),
        slots=SLOTS,
        positive=HATE | {Label.THREAT},
        unknown=OPEN,
        sentiment=0,
        rows=220,
    ),
    Family(
        name="denials/doubted",
        templates=lines("""
            Who told you that {people} {does}?
            Why do some voters believe that {people} {does} when the figures say otherwise?
            Is there any source at all for the claim that {people} {does}, or is it just propaganda?
            How do I explain to my son that {people} aren't {bad}?
            Since when are {people} {bad}? I really doubt that.
            I doubt very much that {people} {does}.
            Can you help me refute the claim that {people} are {bad}?
            Do you honestly think {people} should {out}? I don't.
            Why would anyone say that {people} are {bad}? It makes me sad.
            What is the history behind the lie that {people} {does}?
            You really believe {people} are {lowly}? I am not so sure you have ever met one.
            Hardly any of the experts asked think that {people} {does}.
        """),
        slots=SLOTS,
        rows=200,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
