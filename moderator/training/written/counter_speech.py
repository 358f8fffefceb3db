"""Speech against hate: the claims of the hateful rows, denied, mocked or answered. All harmless."""

from moderator.training.written.claims import CLAIMS, OTHER_CLAIMS
from moderator.training.written.grammar import Family
from moderator.training.written.identities import IDENTITIES
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

SLOTS = {**IDENTITIES, **CLAIMS, **SURROUNDINGS}

SENTENCES: tuple[Family, ...] = (
    Family(
        name="counter_speech/denied",
        templates=(
            "It is simply not true that {people} {hostile}.",
            "{aside} nobody with eyes in their head can claim that {people} {hostile}.",
            "{People} do not {belittled}, and you should stop saying so.",
            "I do not buy it that {people} {hostile}, because I actually know some.",
            "There is no evidence that {people} {hostile}. None.",
            "I would never tell anyone that {people} {hostile}, and neither should you.",
            "You can repeat that {people} {hostile} as often as you like, it stays false.",
            "{lead} No, it isn't true that {people} {hostile}. {tail}",
            "I was taught as a child that {people} {hostile}. Then I grew up and met them, and it was all wrong.",
            "My father told me {people} {hostile}, and my father was wrong.",
            "Not a single study has found that {people} {hostile}.",
            "A man who claims that {people} {hostile} has never had {person} as a friend.",
        ),
        slots={
            **SLOTS,
            "belittled": (
                *("ruin neighbourhoods", "live off the rest of us", "lie for a living", "bring crime wherever they go"),
                *("poison the minds of the young", "pull any strings", "belong at the back of the bus", "smell"),
                *("have to know their place", "plan to replace anybody", "owe you an apology for being here"),
            ),
        },
        rows=260,
    ),
    Family(
        name="counter_speech/objected",
        templates=(
            'Please stop posting "{people} {hostile}". It hurts real families.',
            '"{People} {hostile}"? Shame on you for typing that.',
            "You wrote that {people} {hostile}. I find that cruel and I am asking you to take it down.",
            'When {speaker} said "{people} {hostile}" {place}, I got up and left.',
            'Anyone who thinks "{people} {hostile}" is a joke can leave my page.',
            "{lead} I am tired of hearing that {people} {hostile}. {tail}",
            'To the man who shouted that {people} "{hostile}": my {role} is {person} and worth ten of you.',
            '"They {hostile}." No, they don\'t, and you would know if you ever talked to {person}.',
            "There is nothing but cruelty in the claim that {people} {hostile}.",
            "Telling {people} that they {hostile} is how it starts. We must not let it pass.",
            'I will not stay silent when {speaker} says that {people} "should {denied}".',
            "If your campaign needs voters to believe that {people} {hostile}, you do not deserve my vote.",
            '"{People} must {denied}" - in this house we say no to that.',
            "Call me sensitive, but saying that {people} are {lowly} is vile.",
        ),
        slots=SLOTS,
        rows=300,
    ),
    Family(
        name="counter_speech/rights",
        templates=(
            "Nobody should {denied} because they are {person}.",
            "The idea that {people} should {denied} has no place in a free country.",
            "No, {people} should not {denied}. Full stop.",
            "{aside} it would be a disgrace if {people} had to {denied}.",
            "In the past the law said that {people} must {denied}. I am glad that this is over.",
            "{lead} I will march against anybody who wants {people} to {denied}. {tail}",
            "Being {person} is no reason to {denied}.",
            "Imagine being told that you should {denied}, just for being {person}. I would be furious too.",
            "{People} have the same right to be here as you and I.",
            "If they come for {people} today, they come for your family tomorrow. We stand together.",
            "Those who want to {expel} will find the whole town in their way.",
            "We will not let anyone {expel}. Our neighbours stay.",
            "Vote against whoever promises to {expel}.",
        ),
        slots=SLOTS,
        rows=260,
    ),
    Family(
        name="counter_speech/against_haters",
        templates=(
            "Hating {people} says nothing about them and everything about you.",
            "I have no patience for people who look down on {people}.",
            "What do you get out of hating {people}? They have never done you any harm.",
            "I despise the way {people} are treated in this town.",
            "Nobody is born hating {people}. Somebody teaches it.",
            "It makes me sick how {speaker} talks about {people}.",
            "{lead} The way some here speak about {people} is disgusting. {tail}",
            "Racism, sexism, mocking {people}: none of it is welcome {place}.",
            "The problem is not {people}, the problem is hatred of {people}.",
            "Every time {people} are blamed for everything, somebody gets rich from it.",
            "If you can't stand {people}, the exit of this group is at the top right.",
            "Discriminating against {people} is illegal, and it is also just mean.",
            "I can't believe it's this year and we still have to defend {people} against such nonsense.",
            "Swap {people} for your own name in that sentence and read it again.",
            "We banned the account that kept harassing {people}. Good riddance to the harassment.",
            "I hate that {person} cannot walk home here without being shouted at.",
        ),
        slots=SLOTS,
        rows=280,
    ),
    Family(
        name="counter_speech/mocked",
        templates=(
            "Ah yes, {people} {hostile}, says the man who has not left his sofa since spring.",
            "Funny how {people} supposedly {hostile}, yet it was {person} who fixed your car for free.",
            "So {people} {hostile}, do they? Tell that to {name}, who is {person} and runs {event}.",
            "According to {speaker}, {people} {hostile}. According to everyone who has met them: no.",
            "'{People} {hostile}', he typed, on a phone that {person} helped design.",
            "Apparently I {hostile_i} because I am {person}. News to me, I was busy doing the laundry.",
            "They say {people} {hostile}. I say my {adjective} neighbours bring soup when I am ill.",
            "My uncle: {people} {hostile}. Also my uncle: best friends with {person} for thirty years.",
            "If {people} really {hostile}, why is {a_adjective} {role} the most popular person in town?",
            "Sure, {people} {hostile}, and the moon is made of cheese. Grow up.",
        ),
        slots={
            **SLOTS,
            "hostile_i": (
                *("am plotting to replace everyone", "pull the strings behind every crisis", "do not belong here"),
                *("bring nothing but crime and dirt", "corrupt the young", "live off the rest of you"),
                *("drag the whole country down", "contribute nothing", "am a danger to every family", "lie all day"),
            ),
        },
        rows=240,
    ),
    Family(
        name="counter_speech/explained",
        templates=(
            (
                "{lead} Someone {place} claimed that {people} {hostile}. That is a very old lie, told about many "
                "groups before. {tail}"
            ),
            (
                "{lead} My grandmother heard it all as a girl: that people like her {hostile}, that they should "
                "{denied}. Today they say it about {people}. Please do not repeat it. {tail}"
            ),
            (
                "Let's take it apart. The post says {people} {hostile}. Its source is a video by {speaker}. The "
                "figures in it are invented, and those who know the field say the opposite. {tail}"
            ),
            (
                "{lead} A few people wanted to {expel}. They lost the vote by a mile, and the next day somebody "
                "left flowers at the door of the {adjective} family. I am proud of this town. {tail}"
            ),
            (
                "{lead} I used to think that {people} {hostile}. Then I shared a room in hospital with {person} "
                "for three weeks. I was ashamed of what I had believed. {tail}"
            ),
            (
                "{lead} Read the comments: {people} {hostile}, {people} should {denied}, and so on. Not one of the "
                "writers knows {person} in real life. {tail}"
            ),
            (
                "{lead} When a child hears at school that {people} {hostile}, talk to that child, calmly, and ask "
                "where it comes from. {tail}"
            ),
        ),
        slots=SLOTS,
        rows=330,
    ),
    Family(
        name="counter_speech/comfort",
        templates=(
            "To every one of the {people} who had to read that today: you matter and you are not alone.",
            "I'm sorry that {speaker} told you that {people} {hostile}. You did not deserve it, {name}.",
            "You are {person}, and there is nothing wrong with you.",
            "Don't listen to those who say that {people} {hostile}. We are glad that you are here.",
            "{name}, nobody has the right to tell you that you {hostile}. I have reported the post.",
            "Sending love to {people} everywhere after what was said {place}.",
            "Dear {adjective} friends, the loud ones are not the many. We like you.",
            "To all {people}: you belong here, at {event} and anywhere else you please.",
            "{lead} If you are {person} and afraid to come to {event}, write to me and we'll go together. {tail}",
        ),
        slots=SLOTS,
        sentiment=None,
        rows=230,
    ),
    Family(
        name="counter_speech/answered",
        templates=(
            "Where did you read that {people} {slander}? Please give a source, because I only find the opposite.",
            "I listened to you saying that they {slander}. Now listen to {person} for five minutes.",
            "Half of my class believed that {people} {slander}. We invited {a_adjective} {role} and that was that.",
            "Take back what you said about {people}. It was false and unkind.",
            "{People} {slander}? What a rotten thing to say about your own neighbours.",
            "It takes one minute to write that {people} {slander} and years to undo the damage.",
            "If I hear once more that {people} {slander}, I am going to read out the real figures, all of them.",
            "Every generation finds somebody to say this about. This time it is {people} who supposedly {slander}.",
        ),
        slots={**IDENTITIES, **OTHER_CLAIMS, "role": SURROUNDINGS["role"]},
        rows=240,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
