"""Texts made to break, blow up or stall the clean-up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.nasty import TEXTS
from tests.fuzz.properties import MANY, text_is_normalised

MEGABYTE = 1_000_000

# Pieces that the clean-up looks for, and what stands between them; no lone surrogate gets through the decoder.
pieces = st.one_of(
    st.sampled_from(
        [*"@_./:&#;xXaеο \u0301\u0316\u0344\u00b4\u200b\u202e\ufdfa\uff20\uff03\uff06", "http://", "www.", "amp;"]
    ),
    st.characters(exclude_categories=["Cs"]),
)


@settings(max_examples=MANY)
@given(st.lists(pieces).map("".join))
def test_any_text_has_one_form(text: str) -> None:
    """No longer than eighteen times the text, and the same when it is read again."""
    text_is_normalised(text)


@settings(max_examples=MANY)
@given(piece=st.lists(pieces, min_size=1, max_size=6).map("".join), times=st.integers(1, 3_000))
def test_repetition_blows_nothing_up(piece: str, times: int) -> None:
    """What stalls or inflates a parser is most often one thing many times."""
    text_is_normalised(piece * times)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_megabyte_of_what_stalls_is_read(text: str) -> None:
    """Quadratic work on any of these would take hours."""
    text_is_normalised((text * (MEGABYTE // len(text.encode()) + 1))[:MEGABYTE])
