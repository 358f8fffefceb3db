"""When a batch goes from one stage to the next."""

from dataclasses import dataclass


@dataclass(slots=True)
class Times:
    """Monotonic seconds, but for the two lengths; noted by whoever takes the batch over. Stages meet, so they add up.

    An attempt that fails, and the pause after it, count as waiting in the queue: the later stages are those of the
    attempt that the answers came from. In that one whatever is neither decoding nor tokenizing is inference, the search
    for a record that breaks the model too.
    """

    fetched: float
    started: float = 0.0
    decoding: float = 0.0  # seconds long, all parts of the batch together
    tokenizing: float = 0.0  # likewise
    answered: float = 0.0
    turned_to: float = 0.0  # all batches before it are published
    published: float = 0.0
    committed: float = 0.0  # or the commit was refused: the answer is out all the same

    def start(self, now: float) -> None:
        """An attempt begins."""
        self.started, self.decoding, self.tokenizing = now, 0.0, 0.0

    def stages(self) -> dict[str, float]:
        """Seconds in each of STAGES but the first, which differs from message to message. Together they are the time
        from `fetched` to `committed`.
        """
        return {
            "queue": self.started - self.fetched,
            "decode": self.decoding,
            "tokenize": self.tokenizing,
            "infer": self.answered - self.started - self.decoding - self.tokenizing,
            "backpressure": self.turned_to - self.answered,
            "publish": self.published - self.turned_to,
            "commit": self.committed - self.published,
        }
