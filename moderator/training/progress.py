"""Progress bars on a terminal; nothing where the output is a file."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Part = TypeVar("Part")


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
    """Yield each of `parts` under a bar named `what`."""
    with progress_bar() as progress:
        yield from progress.track(parts, description=what)
