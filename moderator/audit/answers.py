"""Answers read off their records: which record they are about, under which versions, and what they say."""

from typing import Any

from pydantic_core import from_json

from moderator.audit.books import Found, Kind
from moderator.contracts.dead_letter import read_dead_letter
from moderator.contracts.record import Record
from moderator.contracts.verdict import VerdictSource


def found_verdict(record: Record, messages: str) -> Found | None:
    """The model's verdict in `record` on a record of the topic `messages`; None for anything else on that topic.

    Read by hand: of millions of verdicts only some fields are looked at.
    """
    try:
        fields: Any = from_json(record.value or b"")
        origin, versions = fields["origin"], fields["versions"]
        if fields["source"] != VerdictSource.MODEL or origin["topic"] != messages:
            return None
        decided_by = "\0".join(versions[name] for name in ("model", "tokenizer", "calibration", "policy", "provider"))
        ruling = "\0".join([fields["id"], fields["outcome"], *fields["labels"]])
        return Found(Kind.VERDICT, int(origin["partition"]), int(origin["offset"]), decided_by, ruling)
    except (ValueError, KeyError, TypeError, OverflowError):  # the last of an offset like 1e999
        return None


def found_dead_letter(record: Record, messages: str) -> Found | None:
    """The dead letter in `record` of a record of the topic `messages`; None for anything else."""
    letter = read_dead_letter(record.headers)
    if letter is None or letter.topic != messages:
        return None
    return Found(Kind.DEAD_LETTER, letter.partition, letter.offset, "", letter.code.value)
