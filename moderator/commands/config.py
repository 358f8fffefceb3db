"""`moderator config`: the settings in force."""

import click
from pydantic_core import to_json

from moderator.commands.failures import reported_failures
from moderator.config import load_settings
from moderator.settings_table import describe_settings


@click.group()
def config() -> None:
    """The settings in force."""


@config.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table")
def show(*, as_json: bool) -> None:
    """Every setting: its variable, its value, what it is for. Secrets are masked; changed ones are marked with *."""
    with reported_failures():
        lines = describe_settings(load_settings())
        if as_json:
            click.echo(to_json({line.name: line.value for line in lines}, indent=2))
            return
        width = max(len(line.name) for line in lines)
        for line in lines:
            mark = "*" if line.changed else " "
            value = click.style(f"{line.value:<28}", bold=line.changed)
            click.echo(f"{mark} {line.name:<{width}}  {value} {line.description}".rstrip())
