"""What the model says of one text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scores:
    """Calibrated scores, 0-1, in the order of LABELS and SENTIMENTS; the three sentiment scores add up to 1."""

    labels: tuple[float, ...]
    sentiment: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text as the model reads it: a window or more of token ids, and whether its end lies past the last one."""

    windows: tuple[list[int], ...]
    truncated: bool = False
    unreadable: bool = False  # the model knows less than half of its words: its scores mean nothing

    @property
    def count(self) -> int:
        """Tokens to read, overlaps counted twice."""
        return sum(map(len, self.windows))
