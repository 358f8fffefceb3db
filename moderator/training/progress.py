"""Progress bars on a terminal, now and then a line where the output is a file."""

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Part = TypeVar("Part")
LINE_SECONDS = 60


def progress_bar() -> Progress:
    """A bar on stderr, so that a step's figures can be piped; invisible when stderr is no terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def track(parts: Sequence[Part], what: str) -> Iterator[Part]:
    """Yield each of `parts` under a bar named `what`, or with a line a minute where stderr is no terminal."""
    with progress_bar() as progress:
        told = time.monotonic()
        for done, part in enumerate(progress.track(parts, description=what), start=1):
            yield part
            if progress.disable and time.monotonic() - told >= LINE_SECONDS:
                click.echo(f"{what}: {done:,} of {len(parts):,}", err=True)
                told = time.monotonic()
