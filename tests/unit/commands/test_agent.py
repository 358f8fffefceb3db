"""What the agent's event loop says of errors that nobody awaited."""

import asyncio
import gc
import signal

import pytest
import structlog

from moderator.commands import agent
from moderator.config import Settings

CANARY = "what-a-user-wrote"


async def test_an_error_that_nobody_awaited_is_told_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asyncio would quote it, and it may quote a user."""

    async def careless(_settings: Settings, _controls: object, *, shadow: bool) -> None:
        asyncio.get_running_loop().create_future().set_exception(ValueError(CANARY))
        gc.collect()

    monkeypatch.setattr(agent, "run_agent", careless)
    with structlog.testing.capture_logs() as told:
        await agent._until_signalled(Settings(), shadow=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().remove_signal_handler(number)
    assert [(line["event"], line["error"]) for line in told] == [("an error that nobody awaited", "ValueError")]
    assert CANARY not in str(told)
