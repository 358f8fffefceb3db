"""Confident verdicts that people check, on a real Kafka: who draws them, what the audit of delivery says of them."""

import json
from collections import Counter
from typing import Any

import pytest

from moderator.config import TopicSettings
from moderator.contracts.verdict import Verdict
from moderator.exit_codes import ExitCode
from moderator.review.audit_sample import is_audited
from tests.e2e.program import run
from tests.integration.conftest import StartAgent
from tests.integration.platform import Platform, message
from tests.integration.topic import records_of
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

MESSAGES = 200
PART = 0.2


def test_whoever_answers_a_record_draws_the_same_sample(
    platform: Platform, agent: StartAgent, kafka: RealKafka, topics: TopicSettings
) -> None:
    """Two groups answer all; each escalates what anybody can tell from the verdicts, and the audit finds it sound."""
    platform.send(map(message, range(MESSAGES)))
    for times, group in enumerate(("first", "second"), start=1):
        with agent(group, POLICY__AUDIT_PART=str(PART)) as process:
            platform.all_answered(times)
            assert process.stop() == 0
    platform.duplicates()

    verdicts = [Verdict.model_validate(answers[0].verdict) for answers in platform.answers.values()]
    drawn = Counter({verdict.id: 2 for verdict in verdicts if is_audited(verdict, PART)})
    escalations: list[dict[str, Any]] = [
        json.loads(each.value() or b"") for each in records_of(kafka, topics.escalations)
    ]
    assert {verdict.outcome for verdict in verdicts} == {"allow"}
    assert 0 < len(drawn) < MESSAGES
    assert Counter(escalation["id"] for escalation in escalations) == drawn
    assert all(escalation["reasons"] == [{"code": "audit_sample"}] for escalation in escalations)

    named = {f"TOPICS__{name.upper()}": topic for name, topic in topics.model_dump().items()}
    settings = {"KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers, "KAFKA__GROUP_ID": "second", **named}
    assert run("audit", settings=settings).returncode == ExitCode.OK
