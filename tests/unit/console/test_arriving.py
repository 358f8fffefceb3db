"""What an escalation becomes in the queue, and what is refused because no store could keep it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from moderator.console.arriving import SEVERE_FROM, Escalations, is_severe, said
from moderator.console.near_duplicates import NearDuplicates
from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Record
from moderator.errors import PoisonRecord
from moderator.policy.priority import order_at, priority
from moderator.review.documents import load_policies
from tests.unit.console.arrived import escalated, of_decision, of_escalation
from tests.unit.review.reviewed import escalation

HEAD_START = timedelta(hours=2)


def arriving() -> Escalations:
    """Under the shipped policies."""
    return Escalations(load_policies(), HEAD_START, NearDuplicates())


def changed(record: Record, **fields: Any) -> Record:
    """With other fields in its document."""
    return replace(record, value=json.dumps(json.loads(record.value or b"") | fields).encode())


def test_an_escalation_is_a_job_under_its_policy_in_its_place() -> None:
    """With the key and headers of its record, which the decision goes out with."""
    record = replace(of_escalation(1), headers=(("traceparent", b"00-1"),))
    arrival = arriving()(record)
    asked = escalated(1)
    assert arrival.escalation == asked
    assert (arrival.key, arrival.headers) == (b"an author", (("traceparent", b"00-1"),))
    assert arrival.order_at == order_at(asked.escalated_at, priority(asked.reasons), HEAD_START)
    policy = load_policies().covering(asked)
    assert policy is not None
    assert arrival.policy_id == policy.reference.id


def test_near_duplicates_of_one_tenant_are_one_cluster() -> None:
    """Another tenant's are another."""
    reads = arriving()
    arrivals = [reads(of_escalation(number, tenant=tenant)) for number, tenant in enumerate(["a", "a", "b"])]
    assert [arrival.cluster for arrival in arrivals] == [f"{0:032x}", f"{0:032x}", f"{2:032x}"]
    assert [arrival.sketch.cluster for arrival in arrivals if arrival.sketch] == [each.cluster for each in arrivals]


@pytest.mark.parametrize(
    ("scores", "severe"),
    [({"threat": 0.3}, True), ({"insult": 0.3}, False), ({"insult": 0.8}, True), ({"insult": 0.3, "hate": 0.3}, True)],
)
def test_a_text_that_may_hurt_its_reader_is_severe(scores: dict[str, float], *, severe: bool) -> None:
    """By the rules of its policy on what it was escalated for, or by a high score of whatever label."""
    asked = escalation("a text", **scores)
    policies = load_policies()
    assert is_severe(asked, policies.covering(asked)) == severe
    assert is_severe(asked, None) == (max(scores.values()) >= SEVERE_FROM)
    record = replace(of_escalation(1), value=to_bytes(asked))
    assert arriving()(record).severe == severe


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"id": "x" * 129}, "/id"),
        ({"escalated_at": "0001-01-01T00:00:00Z"}, "/escalated_at"),
        ({"escalated_at": "9999-12-31T23:59:59-12:00"}, "/escalated_at"),
        ({"reasons": [{"code": "escalate_threshold", "label": "threat"}]}, "/reasons"),
    ],
)
def test_an_escalation_that_no_store_can_keep_is_poison(fields: dict[str, Any], where: str) -> None:
    """One forged record must not hold up the queue."""
    with pytest.raises(PoisonRecord) as caught:
        arriving()(changed(of_escalation(1), **fields))
    assert caught.value.where == where


@pytest.mark.parametrize("value", [None, b"", b"no JSON", b"[]", b"{}", b'{"id": "\xff"}'])
def test_what_is_no_escalation_is_poison(value: bytes | None) -> None:
    """Whatever its bytes are."""
    with pytest.raises(PoisonRecord):
        arriving()(replace(of_escalation(1), value=value))


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"id": "x" * 129}, "/id"),
        ({"escalation_id": "x" * 129}, "/escalation_id"),
        ({"decided_at": "9999-12-31T23:59:59-12:00"}, "/decided_at"),
    ],
)
def test_a_decision_that_no_store_can_keep_is_poison(fields: dict[str, Any], where: str) -> None:
    """Likewise."""
    assert said(of_decision(1)).id == "llm-1"
    with pytest.raises(PoisonRecord) as caught:
        said(changed(of_decision(1), **fields))
    assert caught.value.where == where
