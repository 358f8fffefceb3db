"""`moderator agent` with a model that fails on everything and quotes what it was given, as libraries do."""

from collections.abc import Callable, Sequence

from moderator import judgement
from moderator.__main__ import main
from moderator.contracts.scores import Scores, Tokens
from moderator.inference.classifier import OnnxClassifier


class QuotingClassifier(OnnxClassifier):
    """Reproduces its golden set, which is classified first; then it fails."""

    proven = False
    texts: Sequence[str] = ()

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Remembers every text."""
        self.texts = [*self.texts, *texts]
        return super().tokenize(texts)

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] | None = None) -> list[Scores]:
        """Fails but for once."""
        if self.proven:
            raise RuntimeError(f"cannot classify {self.texts}")
        self.proven = True
        return super().classify(texts, nearly_done)


if __name__ == "__main__":
    judgement.OnnxClassifier = QuotingClassifier  # type: ignore[attr-defined]  # it makes the classifier
    main(["agent"])
