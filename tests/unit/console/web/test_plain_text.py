"""What a reader would not see is named; what a script or an emoji needs stays as it is."""

import pytest

from moderator.console.web.plain_text import Piece, pieces


@pytest.mark.parametrize(
    "text",
    [
        "plain words,\n\ttwo lines",
        "naïve café, 東京, שלום",
        "\U0001f469\u200d\U0001f680 \u2764\ufe0f 1\ufe0f\u20e3 \U0001f469\U0001f3fd\u200d\U0001f680",
        "می\u200cخواهم",
        "क्\u200dष",
    ],
    ids=["ASCII", "other scripts", "emoji", "Persian", "Devanagari"],
)
def test_ordinary_text_is_one_piece(text: str) -> None:
    """Nothing is added to it, and nothing is lost."""
    assert pieces(text) == [Piece(text)]


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("a\u200bb", "U+200B", "ZERO WIDTH SPACE"),
        ("a\u200db", "U+200D", "ZERO WIDTH JOINER"),
        ("a\u202eb", "U+202E", "RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b", "U+2066", "LEFT-TO-RIGHT ISOLATE"),
        ("a\xadb", "U+00AD", "SOFT HYPHEN"),
        ("a\ufe0fb", "U+FE0F", "VARIATION SELECTOR-16"),
        ("a\u3164b", "U+3164", "HANGUL FILLER"),
        ("a\U000e0041b", "U+E0041", "TAG LATIN CAPITAL LETTER A"),
        ("a\U000e0101b", "U+E0101", "VARIATION SELECTOR-18"),
        ("a\0b", "U+0000", "no character"),
        ("a\ud800b", "U+D800", "no character"),
    ],
)
def test_what_is_not_seen_is_named(text: str, code: str, name: str) -> None:
    """In its place."""
    assert pieces(text) == [Piece("a"), Piece(code, name), Piece("b")]


def test_line_ends_are_one_kind() -> None:
    """Whatever a platform sends."""
    assert pieces("a\r\nb\rc\u2028d\x85e") == [Piece("a\nb\nc\nd\ne")]


def test_every_one_of_a_run_is_named() -> None:
    """Three joiners are three."""
    assert [each.text for each in pieces("\u200b\u200b\u200b")] == ["U+200B"] * 3
