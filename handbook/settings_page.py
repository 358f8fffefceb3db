"""docs/reference/settings.md: every setting, what it may be, its default."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from handbook.tables import first_paragraph, page, table
from handbook.types import kind_of
from moderator.config import FILE_VARIABLE, PREFIX, Settings
from moderator.settings_table import SettingLine, describe_settings

HEAD = ("variable", "default", "allowed", "meaning")
INTRODUCTION = f"""\
Every setting is a variable of the environment; `{FILE_VARIABLE}` may name a TOML file with the same settings, in a
table a section: `{PREFIX}KAFKA__GROUP_ID=eu` is `group_id = "eu"` under `[kafka]`. A variable wins over the file; an
unknown setting is refused. `moderator config show` prints them with the values in force. What to know about them:
[operations](../operations.md)."""


def settings_page() -> str:
    """The page."""
    schemas = dict(_schemas(Settings.model_json_schema()))
    lines = describe_settings(Settings.model_construct())
    parts = []
    for section, found in groupby(sorted(lines, key=_order), _section):
        parts.append(f"## {section or 'process'}")
        if section:
            parts.append(first_paragraph(Settings.model_fields[section].annotation))
        parts.append(table(HEAD, (_row(line, schemas) for line in found)))
    return page("Settings", INTRODUCTION, *parts)


def _order(line: SettingLine) -> int:
    return [*Settings.model_fields].index(_section(line) or [*Settings.model_fields][-1])


def _section(line: SettingLine) -> str:
    """The table that a setting is in; none for those of the whole process."""
    first, _, rest = line.name.removeprefix(PREFIX).partition("__")
    return first.lower() if rest else ""


def _row(line: SettingLine, schemas: dict[str, Any]) -> tuple[str, str, str, str]:
    default = f"`{line.default}`" if line.default else ""
    return f"`{line.name}`", default, kind_of(schemas[line.name]), line.description


def _schemas(whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schema of each setting, by its variable."""

    def below(part: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, field in part["properties"].items():
            reference = field.get("$ref", "").rpartition("/")[2]
            target = whole["$defs"].get(reference, field)
            if "properties" in target:
                yield from below(target, (*path, name))
            else:
                yield PREFIX + "__".join((*path, name)).upper(), {**target, **field}

    return below(whole, ())
