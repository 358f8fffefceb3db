"""`moderator reviewer`: a large model looks at what the small one could not decide, until told to stop."""

import asyncio
from functools import partial

import click

from moderator.bootstrap_reviewer import run_reviewer
from moderator.commands.failures import reported_failures
from moderator.commands.signals import until_signalled
from moderator.config import load_settings
from moderator.telemetry.log import set_up_logging


@click.command()
def reviewer() -> None:
    """Have a large model review escalations: a decision for each, or its word that people must decide.

    Settings: MODERATOR_REVIEWER__* (`moderator config show`). SIGTERM and SIGINT finish what is in hand and stop.
    Exit codes: 0 stopped, 1 a bug, 2 settings or policy documents, 4 broker unavailable.
    """
    with reported_failures():
        settings = load_settings()
        set_up_logging(settings.log.level)
        asyncio.run(until_signalled(partial(run_reviewer, settings)))
