"""`moderator agent` with a part that fails and quotes what it was given, as libraries do; the argument says which."""

import sys
from collections.abc import Sequence

from moderator import bootstrap, judgement
from moderator.__main__ import main
from moderator.contracts.scores import Tokens
from moderator.inference.classifier import OnnxClassifier
from moderator.pipeline.account import Account
from moderator.pipeline.batch import Answer, Batch

GUILTY = "the-guilty-one"


class GuiltyTextClassifier(OnnxClassifier):
    """Fails on every batch with a text that holds GUILTY."""

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Fails, or not."""
        if any(GUILTY in text for text in texts):
            raise RuntimeError(f"cannot read {texts}")
        return super().tokenize(texts)


class BrokenAccount(Account):
    """A bug on the event loop, past what is retried."""

    def published(self, batch: Batch, answers: Sequence[Answer]) -> None:
        """Fails."""
        raise RuntimeError(f"cannot count {batch.records} with {answers}")


# Where each part is made.
PARTS = {
    "classifier": (judgement, "OnnxClassifier", GuiltyTextClassifier),
    "account": (bootstrap, "Account", BrokenAccount),
}

if __name__ == "__main__":
    setattr(*PARTS[sys.argv[1]])
    main(["agent"])
