"""The reviewers of the demo: `moderator reviewer`, which asks the stub, and `moderator console`, as they are run
elsewhere, in this process.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from moderator.config import Settings
from moderator.demo.settings import PAIRS, for_console, for_reviewer
from moderator.demo.stub_model import NAME, StubModel

LOGIN = "login?name=you&role=lead"  # the form, filled in: one click is left; a lead decides and sees all the rest
PROBATION = (
    f"{NAME} is no large model; it decides alone once {PAIRS} blind answers of yours agree with it, a block among them "
    "(a real one needs far more)."
)

Opened = Callable[[str], object]
"""Told the address of the console's pages, once they are there."""

Tell = Callable[[str], object]
"""Told what a person should know."""


@dataclass(frozen=True, slots=True)
class Programs:
    """What `moderator reviewer` and `moderator console` run, until their event is set."""

    reviewer: Callable[[Settings, asyncio.Event], Awaitable[None]]
    console: Callable[[Settings, asyncio.Event, Opened], Awaitable[None]]


class Reviewers:
    """Both programs, and what they stand on."""

    def __init__(self, load: Callable[[], Programs]) -> None:
        """`load` imports them. It may take a second, and raises ModuleNotFoundError where an extra is missing."""
        self._load = load

    async def run_until(self, stop: asyncio.Event, settings: Settings, tell: Tell) -> None:
        """Run both until `stop` is set; return at once, saying why, where an extra is missing. Raises what they do."""
        try:
            programs = await asyncio.to_thread(self._load)
        except ModuleNotFoundError as error:
            if error.name is None or error.name.startswith("moderator"):
                raise
            tell(f"Nobody reviews: {error.name} is missing; pip install 'moderator[demo]'")
            return

        def opened(address: str) -> None:
            tell(f"Decide yourself: {address}/{LOGIN}")
            tell(PROBATION)

        with TemporaryDirectory(prefix="moderator-demo-") as folder:
            async with StubModel() as stub:
                reviewer = programs.reviewer(for_reviewer(settings, stub.base_url), stop)
                await _together(reviewer, programs.console(for_console(settings, Path(folder)), stop, opened), stop)


async def _together(reviewer: Awaitable[None], console: Awaitable[None], stop: asyncio.Event) -> None:
    """Run both; each ends with the other. Raises what the first one raised that did."""
    running = [asyncio.ensure_future(reviewer), asyncio.ensure_future(console)]
    try:
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await asyncio.wait(running)
    finally:
        for task in running:
            task.cancel()
    for task in running:
        task.result()
