"""docs/reference/cli.md: every subcommand with its options, as `--help` tells them."""

from collections.abc import Iterator
from inspect import cleandoc

import click

from handbook.tables import page, table
from moderator.__main__ import COMMANDS, main

INTRODUCTION = """\
`moderator COMMAND --help` shows the same. Settings come from the environment: [settings](settings.md). What
the program ends with: [exit codes](errors.md#exit-codes)."""


def commands_page() -> str:
    """The page."""
    root = click.Context(main, info_name="moderator")
    parts = [
        INTRODUCTION,
        table(("command", ""), ((f"[`{name}`](#moderator-{name})", told) for name, told in COMMANDS.items())),
    ]
    for name in COMMANDS:
        command = main.get_command(root, name)
        if command is not None:
            parts += _told(command, click.Context(command, info_name=name, parent=root))
    return page("Command line", *parts)


def _told(command: click.Command, context: click.Context, depth: int = 2) -> Iterator[str]:
    yield f"{'#' * depth} {context.command_path}"
    yield cleandoc(command.help or "").replace("\b\n", "")
    yield f"```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```"
    with_help = (parameter.get_help_record(context) for parameter in command.get_params(context))
    # Of a choice the values after commas: readers of tables disagree about a bar inside of code.
    rows = [(f"`{name.replace('|', ', ')}`", told) for name, told in filter(None, with_help) if "--help" not in name]
    if rows:
        yield table(("option", "meaning"), rows)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _told(below, click.Context(below, info_name=name, parent=context), depth + 1)
