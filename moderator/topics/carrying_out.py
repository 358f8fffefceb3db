"""A plan carried out on a cluster, or tried."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from moderator.topics.following import FoundTopic
from moderator.topics.granting import Rule, plan_rights
from moderator.topics.plan import Allowed, plan_topics
from moderator.topics.rights import Right
from moderator.topics.steps import Line, State, Step
from moderator.topics.wanted import WantedTopic

SETTLED_WITHIN_S = 10.0  # brokers hear within moments of what the controller has taken
LOOK_S = 0.2


class Cluster(Protocol):
    """What topics and rights are asked of."""

    async def topics(self, names: Collection[str]) -> dict[str, FoundTopic | None]:
        """Each topic as it is, None where there is none."""

    async def rules(self) -> list[Rule]:
        """Every entry of its access-control lists."""

    async def perform(self, step: Step, *, dry_run: bool) -> str | None:
        """Do `step`, or say whether it would be taken. Why it is refused, or None."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What should be, and what may be done for it."""

    topics: Sequence[WantedTopic]
    rights: Sequence[Right]
    allowed: Allowed


async def carry_out(cluster: Cluster, wish: Wish, clock: Callable[[], float], *, applied: bool) -> list[Line]:
    """The lines of the plan, with what came of each step; when `applied`, as soon as it shows."""
    lines = [await _taken(cluster, line, applied=applied) for line in await _look(cluster, wish)]
    done = {line.step for line in lines if line.state is State.DONE}
    deadline = clock() + SETTLED_WITHIN_S
    while unseen := [line for line in (await _look(cluster, wish) if done else []) if line.step in done]:
        if clock() > deadline:
            late = [replace(line, state=State.FAILED, detail=f"not seen yet: {line.detail}") for line in unseen]
            return lines + late
        await asyncio.sleep(LOOK_S)
    return lines


async def _look(cluster: Cluster, wish: Wish) -> list[Line]:
    found = await cluster.topics([topic.name for topic in wish.topics])
    lines = plan_topics(wish.topics, found, wish.allowed)
    return lines + plan_rights(wish.rights, await cluster.rules()) if wish.rights else lines


async def _taken(cluster: Cluster, line: Line, *, applied: bool) -> Line:
    if line.step is None:
        return line
    if refusal := await cluster.perform(line.step, dry_run=not applied):
        return replace(line, state=State.FAILED, detail=f"{line.detail}: {refusal}")
    return replace(line, state=State.DONE) if applied else line
