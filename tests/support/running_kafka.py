"""A broker for a command: started for it, or what to install told in place of a traceback."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from tests.support.real_kafka import RealKafka, real_kafka


@contextmanager
def running_kafka(folder: Path) -> Iterator[RealKafka]:
    """Keeps its data in `folder`. Raises ClickException where this machine has no way to run one."""
    try:
        kafka = real_kafka(folder / "broker")
    except RuntimeError as error:
        raise click.ClickException(str(error)) from None
    with closing(kafka):
        kafka.start()
        yield kafka
