"""What is promised of any input, checked for one: each raises AssertionError where the promise does not hold, and any
other exception is a broken promise too.
"""

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from pydantic_core import from_json

from moderator.commands.audit import audit
from moderator.commands.dead_letters import choice, dead_letters
from moderator.commands.durations import time_ago
from moderator.config import InputSettings, load_settings
from moderator.contracts.codec import MessageDecoder, publish_dead_letter, to_bytes
from moderator.contracts.dead_letter import DeadLetter, Stage
from moderator.contracts.message import Message
from moderator.contracts.record import Record
from moderator.dead_letters.as_json import exported
from moderator.dead_letters.letter import open_letter
from moderator.dead_letters.transform import load_transform
from moderator.errors import ConfigError, ContractError, DecodeError, OversizedMessage, PoisonRecord
from moderator.inference.normalise import normalise
from moderator.policy.thresholds import load_policy

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MANY = 500  # examples of each test, a second or two of them
MOST_GROWTH = 18  # one ligature is eighteen characters in NFKC; nothing else grows as much
MOST_MARKS = 4
CANARY = "do-not-quote-me"
LAST_OFFSET = 2**63 - 1  # Kafka's own

FEW_CHARACTERS = 100  # so that a short text is too long
POINTERS = InputSettings().pointers()
ODD_POINTERS = {"id": "/data/0/id", "text": "/a~1b", "source": "", "created_at": "/data/" + "9" * 5_000}
DECODERS = [MessageDecoder(pointers, FEW_CHARACTERS) for pointers in (POINTERS, ODD_POINTERS)]
# All that a refusal may name: what is configured, and what CloudEvents define.
PLACES = {
    *("", "headers", "content-type", "ce_specversion", "ce_id", "ce_time"),
    *("/specversion", "/id", "/time", "/data", "/data_base64"),
    *POINTERS.values(),
    *ODD_POINTERS.values(),
    *(f"/{name}" for name in Message.model_fields),
}


def record_is_answered(record: Record) -> None:
    """A record is a message that can be published and read again, or is refused with a code, quoting nothing; and what
    is told of the refusal is what the dead letter says, whatever headers the record came with.
    """
    for decoder in DECODERS:
        try:
            message = decoder.decode(record)
        except PoisonRecord as refusal:
            _letter_says(refusal, record)
            continue
        assert message.id.encode()
        assert message.text.strip()
        assert len(message.text) <= FEW_CHARACTERS
        assert Message.model_validate_json(to_bytes(message)) == message


def _letter_says(refusal: PoisonRecord, record: Record) -> None:
    assert isinstance(refusal, DecodeError | ContractError | OversizedMessage)
    assert refusal.where in PLACES
    assert refusal.__suppress_context__ or refusal.__context__ is None
    written = DeadLetter(
        stage=Stage.DECODE,
        code=refusal.code,
        where=refusal.where or None,
        attempts=1,
        first_failed_at=NOW,
        consumer_group="group",
        version="0",
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
    )
    publication = publish_dead_letter(written, record, "dead-letters")
    letter = open_letter(Record("dead-letters", 0, 0, 0, publication.key, publication.value, publication.headers))
    assert letter is not None
    assert letter.error.model_copy(update={"where": letter.error.where or None}) == written
    assert letter.replays >= 0
    assert from_json(to_bytes(letter.error))
    assert exported(letter)["place"] == "0:0"


def text_is_normalised(text: str) -> None:
    """A text has one form, no more than so much longer, and reading that form again changes nothing."""
    once = normalise(text)
    assert len(once) <= MOST_GROWTH * len(text)
    assert unicodedata.is_normalized("NFKC", once)
    assert once == " ".join(once.split())
    assert not re.search(f"[\u0300-\u036f]{{{MOST_MARKS + 1}}}", once)
    if "&" not in once:  # else an entity that was escaped twice may be left
        assert normalise(once) == once


def policy_is_loaded_or_refused(content: bytes) -> None:
    """A policy file is a policy that can decide, or is refused with its name and every problem."""
    with _file(content) as path:
        try:
            policy = load_policy(path)
        except ConfigError as refusal:
            _says_why(refusal, str(path))
            return
    for source in ("user", "ai"):
        for threshold in policy.thresholds_for(Message.model_validate({"id": "m", "text": "tea", "source": source})):
            assert 0 < threshold.escalate_at < threshold.block_at <= 1


def settings_are_loaded_or_refused(environment: Mapping[str, str], toml: bytes = b"") -> None:
    """Variables, without their prefix, and a file are settings, or refused by name; a password is never told."""
    with _file(toml) as path, pytest.MonkeyPatch.context() as patch:
        for variable in [name for name in os.environ if name.upper().startswith("MODERATOR_")]:
            patch.delenv(variable)
        for name, value in {**environment, "KAFKA__SASL_PASSWORD": CANARY, "CONFIG": str(path)}.items():
            patch.setenv(f"MODERATOR_{name}", value)
        try:
            settings = load_settings()
        except ConfigError as refusal:
            _says_why(refusal, "MODERATOR_")
            told = str(refusal)
        else:
            told = repr(settings)
    assert CANARY not in told


def transform_is_applied_or_refused(fix: bytes, value: bytes) -> None:
    """A fix is one, or is refused by name; it makes JSON of a value, or does not fit and says no more than that."""
    with _file(fix) as path:
        try:
            transform = load_transform(path)
        except ConfigError as refusal:
            _says_why(refusal, str(path))
            return
    try:
        from_json(transform(value))
    except ValueError as error:
        told, hidden = str(error), error.__suppress_context__
        assert hidden
        assert re.fullmatch(r"transform: \w+", told)


def arguments_are_understood_or_refused(arguments: Sequence[str]) -> None:
    """A command line of `audit` or `dead-letters` means what Kafka can be asked for, or is a usage error."""
    command, *rest = arguments or ("",)
    commands = {"audit": audit, **{name: dead_letters.commands[name] for name in dead_letters.commands}}
    if command not in commands:
        return
    try:
        given = commands[command].make_context(command, list(rest)).params
    except (click.UsageError, click.exceptions.Exit):  # the second is that of --help
        return
    # From here on a refusal would look like a bug of the command.
    named = (given["place"],) if "place" in given else given.get("at", ())
    meant = choice(given.get("code", ()), given.get("topic"), named)
    assert all(re.fullmatch("[0-9]+:[0-9]+", place) for place in meant.places)
    since_ms = time_ago(given.get("since"))
    assert since_ms is None or 0 < since_ms <= LAST_OFFSET
    for partition, offset in (given.get("from_offsets") or {}).items():
        assert 0 <= partition < 2**31
        assert 0 <= offset <= LAST_OFFSET
    assert 0 < given.get("rate", 1.0) < float("inf")


def _says_why(refusal: ConfigError, where: str) -> None:
    assert refusal.problems
    assert all(problem.startswith(where) and len(problem) > len(where) for problem in refusal.problems)


@contextmanager
def _file(content: bytes) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        yield Path(file.name)
