"""Settings that nobody meant: taken or refused by name, with the password told nowhere."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.config import PREFIX, Settings
from moderator.settings_table import describe_settings
from tests.fuzz.nasty import TEXTS
from tests.fuzz.properties import MANY, settings_are_loaded_or_refused

NAMES = [line.name.removeprefix(PREFIX) for line in describe_settings(Settings.model_construct())]

# An environment holds any bytes but null; Python hands them out with surrogates for what is no UTF-8.
values = st.one_of(
    st.binary(max_size=20).map(lambda content: os.fsdecode(content.replace(b"\0", b""))),
    st.sampled_from(["nan", "-inf", "1e999", "9" * 5_000, "0x1", "1_0", " 5 ", "true", "[1]", '{"port": 1}', "/", "."]),
    st.sampled_from(["SASL_SSL", "OAUTHBEARER", "[::1]:1,", ",", ":", "moderation.verdicts", "/~", "/" + "9" * 5_000]),
)
names = st.sampled_from([*NAMES, "KAFKA", "TOPICS", "KAFKA__", "KAFKA__GROUP__ID", "HTTP_PORT"])
tables = st.recursive(
    st.integers(-(2**63), 2**63) | st.floats().map(str) | st.booleans() | st.just('"tea"') | st.just('"\\u0000"'),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(map(toml, parts))}]"),
    max_leaves=4,
)


def toml(value: object) -> str:
    """A value as a TOML file has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@settings(max_examples=MANY)
@given(st.dictionaries(names, values, max_size=6))
def test_any_environment_is_settings_or_refused(environment: dict[str, str]) -> None:
    """Variables of any bytes, alone and together."""
    settings_are_loaded_or_refused(environment)


@settings(max_examples=MANY)
@given(st.dictionaries(st.sampled_from([*NAMES, "KAFKA", "MODEL"]), tables, max_size=6))
def test_any_table_is_settings_or_refused(table: dict[str, object]) -> None:
    """Values of any type, at any place of the file."""
    lines = [f"{name.lower().replace('__', '.')} = {toml(value)}" for name, value in table.items()]
    settings_are_loaded_or_refused({}, "\n".join(lines).encode())


@settings(max_examples=MANY)
@given(st.binary())
def test_any_bytes_are_a_file_or_refused(content: bytes) -> None:
    """With the variable that named it."""
    settings_are_loaded_or_refused({}, content)


@pytest.mark.parametrize("content", [b"drain_timeout_s = " + b"9" * 5_000, b"model = " + b"[" * 5_000])
def test_a_file_that_breaks_the_parser_is_refused(content: bytes) -> None:
    """Digits and levels without end are no settings."""
    settings_are_loaded_or_refused({}, content)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("name", ["TOPICS__MESSAGES", "INPUT__TEXT_POINTER", "POLICY__FILE", "KAFKA__GROUP_ID"])
def test_odd_texts_are_settings_or_refused(name: str, text: str) -> None:
    """What breaks a terminal or a parser elsewhere."""
    settings_are_loaded_or_refused({name: text.replace("\0", "")})
