"""The held-out figures: what each is called, and how it is computed from scores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, recall_score, roc_auc_score

from moderator.contracts.labels import LABELS, SENTIMENTS, Label, SentimentLabel
from moderator.policy.thresholds import Policy
from moderator.training.calibration_error import expected_calibration_error
from moderator.training.heldout import HeldOutRow

HALF = 0.5  # the threshold where a benchmark has no validation split: calibrated scores make it "more likely than not"
CANDIDATES = np.arange(1, 200) / 200
FLAGGED_BY_OPENAI = (Label.TOXIC, Label.INSULT, Label.THREAT, Label.HATE, Label.SEXUAL, Label.SELF_HARM)

Array = npt.NDArray[np.float64]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class ScoredSplit:
    """One split of a benchmark with its scores: labels [rows, 8], sentiment [rows, 3]."""

    rows: Sequence[HeldOutRow]
    labels: Array
    sentiment: Array

    def label(self, label: Label, name: str | None = None) -> tuple[npt.NDArray[np.int64], Array]:
        """What is wanted of `label` where it is known (under `name`, when the benchmark calls it otherwise) and its
        scores there.
        """
        name = name or label
        known = [index for index, row in enumerate(self.rows) if name in row.labels]
        wanted = np.array([self.rows[index].labels[name] for index in known], dtype=np.int64)
        return wanted, self.labels[known, LABELS.index(label)]

    @property
    def sentiments(self) -> npt.NDArray[np.int64]:
        """The wanted sentiment of each row."""
        return np.array([row.sentiment for row in self.rows], dtype=np.int64)


Splits = Mapping[tuple[str, str], ScoredSplit]


def macro_f1(wanted: npt.NDArray[np.int64], flags: npt.NDArray[np.bool_]) -> float:
    """Mean of the F1 of both classes."""
    return float(f1_score(wanted, flags, average="macro"))


def best_threshold(wanted: npt.NDArray[np.int64], scores: Array) -> float:
    """The score, in steps of .005, from which macro-F1 is highest; the lowest such."""
    return float(max(CANDIDATES, key=lambda threshold: macro_f1(wanted, scores >= threshold)))


def escalated(split: ScoredSplit, policy: Policy) -> npt.NDArray[np.bool_]:
    """Which labels [rows, 8] reach their `escalate_at`."""
    return split.labels >= np.array([threshold.escalate_at for threshold in policy.thresholds])


def not_allowed(split: ScoredSplit, policy: Policy) -> npt.NDArray[np.bool_]:
    """Whether any label of each row reaches its `escalate_at`."""
    flags: npt.NDArray[np.bool_] = np.logical_or.reduce(escalated(split, policy), axis=1)
    return flags


def accuracy_by_side(name: str, wanted: npt.NDArray[np.int64], flags: npt.NDArray[np.bool_]) -> Figures:
    """Accuracy on all, hateful and non-hateful rows of a set of functional tests."""
    right = flags == wanted
    return {
        f"{name}, accuracy": float(right.mean()),
        f"{name}, accuracy on hateful": float(right[wanted == 1].mean()),
        f"{name}, accuracy on non-hateful": float(right[wanted == 0].mean()),
    }


def tweeteval(splits: Splits) -> Figures:
    """Barbieri et al. 2020; thresholds of the two-class tasks from their own validation splits."""
    figures: Figures = {}
    for task, label in (("offensive", Label.TOXIC), ("hate", Label.HATE)):
        threshold = best_threshold(*splits[f"tweeteval_{task}", "val"].label(label))
        wanted, scores = splits[f"tweeteval_{task}", "test"].label(label)
        figures[f"TweetEval {task}, macro-F1"] = macro_f1(wanted, scores >= threshold)
    test = splits["tweeteval_sentiment", "test"]
    recall = recall_score(test.sentiments, test.sentiment.argmax(axis=1), average="macro")
    figures["TweetEval sentiment, macro-recall"] = float(recall)
    return figures


def sst2(splits: Splits) -> Figures:
    """Negative against positive, the neutral score left out: the sentences have no neutral class."""
    dev = splits["sst2", "dev"]
    negative, positive = (SENTIMENTS.index(name) for name in (SentimentLabel.NEGATIVE, SentimentLabel.POSITIVE))
    found = np.where(dev.sentiment[:, positive] > dev.sentiment[:, negative], positive, negative)
    return {"SST-2 dev, accuracy": float(accuracy_score(dev.sentiments, found))}


def wikipedia(splits: Splits) -> Figures:
    """Dixon et al. 2018; in the fuzzed copy every identity term is exchanged for another."""
    plain, fuzzed = (
        float(roc_auc_score(*splits[name, "test"].label(Label.TOXIC))) for name in ("wiki_nonfuzzed", "wiki_fuzzed")
    )
    return {
        "Wikipedia, toxic AUC": plain,
        "Wikipedia fuzzed, toxic AUC": fuzzed,
        "Wikipedia, AUC lost by fuzzing": plain - fuzzed,
    }


def rare_labels(splits: Splits, policy: Policy) -> Figures:
    """Threat in EDOS; SMS and YouTube spam, flagged when spam is more likely than not, and by the policy."""
    figures = {"EDOS threat, AP": float(average_precision_score(*splits["edos", "test"].label(Label.THREAT)))}
    escalate_at = policy.thresholds[LABELS.index(Label.SPAM)].escalate_at
    for title, name in (("SMS", "sms_spam"), ("YouTube", "youtube_spam")):
        wanted, scores = splits[name, "test"].label(Label.SPAM)
        figures[f"{title} spam, macro-F1"] = macro_f1(wanted, scores >= HALF)
        figures[f"{title} spam by the policy, macro-F1"] = macro_f1(wanted, scores >= escalate_at)
    return figures


def hate_checks(splits: Splits, policy: Policy) -> Figures:
    """HateCheck (Röttger et al. 2021) and HatemojiCheck (Kirk et al. 2022), flagged by what the policy would not allow:
    for its hate score, and for any score. Then by the hate threshold that is best on HatemojiBuild's validation split:
    like them it is written to be hard, and no row of it is theirs.
    """
    figures: Figures = {}
    tuned = best_threshold(*splits["hatemojibuild", "val"].label(Label.HATE))
    for title, name in (("HateCheck", "hatecheck"), ("HatemojiCheck", "hatemojicheck")):
        test = splits[name, "test"]
        wanted, scores = test.label(Label.HATE)
        hateful = escalated(test, policy)[:, LABELS.index(Label.HATE)]
        figures |= accuracy_by_side(f"{title} by the policy", wanted, hateful)
        figures |= accuracy_by_side(f"{title} by any label of the policy", wanted, not_allowed(test, policy))
        figures |= accuracy_by_side(f"{title} by HatemojiBuild's threshold", wanted, scores >= tuned)
    return figures


def openai(splits: Splits) -> Figures:
    """Markov et al. 2023, without its rows about minors, which our copy leaves out. Any flag: one of the known
    categories holds; its score is the highest of the labels that correspond to one (obscene and spam do not).
    """
    test = splits["openai_mod", "test"]
    wanted = np.array([int(any(row.labels.values())) for row in test.rows])
    highest = test.labels[:, [LABELS.index(label) for label in FLAGGED_BY_OPENAI]].max(axis=1)
    figures = {"OpenAI-1680, any flag, AUPRC": float(average_precision_score(wanted, highest))}
    for name, label in (("S", Label.SEXUAL), ("H", Label.HATE), ("V", Label.THREAT), ("SH", Label.SELF_HARM)):
        figures[f"OpenAI-1680, {label}, AP"] = float(average_precision_score(*test.label(label, f"oa_{name}")))
    return figures


def xstest(splits: Splits, policy: Policy) -> Figures:
    """Röttger et al. 2024: the part of its safe prompts that the policy does not allow, and that it blocks."""
    test = splits["xstest", "test"]
    safe = np.array([row.labels["unsafe"] == 0 for row in test.rows])
    block_at = np.array([threshold.block_at for threshold in policy.thresholds])
    return {
        "XSTest, safe prompts flagged": float(not_allowed(test, policy)[safe].mean()),
        "XSTest, safe prompts blocked": float((test.labels[safe] >= block_at).any(axis=1).mean()),
    }


def pooled(splits: Splits, label: Label) -> tuple[npt.NDArray[np.int64], Array]:
    """What is wanted of `label` and its scores over all test rows that know it, of sets that know both sides."""
    pairs = [split.label(label) for (_, name), split in splits.items() if name == "test"]
    pairs = [(wanted, scores) for wanted, scores in pairs if len(set(wanted.tolist())) == 2]
    none = (np.zeros(0, dtype=np.int64), np.zeros(0))
    wanted, scores = zip(*(pairs or [none]), strict=True)
    return np.concatenate(wanted), np.concatenate(scores)


def by_label(splits: Splits) -> Figures:
    """AP and expected calibration error of each label over all test rows that know it, and the worst of the errors."""
    figures: Figures = {}
    errors: list[float] = []
    for label in LABELS:
        wanted, scores = pooled(splits, label)
        if not len(wanted):
            continue
        errors.append(expected_calibration_error(scores, wanted))
        figures[f"{label}, all test rows, AP"] = float(average_precision_score(wanted, scores))
        figures[f"{label}, all test rows, calibration error"] = errors[-1]
    return figures | {"Worst label, all test rows, calibration error": max(errors)}


BENCHMARKS: tuple[Callable[[Splits], Figures], ...] = (tweeteval, sst2, wikipedia, openai, by_label)
POLICY_BENCHMARKS: tuple[Callable[[Splits, Policy], Figures], ...] = (rare_labels, hate_checks, xstest)


def all_figures(splits: Splits, policy: Policy) -> Figures:
    """Every figure."""
    figures: Figures = {}
    for benchmark in BENCHMARKS:
        figures |= benchmark(splits)
    for by_policy in POLICY_BENCHMARKS:
        figures |= by_policy(splits, policy)
    return figures
