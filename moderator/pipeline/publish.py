"""Answers to the broker, in the order that keeps their promises."""

from collections.abc import Callable, Sequence

from moderator.contracts.record import Publication
from moderator.errors import ConfigError
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer
from moderator.pipeline.ports import Publisher

ROUNDS = 3  # escalations, then verdicts, then dead letters in the place of what was too large

Part = Callable[[Answer], Sequence[Publication]]


async def publish_answers(publisher: Publisher, builder: Answers, answers: Sequence[Answer]) -> list[Answer]:
    """Publish `answers` and return what they became: one that the broker refuses for its size is a dead letter now.

    A verdict that says escalate is published once its escalation is acknowledged, so none stands without. Raises
    BrokerUnavailable, or ConfigError when a topic refuses even a dead letter without value and headers.
    """
    escalated = await _publish(publisher, builder, answers, lambda answer: answer.publications[:-1])
    answered = await _publish(publisher, builder, escalated, lambda answer: answer.publications[-1:])
    letters = [after for before, after in zip(escalated, answered, strict=True) if after is not before]
    refused = await publisher.publish([publication for letter in letters for publication in letter.publications])
    if refused:
        raise ConfigError(
            [f"topic {refused[0].topic}: refuses any dead letter for its size; raise its max.message.bytes"]
        )
    return answered


async def _publish(publisher: Publisher, builder: Answers, answers: Sequence[Answer], part: Part) -> list[Answer]:
    """Publish a part of each answer; put a dead letter, not yet published, in the place of each refused one."""
    refused = {id(p) for p in await publisher.publish([p for answer in answers for p in part(answer)])}
    return [
        builder.too_large(answer) if any(id(publication) in refused for publication in part(answer)) else answer
        for answer in answers
    ]
