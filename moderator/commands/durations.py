"""Lengths of time on the command line."""

import re
import time

import click

UNITS_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


class Duration(click.ParamType):
    """`90s`, `30m`, `1h`, `7d` as milliseconds."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Fails the command when it is none."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"([0-9]{1,9})([smhd])", str(value))  # more digits are a slip, and too many for Python
        if match is None:
            self.fail(f"{value!r} is no duration such as 90s, 30m, 1h, 7d", param, ctx)
        return int(match[1]) * UNITS_MS[match[2]]


def time_ago(duration_ms: int | None) -> int | None:
    """Milliseconds since the epoch, that long ago. None, for all that is kept, where that is before the epoch: Kafka
    knows no such time.
    """
    if duration_ms is None:
        return None
    since_ms = int(time.time() * 1000) - duration_ms
    return since_ms if since_ms > 0 else None
