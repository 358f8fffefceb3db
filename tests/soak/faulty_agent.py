"""`moderator agent` whose model fails now and then, and hangs when a file says so."""

import os
import random
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from moderator import judgement
from moderator.__main__ import main
from moderator.contracts.scores import Scores, Tokens
from moderator.inference.classifier import OnnxClassifier

FAILS = 0.01  # of the calls
HANG_FILE = "SOAK_HANG_FILE"


class FaultyClassifier(OnnxClassifier):
    """The shipped one, after its golden set."""

    proven = False
    draw = random.Random(os.getpid())

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] | None = None) -> list[Scores]:
        """Fails, hangs or answers."""
        if self.proven:
            if self.draw.random() < FAILS:
                raise RuntimeError("injected")
            if (file := Path(os.environ[HANG_FILE])).exists():
                file.unlink(missing_ok=True)
                threading.Event().wait()
        self.proven = True
        return super().classify(texts, nearly_done)


if __name__ == "__main__":
    judgement.OnnxClassifier = FaultyClassifier  # type: ignore[attr-defined]  # it makes the classifier
    main(["agent"])
