"""The first text of each cluster of near-duplicates, as a sketch to which new texts are compared."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.inserting import insert
from moderator.console.store.schema import sketches


@dataclass(frozen=True, slots=True)
class Sketch:
    """Of the cluster's first text; `scope` is a hash of what all of its texts have in common, besides their words."""

    cluster: str
    scope: str
    minhash: bytes
    last_used_at: datetime


def used_since(store: Store, since: datetime, most: int) -> list[Sketch]:
    """The `most` sketches that were used last, the latest first. Raises StoreUnavailable."""
    wanted = sa.select(sketches).where(sketches.c.last_used_at >= since)
    with store.reading() as connection:
        rows = connection.execute(wanted.order_by(sketches.c.last_used_at.desc()).limit(most)).all()
    return [Sketch(row.cluster, row.scope, row.minhash, row.last_used_at) for row in rows]


def keep_sketches(connection: sa.Connection, used: Sequence[Sketch]) -> None:
    """In the transaction that takes the texts; of one that is there, when it was used."""
    latest = {sketch.cluster: sketch for sketch in used}
    if not latest:
        return
    inserted = insert(connection, sketches)
    newer = inserted.on_conflict_do_update(
        index_elements=["cluster"],
        set_={"last_used_at": inserted.excluded.last_used_at},
        where=sketches.c.last_used_at < inserted.excluded.last_used_at,
    )
    connection.execute(newer, [asdict(latest[cluster]) for cluster in sorted(latest)])


def forget_sketches(connection: sa.Connection, used_before: datetime) -> None:
    """Those that no text was like since then."""
    connection.execute(sa.delete(sketches).where(sketches.c.last_used_at < used_before))
