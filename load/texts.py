"""What is classified: texts of a file, or generated ones that are as long as those on real platforms."""

import json
from pathlib import Path
from random import Random

SEED = 20
# Texts of comment sections, tweets and forums have, in tokens of this model, a median near 20 and a logarithm whose
# standard deviation is near 0.8: one in twenty is longer than 75 tokens, one in a hundred longer than 128.
MEDIAN_TOKENS = 20
LOG_DEVIATION = 0.8
TOKENS_PER_WORD = 1.2  # of texts made of these words, punctuation included
FRAME_TOKENS = 2  # the start and end markers
REPEATED = 0.5  # of the texts of a stream with repetition
ORIGINALS = 20  # of a flood of near-duplicates

# From frequent to rare; a word's frequency falls with its rank, as Zipf has it for natural language.
WORDS = """
the to and a of I you it is in that for on this my was with have be not but so are they just we me at like what all
your can do if get about when out one up now there really no time good more how know from think would going people or
see then go love who why day some them because make want today new great need work even still here too much back only
thanks never got way well please right game after every thing look could over team these very first again say before
home other always better where any best night off show year friend season watch post last next long take play let week
happy feel school lol someone music old everyone around help made another little weekend movie photo tonight start
house story sure keep guys book song maybe morning whole actually weather coffee find dog tomorrow thought pretty
together birthday read episode kitchen train ticket update phone without anything seriously garden summer recipe
question answer player goal stadium album concert beautiful rain winter cat breakfast neighbour bicycle holiday mountain
river lovely interesting probably definitely finally forgot delayed waiting cooking painting battery charger keyboard
screenshot tutorial gonna wanna kinda yeah haha wow omg congratulations refund delivery subscription customer
screen download version bug patch tournament referee goalkeeper orchestra guitarist photographer lighthouse cinnamon
blueberry sourdough espresso thunderstorm snowflake roundabout windscreen grandmother nephew kindergarten semester
""".split()  # noqa: SIM905  a word list reads better
WEIGHTS = [1 / (rank + 3) for rank in range(len(WORDS))]
ENDS = (".", ".", ".", "!", "?", "...", "!!", " \U0001f600", "")
EXTRAS = ("@sam_b", "@the.real.kim", "https://example.org/p/48213", "#monday", "10", "2:30", "50%")
EXTRA_RATE = 0.03  # of words that are a handle, a link, a tag or a number


def generated_texts(count: int, seed: int = SEED, median_tokens: int = MEDIAN_TOKENS) -> list[str]:
    """`count` English-like texts, the same for the same seed; lengths are log-normal."""
    random = Random(seed)
    return [_text(random, median_tokens) for _ in range(count)]


def repeating_texts(count: int, seed: int = SEED) -> list[str]:
    """`count` texts, of which half were written before: one that was written often is likelier to be written again."""
    random = Random(seed)
    texts: list[str] = []
    for text in generated_texts(count, seed):
        texts.append(random.choice(texts) if texts and random.random() < REPEATED else text)
    return texts


def near_duplicates(count: int, seed: int = SEED) -> list[str]:
    """`count` texts as a spammer floods a platform with: one of a few, with a word, a mark or the case changed."""
    random = Random(seed)
    originals = [f"{text} {text}" for text in generated_texts(ORIGINALS, seed)]
    return [_varied(random, random.choice(originals), number) for number in range(count)]


def _varied(random: Random, text: str, number: int) -> str:
    words = text.split()
    place = random.randrange(len(words))
    match random.randrange(4):
        case 0:
            words[place] = random.choice(WORDS)
        case 1:
            words[place] = words[place].upper()
        case 2:
            words.insert(place, random.choice(("\U0001f525", "!!", "\u200b", "@you")))
        case _:
            words.append(f"#{number}")
    return " ".join(words)


def _text(random: Random, median_tokens: int) -> str:
    tokens = random.lognormvariate(0, LOG_DEVIATION) * median_tokens
    words = random.choices(WORDS, WEIGHTS, k=max(1, round((tokens - FRAME_TOKENS) / TOKENS_PER_WORD)))
    sentences: list[str] = []
    while words:
        length = random.randint(4, 14)
        sentence, words = words[:length], words[length:]
        sentence = [random.choice(EXTRAS) if random.random() < EXTRA_RATE else word for word in sentence]
        sentence[0] = sentence[0][0].upper() + sentence[0][1:]
        sentences.append(" ".join(sentence) + random.choice(ENDS))
    return " ".join(sentences)


def read_texts(path: Path, count: int) -> list[str]:
    """The first `count` texts of JSON Lines with a `text` in each. Raises ValueError that names the line."""
    texts: list[str] = []
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if len(texts) == count:
                break
            try:
                text = json.loads(line)["text"]
            except (ValueError, KeyError, TypeError):
                text = None
            if not isinstance(text, str) or not text.strip():
                raise ValueError(f"{path}: line {number} is no JSON object with a text")
            texts.append(text)
    if not texts:
        raise ValueError(f"{path}: no texts")
    return texts


def repeated(texts: list[str], count: int) -> list[str]:
    """`count` texts: these, again and again."""
    return [texts[index % len(texts)] for index in range(count)]
