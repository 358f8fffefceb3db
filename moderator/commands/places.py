"""Places of records on the command line."""

import re

import click

# No more digits than Kafka's own numbers have, and Python reads.
PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,18})")


class Place(click.ParamType):
    """`0:1500` as partition and offset."""

    name = "partition:offset"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Fails the command when it is none."""
        if isinstance(value, tuple):
            return value
        found = PLACE.fullmatch(str(value))
        if found is None:
            self.fail(f"{value!r} is not PARTITION:OFFSET", param, ctx)
        return int(found[1]), int(found[2])
