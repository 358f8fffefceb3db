"""What stands around a statement, on either side alike, so that no opening or aside tells the verdict."""

from dataclasses import replace

from moderator.training.written.grammar import Family

# Kinds that nobody wraps in small talk: tasks for a model, headlines, records.
STANDALONE = frozenset({"request", "asking", "news", "court", "academic", "moderators", "review", "joke", "marches"})

SURROUNDINGS: dict[str, tuple[str, ...]] = {
    # A sentence before the point.
    "lead": (
        "Long post, sorry in advance.",
        "So I finally read the whole thread.",
        "Typing this on the train home.",
        "My sister sent me the article this morning.",
        "Been on this forum for six years and rarely post.",
        "I have been thinking about this since the weekend.",
        "We had the family round on Sunday and it came up again.",
        "There was a debate on the radio while I was cooking.",
        "Watched the council meeting last night.",
        "I moved to this part of town in the spring.",
        "I work in a school, so I see this daily.",
        "Reading the comments over breakfast was a mistake.",
        "Somebody put a leaflet through our door today.",
        "Here is my honest view.",
        "I know this will start an argument.",
        "This came up at work over lunch.",
        "My neighbour and I talked about it over the fence.",
        "Let me say this once and then I am done.",
        "The mayor gave a speech at the market yesterday.",
        "You asked what I think, so here it is.",
        "I am sixty-one and I have seen this town change.",
        "Not sure this is the right place to post it.",
        "I grew up on this street.",
        "First comment on this channel, be gentle.",
    ),
    # A longer one.
    "scene": (
        "It was one of those long evenings where the talk goes from the price of bread to the meaning of life.",
        "There were about thirty of us in the room, some with coffee, some with strong views, most with both.",
        "I had only gone in to buy milk and a newspaper, and came out with a head full of thoughts.",
        "You know the kind of day, grey from morning to night, and everybody has something to say about everything.",
        "We live in a small place with one school, two shops and a bus that comes when it feels like it.",
        "The subject comes round every year at about this time, usually when there is nothing else in the news.",
        "My brother says that I should keep out of it, but he has been saying that since we were children.",
        "After the film we stood outside in the cold for an hour because nobody wanted to end the conversation.",
        "I wrote a first version of this post last night, slept on it, and changed hardly a word this morning.",
        "People have been arguing about it in the group for days, so I will add my view and then mute the thread.",
        "The hall was full, the microphone hardly worked, and still you could tell what each speaker was getting at.",
        "I have read about it, talked about it and listened to both sides for as long as I can remember.",
        "On the way back we passed the old factory, and my aunt began to talk about how things used to be.",
        "The kids were asleep, the dishes were done, and for once there was time to talk about the bigger things.",
        "A friend of mine keeps asking what I make of all this, and I always promised to write it down one day.",
        "I have worked nights for twenty years, and you hear a lot when you work nights, believe me.",
    ),
    # A sentence after it.
    "tail": (
        "That is all I wanted to say.",
        "Sorry for the rant.",
        "Anyway, back to work.",
        "I said the same to my brother.",
        "Discuss.",
        "And I will say it again tomorrow.",
        "I know not everybody here agrees.",
        "Just my two cents.",
        "Ask anyone on my street.",
        "That has been my view for years.",
        "Delete this if you must.",
        "I am not going to change my mind about it.",
        "Edit: fixed a typo.",
        "Curious what the rest of you think.",
        "Someone had to say it.",
        "Share this if you feel the same.",
        "Now back to the football.",
        "My wife says I should not read the news before bed.",
        "It is really that simple.",
        "Thanks for coming to my talk.",
    ),
    # A few words that open the sentence itself.
    "aside": (
        *("Honestly,", "To be fair,", "Look,", "In my experience,", "As far as I can see,", "Let's be real:", "Well,"),
        *(
            "Unpopular opinion:",
            "Fact:",
            "Hot take:",
            "I'm sorry but",
            "Once more:",
            "Seriously,",
            "As I said,",
            "Mate,",
        ),
        *("These days", "For what it's worth,", "At the end of the day", "Reminder:", "Believe me,", "So", "Again,"),
    ),
    "speaker": (
        *("a man at the bus stop", "my uncle", "one of the candidates", "a colleague of mine", "some guy online"),
        *("a customer", "the host of that podcast", "a woman in the queue", "my former boss", "a retired general"),
        *(
            "the man on stage",
            "a boy in my son's class",
            "an anonymous account",
            "our old landlord",
            "a talk-show guest",
        ),
        *(
            "the party's spokesman",
            "a taxi driver",
            "somebody in the group chat",
            "her stepfather",
            "a well-known singer",
        ),
    ),
    "place": (
        *("at dinner", "on the bus", "at the town meeting", "in the comments", "at the school gate", "at a wedding"),
        *("on live radio", "in the pub", "at half-time", "in the staff room", "under my video", "in the group chat"),
        *("during the debate", "at the hairdresser's", "on the train", "in a letter to the paper", "outside the shop"),
    ),
    "event": (
        *(
            "the street party",
            "the book club",
            "our summer barbecue",
            "the school fair",
            "the choir",
            "the local market",
        ),
        *("the evening class", "the office party", "the swimming pool", "the neighbourhood clean-up", "the sports day"),
        *("the library", "the concert", "the gym", "the allotment", "the village hall"),
    ),
    "role": (
        *("teacher", "doctor", "neighbour", "bus driver", "coach", "landlady", "colleague", "dentist", "flatmate"),
        *("plumber", "manager", "nurse", "candidate", "player", "musician", "shopkeeper", "judge", "presenter"),
    ),
    "job": (
        *("teacher", "doctor", "bus driver", "coach", "dentist", "plumber", "manager", "nurse", "musician", "cook"),
        *("shopkeeper", "judge", "presenter", "baker", "surveyor", "translator", "pilot", "librarian"),
    ),
    "name": (
        *("Sam", "Priya", "Joe", "Carla", "Mehmet", "Nina", "Tom", "Aisha", "Leo", "Ingrid", "Dave", "Yuki", "Rosa"),
        *("Kwame", "Helen", "Ravi", "Martha", "Igor", "Fatima", "Pete"),
    ),
}


def with_paragraphs(family: Family) -> Family:
    """`family` with about a third of its texts as paragraphs, 30 to 90 words: the point among neutral sentences."""
    if family.name.partition("/")[2] in STANDALONE:
        return family
    sentences = [each for each in family.templates if "{lead}" not in each and each[-1] in ".!?"]
    paragraphs = (f"{{lead}} {{scene}} {each} {{tail}}" for each in sentences[::2])
    return replace(family, templates=(*family.templates, *paragraphs), slots={**SURROUNDINGS, **family.slots})
