"""Policy files that no policy's author wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.contracts.labels import LABELS
from tests.fuzz.nasty import VALUES
from tests.fuzz.properties import MANY, policy_is_loaded_or_refused

SOUND = b'version = "1"\n' + b"".join(
    b"[labels.%s]\nescalate_at = 0.5\nblock_at = 0.9\n" % label.encode() for label in LABELS
)
numbers = (
    st.floats().map(repr) | st.integers().map(str) | st.sampled_from(["true", '"0.5"', "0x1", "1_0.5", "[]", "{}"])
)


@settings(max_examples=MANY)
@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_policy_or_refused(content: bytes) -> None:
    """With the file's name, and every problem in it."""
    policy_is_loaded_or_refused(content)


@settings(max_examples=MANY)
@given(escalate_at=numbers, block_at=numbers, selector=st.text(max_size=8))
def test_any_numbers_are_thresholds_or_refused(escalate_at: str, block_at: str, selector: str) -> None:
    """No threshold is out of order, out of range or no number."""
    override = (
        f"[[overrides]]\ntenant = {selector!r}\nlabels.spam = {{escalate_at = {escalate_at}, block_at = {block_at}}}\n"
    )
    policy_is_loaded_or_refused(SOUND + override.encode())


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize(
    "place", [b"version = %s\n", b"unsupported_language = %s\n", b"%s", b"labels = %s\n", b"overrides = [%s]\n"]
)
def test_what_parsers_stumble_over(place: bytes, value: bytes) -> None:
    """A value that is too deep or too long for the parser is a problem of the file, not the program's end."""
    policy_is_loaded_or_refused(place % value + SOUND.removeprefix(b'version = "1"\n'))
