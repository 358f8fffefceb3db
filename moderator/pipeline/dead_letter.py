"""What is said about a record that nothing can be made of."""

from datetime import datetime

from moderator import __version__
from moderator.contracts.dead_letter import DeadLetter, Stage
from moderator.contracts.record import Record
from moderator.errors import PoisonRecord


def dead_letter(
    record: Record, stage: Stage, error: PoisonRecord, group: str, failed_at: datetime, attempts: int = 1
) -> DeadLetter:
    """Why a member of `group` gives `record` up."""
    return DeadLetter(
        stage=stage,
        code=error.code,
        where=error.where,
        attempts=attempts,
        first_failed_at=failed_at,
        consumer_group=group,
        version=__version__,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
    )
