"""Lengths of time on the command line."""

import re

import click

UNITS_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


class Duration(click.ParamType):
    """`90s`, `30m`, `1h`, `7d` as milliseconds."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Fails the command when it is none."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d+)([smhd])", str(value))
        if match is None:
            self.fail(f"{value!r} is no duration such as 90s, 30m, 1h, 7d", param, ctx)
        return int(match[1]) * UNITS_MS[match[2]]
