"""JSON Pointers as RFC 6901 defines them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.json_pointer import ABSENT, parse_pointer, resolve

# The document and the answers of RFC 6901, section 5.
DOCUMENT = {
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, 'k"l': 6, " ": 7, "m~n": 8,
}  # fmt: skip


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DOCUMENT), ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3),
        ("/g|h", 4), ("/i\\j", 5), ('/k"l', 6), ("/ ", 7), ("/m~0n", 8),
    ],
)  # fmt: skip
def test_the_examples_of_the_rfc(pointer: str, value: Any) -> None:
    """The standard's own examples resolve as it says."""
    assert resolve(DOCUMENT, parse_pointer(pointer)) == value


@pytest.mark.parametrize(
    "pointer",
    ["/nope", "/foo/2", "/foo/-", "/foo/-1", "/foo/+1", "/foo/١", "/foo/0/0", "/foo/bar", "/a~1b/0", "/foo/²"],
)
def test_what_is_not_there_is_absent(pointer: str) -> None:
    """A place that a message lacks is absent, never an error; digits of other scripts and signs are no indices."""
    assert resolve(DOCUMENT, parse_pointer(pointer)) is ABSENT


def test_escapes_are_undone_in_order() -> None:
    """`~01` is the key `~1`, not `/`."""
    assert parse_pointer("/~01") == ("~1",)


@pytest.mark.parametrize("pointer", ["foo", "foo/bar", "#/foo", " /foo"])
def test_what_is_no_pointer(pointer: str) -> None:
    """A pointer that does not start with a slash is refused at start, not read as something else."""
    with pytest.raises(ValueError, match="is not a JSON Pointer"):
        parse_pointer(pointer)


@given(st.lists(st.text(), max_size=4))
def test_any_keys_can_be_named(keys: list[str]) -> None:
    """Escaped and parsed again, every key is itself."""
    pointer = "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
    assert parse_pointer(pointer) == tuple(keys)
