"""Text to windows: every token is read by one, neighbours overlap, and what is not read is owned up to."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
import tokenizers
from hypothesis import given
from hypothesis import strategies as st
from tokenizers.models import WordLevel, WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer, WhitespaceSplit
from tokenizers.processors import BertProcessing, TemplateProcessing

from moderator.contracts.scores import Tokens
from moderator.errors import ModelError
from moderator.inference.language import LanguageCheck
from moderator.inference.tokens import Tokenizer

WINDOW, OVERLAP, MAX_WINDOWS = 10, 3, 4
ROOM = WINDOW - 2  # for the two markers
STEP = ROOM - OVERLAP
READABLE = ROOM + (MAX_WINDOWS - 1) * STEP  # tokens
UNKNOWN, START, END = 0, 1, 2
FIRST_WORD = 3
WORDS = 60


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    """Knows the words w0, w1 ..., a token each."""
    vocabulary = {"[UNK]": UNKNOWN, "[CLS]": START, "[SEP]": END}
    vocabulary.update({f"w{number}": FIRST_WORD + number for number in range(WORDS)})
    words = tokenizers.Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106  no password
    words.pre_tokenizer = WhitespaceSplit()
    words.post_processor = BertProcessing(("[SEP]", END), ("[CLS]", START))
    # As files of other trainers are: with padding and truncation of their own, which must not count here.
    words.enable_padding(length=16)
    words.enable_truncation(5)
    file: Path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    file.write_text(words.to_str(), encoding="utf-8")
    assert json.loads(file.read_text())["truncation"] is not None
    return Tokenizer(file, WINDOW, OVERLAP, MAX_WINDOWS)


def words(count: int) -> str:
    """That many tokens, told apart by their place."""
    return " ".join(f"w{place % WORDS}" for place in range(count))


def ids(count: int) -> list[int]:
    """Their ids."""
    return [FIRST_WORD + place % WORDS for place in range(count)]


def read(tokens: Tokens) -> list[int]:
    """What the windows hold, put together again by their overlaps."""
    first, *others = (window[1:-1] for window in tokens.windows)
    return first + [token for window in others for token in window[OVERLAP:]]


@given(count=st.integers(0, READABLE + 12))
def test_windows_cover_every_token(tokenizer: Tokenizer, count: int) -> None:
    """Every token up to the limit is read; the flag is set exactly when one past it is not."""
    (tokens,) = tokenizer.encode([words(count)])
    assert read(tokens) == ids(min(count, READABLE))
    assert tokens.truncated == (count > READABLE)
    assert len(tokens.windows) <= MAX_WINDOWS


@given(count=st.integers(0, READABLE + 12))
def test_every_window_is_framed_and_fits(tokenizer: Tokenizer, count: int) -> None:
    """The model was trained on framed windows of at most this size."""
    (tokens,) = tokenizer.encode([words(count)])
    for window in tokens.windows:
        assert (window[0], window[-1]) == (START, END)
        assert len(window) <= WINDOW


@given(count=st.integers(ROOM + 1, READABLE))
def test_neighbours_overlap(tokenizer: Tokenizer, count: int) -> None:
    """What stands on a border is read with its surroundings by one of the two."""
    windows = tokenizer.encode([words(count)])[0].windows
    for one, following in pairwise(windows):
        assert one[1:-1][-OVERLAP:] == following[1:-1][:OVERLAP]


@pytest.mark.parametrize("text", ["", " ", "\u200b\u2060"])
def test_an_empty_text_has_a_window(tokenizer: Tokenizer, text: str) -> None:
    """A text of invisible characters only still gets scores."""
    assert tokenizer.encode([text]) == [Tokens(([START, END],))]


def test_texts_do_not_touch_each_other(tokenizer: Tokenizer) -> None:
    """Tokens come in the order of the texts, each as if it were alone."""
    texts = ["", words(3), words(READABLE + 1), "unknown", words(ROOM + 1)]
    assert tokenizer.encode(texts) == [tokenizer.encode([text])[0] for text in texts]
    assert tokenizer.encode([]) == []


def test_texts_are_normalised_first(tokenizer: Tokenizer) -> None:
    """As in training."""
    assert tokenizer.encode(["ｗ１\u200b  w\u00ad2"]) == tokenizer.encode(["w1 w2"])


@pytest.mark.parametrize("text", ["w1 \U0001f642", "\U0001f642\U0001f642 w1", "w1 \u16a0"])
def test_the_model_does_not_see_unknown_words(tokenizer: Tokenizer, text: str) -> None:
    """It would take any of them, a smile too, for abuse; and they must not dilute what stands beside them."""
    assert tokenizer.encode([text])[0].windows == tokenizer.encode(["w1"])[0].windows


def test_a_text_of_unknown_words_is_unreadable(tokenizer: Tokenizer) -> None:
    """Its scores mean nothing, so they must not decide."""
    readable, half, unreadable, smile = tokenizer.encode(
        ["w1 w2", "w1 \u16a0\u16a0", "w1 \u16a0\u16a0 \u16a0\u16a0", "\U0001f642"]
    )
    assert [tokens.unreadable for tokens in (readable, half, unreadable)] == [False, False, True]
    assert not smile.unreadable  # a sign is no word that was not understood


def test_a_long_text_of_few_tokens_is_not_read_for_nothing(tokenizer: Tokenizer) -> None:
    """A megabyte without a space is one token, but what was spared the tokenizer has not been read: it is flagged."""
    (tokens,) = tokenizer.encode(["\u16a0" * 1_000_000])
    assert tokens.windows == ([START, END],)
    assert tokens.truncated
    assert tokens.unreadable


def test_languages_are_told_in_the_part_that_the_model_reads(tokenizer: Tokenizer) -> None:
    """Only where a check is asked for, on the cleaned text, and never past what the model would reach."""
    english, russian = LanguageCheck(["en"]), "я не знаю"
    escaped = "w1 &#1103; &#1085;&#1077; &#1079;&#1085;&#1072;&#1102;"
    texts = ["w1 w2", russian, escaped, "w " * 10_000 + russian * 5_000]
    assert [tokens.unsupported_language for tokens in tokenizer.encode(texts, english)] == [False, True, True, False]
    assert not any(tokens.unsupported_language for tokens in tokenizer.encode(texts))


@pytest.mark.parametrize(
    ("template", "start", "end"), [("<s> $A </s>", [1], [2]), ("$A </s>", [], [2]), ("$A </s> <s>", [], [2, 1])]
)
def test_the_frame_is_the_tokenizers(tmp_path: Path, template: str, start: list[int], end: list[int]) -> None:
    """Other architectures have other markers, on one side or on both, and other names for what they cannot spell."""
    words = tokenizers.Tokenizer(WordLevel({"<unk>": 0, "<s>": 1, "</s>": 2, "w1": 3}, unk_token="<unk>"))  # noqa: S106
    words.pre_tokenizer = WhitespaceSplit()
    words.post_processor = TemplateProcessing(single=template, special_tokens=[("<s>", 1), ("</s>", 2)])
    file = tmp_path / "tokenizer.json"
    words.save(str(file))
    tokenizer = Tokenizer(file, WINDOW, OVERLAP, MAX_WINDOWS, unknown="<unk>")
    assert tokenizer.encode(["w1 no w1"])[0].windows == ([*start, 3, 3, *end],)
    assert len(tokenizer.encode(["w1 " * 12])[0].windows[0]) == WINDOW
    keeping = Tokenizer(file, WINDOW, OVERLAP, MAX_WINDOWS, unknown=None)
    assert keeping.encode(["w1 no"])[0].windows == ([*start, 3, 0, *end],)
    with pytest.raises(ModelError, match=r"has no token '\[UNK\]'"):
        Tokenizer(file, WINDOW, OVERLAP, MAX_WINDOWS)


def test_a_marker_in_a_text_is_text(tmp_path: Path) -> None:
    """Who types a marker must not end the text before its worst part."""
    letters = {letter: number for number, letter in enumerate("[]CLSEP", start=3)}
    pieces = {f"##{letter}": 20 + number for letter, number in letters.items()}
    vocabulary = {"[UNK]": UNKNOWN, "[CLS]": START, "[SEP]": END} | letters | pieces
    words = tokenizers.Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106  no password
    words.pre_tokenizer = BertPreTokenizer()
    words.add_special_tokens(["[CLS]", "[SEP]"])
    words.post_processor = BertProcessing(("[SEP]", END), ("[CLS]", START))
    (tmp_path / "tokenizer.json").write_text(words.to_str(), encoding="utf-8")
    [tokens] = Tokenizer(tmp_path / "tokenizer.json", WINDOW, OVERLAP, MAX_WINDOWS).encode(["[SEP]"])
    [window] = tokens.windows
    assert window[0] == START
    assert window[-1] == END
    assert END not in window[1:-1]
    assert len(window) == 2 + len("[SEP]")
