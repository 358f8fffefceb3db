"""The soak's command line."""

import shutil
import sys
import tempfile
from pathlib import Path

import click

from tests.soak.cluster import BROKERS, Cluster, affordable
from tests.soak.soak import Soak, soak


@click.command()
@click.option("--minutes", default=3.0, show_default=True, help="How long messages are written and things go wrong.")
@click.option("--seed", default=1, show_default=True, help="Decides what goes wrong when.")
@click.option("--rate", default=300.0, show_default=True, help="Messages a second.")
@click.option("--brokers", type=click.Choice([1, BROKERS]), help="By default three, where memory allows.")
@click.option("--keep", is_flag=True, help="Keep the agents' logs.")
def main(minutes: float, seed: int, rate: float, brokers: int | None, *, keep: bool) -> None:
    """Agents on a real Kafka under a schedule of faults; the audit decides. Exit code 1 when a message was lost."""
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    logs = folder / "logs"
    logs.mkdir()
    try:
        cluster = Cluster(folder / "kafka", brokers or affordable())
    except RuntimeError as error:
        shutil.rmtree(folder)
        raise click.ClickException(str(error)) from None
    try:
        cluster.start()
        result = soak(cluster, logs, minutes * 60, seed, rate, click.echo)
    finally:
        cluster.close()
        if keep:
            click.echo(f"logs: {logs}")
        else:
            shutil.rmtree(folder)
    click.echo(summary(result))
    sys.exit(0 if result.passed else 1)


def summary(result: Soak) -> str:
    """What happened, a line each."""
    lines = [
        f"{result.written:,} messages in {result.seconds:.0f} s, seed {result.seed}, brokers {result.brokers}",
        *(f"  {count:>5} x {fault}" for fault, count in result.faults.most_common()),
        f"  {result.agents_started} agents started, {result.rebalances} rebalances; exit codes {dict(result.exits)}",
        f"  the last answer {result.drained_s:.0f} s after the last message",
        (
            f"missing {result.total('missing_records')}, orphans {result.total('orphan_answers')},"
            f" contradictions {result.total('disagreeing_records')}, duplicates {result.total('duplicates')}"
            f" ({100 * result.total('duplicates') / max(1, result.written):.2f} %)"
        ),
        *(f"not written: {problem}" for problem in result.failed_writes[:5]),
        "passed" if result.passed else "FAILED",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
