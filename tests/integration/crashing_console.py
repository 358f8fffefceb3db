"""`moderator console` that kills itself at a point of its work.

`python -m tests.integration.crashing_console POINT`, with the settings of a console.
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from moderator import bootstrap_console
from moderator.__main__ import main
from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_source import KafkaSource
from moderator.console import canaries
from moderator.console.store.intake import take
from moderator.contracts.record import Partition, Publication

# In the order of the work, so that each finds undone what the one before it left.
INTAKE = ("before take", "after take", "before commit", "after commit")
OUTBOX = ("after pick", "after decisions", "after mark", "after verdicts")


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("dead")


def _dying(step: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    """Dies when it is called, or when it has done anything."""

    def dying(*arguments: Any) -> Any:
        result = step(*arguments) if after else None
        if result != []:  # what a look at an empty outbox finds
            _die()
        return result

    return dying


class DyingSource(KafkaSource):
    """Dies at its first commit."""

    after = False

    async def commit(self, positions: Mapping[Partition, int]) -> bool:
        """See the port."""
        if self.after:
            await super().commit(positions)
        _die()


class DyingPublisher(KafkaPublisher):
    """Dies when it has published to `topic`."""

    topic = ""

    async def publish(self, publications: Sequence[Publication]) -> Sequence[Publication]:
        """See the port."""
        refused = await super().publish(publications)
        if any(publication.topic == self.topic for publication in publications):
            _die()
        return refused


def arm(parts: dict[str, Any], point: str) -> None:
    """Put what dies at `point` among the `parts` that a program is built of."""
    when, step = point.split()
    after = when == "after"
    match step:
        case "take":
            vars(canaries)[step] = _dying(take, after=after)
        case "pick":
            parts[step] = _dying(parts[step], after=after)
        case "mark":
            parts["mark_published"] = _dying(parts["mark_published"], after=after)
        case "commit":
            DyingSource.after = after
            parts["KafkaSource"] = DyingSource
        case _:
            DyingPublisher.topic = os.environ[f"MODERATOR_TOPICS__{step.upper()}"]
            parts["KafkaPublisher"] = DyingPublisher


if __name__ == "__main__":
    arm(vars(bootstrap_console), sys.argv[1])
    main(["console"], prog_name="moderator")
