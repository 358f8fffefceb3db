"""Numbers on the command line."""

import math

import click


class Number(click.FloatRange):
    """`nan` and `inf` are numbers, but none to reckon with."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Fails the command when it is out of range or not finite."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{number} is out of range", param, ctx)
        return number
