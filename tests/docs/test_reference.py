"""docs/reference is what the program says, and says everything."""

from enum import StrEnum
from pathlib import Path

import click
import pytest
from prometheus_client import CollectorRegistry

from handbook.__main__ import FOLDER, main
from handbook.errors_page import CLOSED_LISTS
from handbook.types import kind_of
from moderator.__main__ import COMMANDS
from moderator.__main__ import main as program
from moderator.config import Settings, TopicSettings
from moderator.contracts.schemas import CONTRACTS, schema_of
from moderator.errors import ModeratorError
from moderator.exit_codes import ExitCode
from moderator.settings_table import describe_settings
from moderator.telemetry.metrics import Metrics


def page(name: str) -> str:
    """A page of the reference."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def test_no_drift(capsys: pytest.CaptureFixture[str]) -> None:
    """A setting, metric, error, command or contract cannot change without its page; `make reference` writes them."""
    assert main(["--check"]) == 0, capsys.readouterr().err


def test_writes_then_agrees_then_names_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check sees a missing page and an altered one, and names them."""
    folder = tmp_path / "reference"
    assert main(["--folder", str(folder), "--check"]) == 1
    assert main(["--folder", str(folder)]) == 0
    assert main(["--folder", str(folder), "--check"]) == 0
    capsys.readouterr()
    (folder / "errors.md").write_text("# Errors\n", encoding="utf-8")
    assert main(["--folder", str(folder), "--check"]) == 1
    assert capsys.readouterr().err == f"{folder / 'errors.md'} is not what the program says: make reference\n"


def test_every_setting_has_its_row() -> None:
    """With its default and its meaning."""
    rows = {line.split("`")[1]: line for line in page("settings").splitlines() if line.startswith("| `")}
    for setting in describe_settings(Settings.model_construct()):
        row = rows.pop(setting.name)
        assert setting.description
        assert setting.description in row
        assert not setting.default or f"`{setting.default}`" in row
    assert rows == {}


def test_every_metric_has_its_row() -> None:
    """With type, unit, labels and meaning."""
    text = page("metrics")
    for metric in Metrics(CollectorRegistry()).table:
        kind = f"{metric.kind}, {metric.unit}".rstrip(", ")
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        assert f"| `{metric.name}` | {kind} | {labels} | {metric.meaning} |" in text


def test_every_exit_code_and_exception_is_told() -> None:
    """A supervisor's rules, and what stderr names, are found."""
    text = page("errors")
    assert [code for code in ExitCode if f"| {int(code)} | `{code.name}` |" not in text] == []

    def below(kind: type[ModeratorError]) -> list[type[ModeratorError]]:
        return [found for each in kind.__subclasses__() for found in (each, *below(each))]

    ours = [kind.__name__ for kind in below(ModeratorError) if kind.__module__ == "moderator.errors"]
    assert [name for name in ours if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("title", CLOSED_LISTS)
def test_every_code_is_told(title: str) -> None:
    """Of dead letters, reasons and referrals, under its heading."""
    section = page("errors").partition(f"## {title}\n")[2].partition("\n## ")[0]
    codes: type[StrEnum] = CLOSED_LISTS[title][0]
    assert [code for code in codes if f"- `{code}`" not in section] == []


def commands(command: click.Command, context: click.Context) -> list[tuple[str, click.Command]]:
    """A command and those below it, by how they are called."""
    found = [(context.command_path, command)]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            found += commands(below, click.Context(below, info_name=name, parent=context))
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_is_told_with_its_options(name: str) -> None:
    """What `--help` lists, a reader without the program finds."""
    root = click.Context(program, info_name="moderator")
    command = program.get_command(root, name)
    assert command is not None
    for path, each in commands(command, click.Context(command, info_name=name, parent=root)):
        section = page("cli").partition(f" {path}\n")[2].partition("\n#")[0]
        options = [option for parameter in each.params for option in parameter.opts if option.startswith("--")]
        assert section
        assert [option for option in options if option not in section] == []


@pytest.mark.parametrize("topic", TopicSettings().model_dump().values())
def test_every_topic_is_told(topic: str) -> None:
    """With what is on it."""
    assert f"| `{topic}` | `MODERATOR_TOPICS__" in page("schemas")


@pytest.mark.parametrize("noun", CONTRACTS)
def test_every_field_is_told(noun: str) -> None:
    """Of the contract and of its parts."""
    schema = schema_of(noun)
    parts = [schema, *(part for part in schema.get("$defs", {}).values() if "properties" in part)]
    fields = {field for part in parts for field in part["properties"]}
    assert {field for field in fields if f"| `{field}` |" not in page("schemas")} == set()


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 10_000}, "integer, from 1 to 10,000"),
        ({"type": "number", "exclusiveMinimum": 0}, "number, above 0"),
        ({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}, "number, from 0"),
        ({"anyOf": [{"type": "string", "format": "path"}, {"type": "null"}]}, "path"),
        ({"type": ["string", "integer", "null"], "maxLength": 512}, "text or integer, of at most 512 characters"),
        ({"enum": ["user", "ai", None]}, "`user`, `ai`"),
        ({"type": "array", "items": {"$ref": "#/$defs/Label"}}, "list of [Label](#label)"),
    ],
)
def test_what_a_schema_allows_is_told_in_words(schema: dict[str, object], words: str) -> None:
    """Bounds, values, alternatives; what may be unset goes without saying."""
    assert kind_of(schema) == words
