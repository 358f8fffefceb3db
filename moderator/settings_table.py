"""The settings as lines to read: what `moderator config show` prints."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from pydantic import BaseModel, SecretStr

from moderator.config import Settings, variable_name


class SettingLine(NamedTuple):
    """One setting. Values are text, as a variable would hold them; empty where the setting is unset."""

    name: str
    value: str
    default: str
    description: str

    @property
    def changed(self) -> bool:
        """Whether the value is another than the default."""
        return self.value != self.default


def describe_settings(settings: Settings) -> list[SettingLine]:
    """Every setting by the name of its variable, in the order of their definition; secrets are masked."""
    return list(_lines(settings, Settings.model_construct(), ()))


def _lines(section: BaseModel, defaults: BaseModel, path: tuple[str, ...]) -> Iterator[SettingLine]:
    for name, field in type(section).model_fields.items():
        value, default = getattr(section, name), getattr(defaults, name)
        if isinstance(value, BaseModel):
            yield from _lines(value, default, (*path, name))
        else:
            yield SettingLine(variable_name(*path, name), _text(value), _text(default), field.description or "")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return "********"  # whatever its length
    return str(value.value) if isinstance(value, Enum) else str(value)
