"""Text as the model reads it: what hides words is gone, what names people and places is masked, whatever was sent."""

import html
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.inference.normalise import HANDLE_MASK, URL_MASK, normalise

LONGEST_MARK_RUN = 4
HIDING = {
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "grapheme joiner": "\u034f",
    "right-to-left override": "\u202e",
    "isolate": "\u2067",
    "variation selector": "\ufe0f",
    "variation selector 17": "\U000e0100",
    "tag letter": "\U000e0061",
    "Hangul filler": "\u3164",
    "backspace": "\b",
    "delete": "\x7f",
    "C1 control": "\x9f",
}
# Text of what the clean-up treats specially; entities are left out, since of two escapes one call undoes one.
AWKWARD = st.text(
    st.one_of(
        st.sampled_from([*HIDING.values(), *"@_.:/ \t\n\u00a0\u2028\u00b4\u0344\u0301\u0316\u05b0\u05b1\u0489rwhtps"]),
        st.characters(exclude_characters="&\uff06\ufe60", exclude_categories=["Cs"]),
    )
)


def marks_in_a_row(text: str) -> int:
    """The longest run of combining marks."""
    longest = run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    return longest


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Good morning", "Good morning"),
        ("  two \t\r\n spaces\u00a0here ", "two spaces here"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("𝓯𝓪𝓷𝓬𝔂 ﬁt ①", "fancy fit 1"),
        ("cafe\u0301", "café"),
        ("Tom &amp; Jerry &lt;3 &#39;quoted&#x27;", "Tom & Jerry <3 'quoted'"),
        ("i&#100;iot &#0000100;og", "idiot dog"),
        ("gаrden pеаce Ηello раypal", "garden peace Hello paypal"),
        ("привет, мир", "привет, мир"),
        ("Ελλάδα και SMS-сообщение", "Ελλάδα και SMS-сообщение"),
        ("tiс\u0301", "tić"),
        ("httр://hidden.example", "http"),
        ("", ""),
        ("\u200b \u2060", ""),
    ],
)
def test_many_spellings_of_a_text_are_read_as_one(written: str, read: str) -> None:
    """Lookalike forms, entities and white space are spellings: the model knows one of each."""
    assert normalise(written) == read


@pytest.mark.parametrize("hidden", HIDING.values(), ids=HIDING.keys())
def test_nothing_invisible_splits_a_word(hidden: str) -> None:
    """A character that nobody sees must not hide a word from the model."""
    assert normalise(f"id{hidden}iot") == "idiot"


@pytest.mark.parametrize("escaped", ["&#8203;", "&#x200B;", "&ZeroWidthSpace;"])
def test_nothing_invisible_hides_in_an_entity(escaped: str) -> None:
    """Nor by way of an HTML entity."""
    assert normalise(f"id{escaped}iot") == "idiot"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("see https://example.org/a?b=c now", "see http now"),
        ("HTTP://EXAMPLE.ORG", URL_MASK),
        ("www.example.org!", URL_MASK),
        ("(https://example.org)", "(http"),
        ("https://", "https://"),
        ("thanks @maria and @Jürgen_99!", "thanks @user and @user!"),
        ("write to maria@example.org", "write to maria@example.org"),
        ("@ maria, 5 @@ 7", "@ maria, 5 @@ 7"),
        ("https://example.org/@maria @maria", "http @user"),
        ("@x\u0301y hello", "@user hello"),
    ],
)
def test_addresses_and_handles_are_masked(written: str, read: str) -> None:
    """Whom a text names and where it links must not move its scores; a mail address is no handle."""
    assert normalise(written) == read


def test_the_masks_are_what_training_saw() -> None:
    """The trained model knows these two words; others would be silent damage."""
    assert (URL_MASK, HANDLE_MASK) == ("http", "@user")


@given(AWKWARD)
def test_reading_twice_changes_nothing(text: str) -> None:
    """Training rows are stored as read, and read again when they are served as texts."""
    once = normalise(text)
    assert normalise(once) == once


@given(AWKWARD)
def test_no_text_has_a_form_that_is_not_read(text: str) -> None:
    """Whatever was sent: composed, single-spaced, with at most four marks on a letter."""
    read = normalise(text)
    assert unicodedata.is_normalized("NFKC", read)
    assert read == " ".join(read.split())
    assert marks_in_a_row(read) <= LONGEST_MARK_RUN


@given(st.text())
def test_undoing_entities_never_fails(text: str) -> None:
    """No text can make the clean-up raise: it would fail a batch for its neighbours."""
    normalise(html.escape(text))
    normalise(f"&#{text};&{text}")


@pytest.mark.parametrize("number", ["9" * 5_000, "0" * 5_000 + "65", "1114112"])
def test_a_reference_with_thousands_of_digits_is_a_character(number: str) -> None:
    """Python refuses to read such a number, which would make one text a poison for its batch."""
    assert normalise(f"a&#{number};b") in ("a\ufffdb", "aAb")


@pytest.mark.parametrize(
    "marks",
    ["\u0316\u0301", "\u05b1\u05b0", "\u064b\u0651", "\u0344", "\u0489", "\u0f71\u0f74", "\U0001d165\U0001d16d"],
    ids=["Latin", "Hebrew", "Arabic", "Greek", "enclosing", "Tibetan", "musical"],
)
def test_a_heap_of_marks_is_cut(marks: str) -> None:
    """Ordering a run of marks takes quadratic time: 100,000 of them would hold a worker for seconds."""
    read = normalise("a" + marks * 50_000 + "b")
    assert len(read) <= len("ab") + LONGEST_MARK_RUN
    assert read[-1] == "b"


def test_marks_that_a_language_needs_stay() -> None:
    """Four marks on a letter are more than any living orthography writes, so none of these loses one."""
    for word in ("ế", "שָׁלוֹם", "مُحَمَّد", "ཨོཾ", "กี่"):
        assert unicodedata.normalize("NFD", normalise(word)) == unicodedata.normalize("NFKD", word)
