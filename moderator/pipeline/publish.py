"""Answers to the broker, in the order that keeps their promises."""

from collections.abc import Callable, Sequence

from moderator.contracts.record import Publication
from moderator.errors import ConfigError
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer
from moderator.pipeline.ports import Publisher

ROUNDS = 3  # escalations, then verdicts, then dead letters in the place of what was too large

Part = Callable[[Answer], Sequence[Publication]]
Replacement = Callable[[Answer], Answer]


async def publish_answers(publisher: Publisher, builder: Answers, answers: Sequence[Answer]) -> list[Answer]:
    """Publish `answers` and return what they became where the broker refused one for its size: most often dead letters.

    A verdict that has an escalation is published once that is acknowledged, so none that says escalate stands without.
    Raises BrokerUnavailable, or ConfigError when a topic refuses even a dead letter without value and headers.
    """
    escalated = await _publish(publisher, answers, lambda answer: answer.publications[:-1], builder.without_escalation)
    answered = await _publish(publisher, escalated, lambda answer: answer.publications[-1:], builder.too_large)
    letters = [after for before, after in zip(escalated, answered, strict=True) if after is not before]
    refused = await publisher.publish([publication for letter in letters for publication in letter.publications])
    if refused:
        raise ConfigError(
            [f"topic {refused[0].topic}: refuses any dead letter for its size; raise its max.message.bytes"]
        )
    return answered


async def _publish(
    publisher: Publisher, answers: Sequence[Answer], part: Part, replacement: Replacement
) -> list[Answer]:
    """Publish a part of each answer; put its replacement, not yet published, in the place of each refused one."""
    refused = {id(p) for p in await publisher.publish([p for answer in answers for p in part(answer)])}
    return [
        replacement(answer) if any(id(publication) in refused for publication in part(answer)) else answer
        for answer in answers
    ]
