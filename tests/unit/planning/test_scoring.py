"""Rows become scored texts, by the tokens and scores that serve."""

from collections.abc import Callable, Sequence

from moderator.contracts.labels import LABELS
from moderator.contracts.scores import Scores, Tokens
from moderator.pipeline.ports import nothing
from moderator.planning.scoring import CHUNK, score_rows
from moderator.policy.traffic import ScoredText

MOOD = (0.2, 0.5, 0.3)


class LengthClassifier:
    """Scores a text by its length, in hundredths; "?" is unreadable, "ñ" foreign, "..." too long."""

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        return [
            Tokens(
                ([len(text)],),
                truncated=text == "...",
                unreadable=text == "?",
                unsupported_language=text == "ñ",
            )
            for text in texts
        ]

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] = nothing) -> list[Scores]:
        return [Scores((tokens.windows[0][0] / 100,) * len(LABELS), MOOD) for tokens in texts]


def test_truths_are_those_of_the_row() -> None:
    """A label that it does not mention is not known."""
    (text,) = score_rows(LengthClassifier(), [("abc", {"toxic": 1, "spam": 0})], lambda _done: None).texts
    assert text == ScoredText((0.03,) * 8, (True, None, None, None, None, None, None, False))


def test_what_scores_do_not_decide_is_left_out_and_counted() -> None:
    """Each of the three, wherever it stands."""
    rows = [(text, {"toxic": 0}) for text in ("a", "?", "ñ", "ab", "...")]
    scored = score_rows(LengthClassifier(), rows, lambda _done: None)
    assert [text.scores[0] for text in scored.texts] == [0.01, 0.02]
    assert scored.left_out == 3


def test_all_chunks_are_scored_in_order() -> None:
    """And the progress adds up."""
    done: list[int] = []
    rows = [("a" * (number % 90 + 1), {"toxic": 0}) for number in range(2 * CHUNK + 1)]
    scored = score_rows(LengthClassifier(), rows, done.append)
    assert [text.scores[0] for text in scored.texts] == [len(text) / 100 for text, _ in rows]
    assert sum(done) == len(rows)
