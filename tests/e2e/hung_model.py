"""`moderator agent` with a model that answers once, for its golden set, and never again."""

import threading
from collections.abc import Callable, Sequence

from moderator import judgement
from moderator.__main__ import main
from moderator.contracts.scores import Scores, Tokens
from moderator.inference.classifier import OnnxClassifier


class HungClassifier(OnnxClassifier):
    """Waits for ever, as a call into a broken driver does."""

    proven = False

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] | None = None) -> list[Scores]:
        """Answers once."""
        if self.proven:
            threading.Event().wait()
        self.proven = True
        return super().classify(texts, nearly_done)


if __name__ == "__main__":
    judgement.OnnxClassifier = HungClassifier  # type: ignore[attr-defined]  # it makes the classifier
    main(["agent"])
