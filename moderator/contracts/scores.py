"""What the model says of one text."""

from dataclasses import dataclass

from moderator.contracts.labels import LABELS


@dataclass(frozen=True, slots=True)
class Scores:
    """Calibrated scores, 0-1, in the order of LABELS and SENTIMENTS; the three sentiment scores add up to 1."""

    labels: tuple[float, ...]
    sentiment: tuple[float, ...]


# Of a text that the model was not asked about: no label, no mood. Every verdict holds scores; its reason tells.
NOT_SCORED = Scores((0.0,) * len(LABELS), (0.33333, 0.33334, 0.33333))


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text as the model reads it: a window or more of token ids, and whether its end lies past the last one."""

    windows: tuple[list[int], ...]
    truncated: bool = False
    unreadable: bool = False  # the model knows less than half of its words: its scores mean nothing
    unsupported_language: bool = False  # in a language that the model does not read: it is not asked
    key: bytes | None = None  # what its scores are remembered by; equal texts have equal ones
    known: Scores | None = None  # remembered from an equal text: then the model is not asked, and there are no windows

    @property
    def count(self) -> int:
        """Tokens to read, overlaps counted twice."""
        return sum(map(len, self.windows))
