"""The command line; one subcommand per role."""

from importlib import import_module

import click

from moderator import __version__

COMMANDS = {
    "demo": "Watch messages become verdicts, and decide the uncertain ones.",
    "agent": "Moderate a Kafka topic.",
    "classify": "Give every line of a file a verdict.",
    "reviewer": "Have a large model review what is uncertain.",
    "console": "Have people review, in the browser, what is left to them.",
    "audit": "Has every message its answer? Read off the topics.",
    "compare": "What would a model or policy on trial change? With intervals.",
    "replay": "Does a verdict follow from its record? Compute it once more.",
    "dead-letters": "Look at what got no verdict; send it back once it is mended.",
    "topics": "Create or check topics and rights; a dry run first.",
    "check": "Would an agent with these settings work?",
    "config": "The settings in force.",
    "report": "What it costs, by stage and tier; or by a large model alone.",
    "model": "Import a model of your own; measure any on labelled texts.",
    "policy": "How much to escalate, by what reviewers can do.",
}


class _Commands(click.Group):
    """Imports a subcommand only when it is called: the agent starts without what the demo needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        try:
            command: click.Command = getattr(import_module(f"moderator.commands.{name}"), name)
        except ModuleNotFoundError as error:
            if error.name is None or error.name.startswith("moderator"):
                raise
            raise click.ClickException(f"{cmd_name} needs {error.name}: pip install 'moderator[{cmd_name}]'") from None
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="moderator")
def main() -> None:
    """Streaming content moderation and sentiment on Kafka: a verdict for every message, none lost."""


if __name__ == "__main__":
    main(prog_name="moderator")
