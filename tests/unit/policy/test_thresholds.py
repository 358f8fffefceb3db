"""A policy file is read whole, and refused whole, with everything that is wrong in it."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.message import Message, TextSource
from moderator.contracts.verdict import Outcome
from moderator.errors import ConfigError
from moderator.policy.thresholds import Policy, Threshold, load_policy, parse_policy

LINE = {"escalate_at": 0.5, "block_at": 0.9}


def table(labels: dict[str, Any] | None = None, overrides: list[Any] | None = None, **others: Any) -> dict[str, Any]:
    """A sound policy table, but for what is given."""
    chosen = {**{label.value: LINE for label in LABELS}, **(labels or {})}
    return {"version": "1", "labels": chosen, "overrides": overrides or [], **others}


def problems(policy: dict[str, Any]) -> list[str]:
    """What is wrong with a table, without the file's name."""
    with pytest.raises(ConfigError) as refusal:
        parse_policy(policy, "policy.toml", "0")
    assert all(problem.startswith("policy.toml: ") for problem in refusal.value.problems)
    return [problem.removeprefix("policy.toml: ") for problem in refusal.value.problems]


def parsed(*overrides: dict[str, Any]) -> Policy:
    """A sound policy with these overrides."""
    return parse_policy(table(overrides=list(overrides)), "policy.toml", "0")


def message(**fields: Any) -> Message:
    """A message with these fields beside its text."""
    return Message(id="m-1", text="Good morning!", **fields)


def override(escalate_at: float, *labels: Label, **selectors: str) -> dict[str, Any]:
    """One override of the file."""
    return {**selectors, "labels": {label.value: {"escalate_at": escalate_at, "block_at": 0.95} for label in labels}}


def escalates_at(policy: Policy, to: Message, label: Label = Label.SPAM) -> float:
    """The threshold that holds for a message."""
    return policy.thresholds_for(to)[LABELS.index(label)].escalate_at


def test_a_file(tmp_path: Path) -> None:
    """Thresholds come in the order of the model's outputs, whatever the file's; the hash is of the file's bytes."""
    lines = "".join(f"[labels.{label}]\nescalate_at = 0.{n}\nblock_at = 0.95\n" for n, label in enumerate(LABELS, 1))
    blocks = lines.split("[")[1:]
    content = 'version = "7"\n' + "".join(f"[{block}" for block in reversed(blocks))
    file = tmp_path / "policy.toml"
    file.write_text(content)
    policy = load_policy(file)
    assert policy.version == "7"
    assert policy.hash == hashlib.sha256(content.encode()).hexdigest()[:16]
    assert [threshold.escalate_at for threshold in policy.thresholds] == [n / 10 for n in range(1, len(LABELS) + 1)]


def test_no_file(tmp_path: Path) -> None:
    """A path that leads nowhere is named."""
    with pytest.raises(ConfigError, match=r"nowhere\.toml: cannot be read: No such file"):
        load_policy(tmp_path / "nowhere.toml")


@pytest.mark.parametrize("content", [b"version = ", b"\xff"])
def test_no_toml(tmp_path: Path, content: bytes) -> None:
    """A file that is no TOML, or no text, is named."""
    file = tmp_path / "policy.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"policy\.toml: not TOML: "):
        load_policy(file)


@pytest.mark.parametrize(
    ("threshold", "problem"),
    [
        ({"escalate_at": 0.9, "block_at": 0.5}, "labels.hate: escalate_at 0.9 must be below block_at 0.5"),
        ({"escalate_at": 0.5, "block_at": 0.5}, "labels.hate: escalate_at 0.5 must be below block_at 0.5"),
        ({"escalate_at": 0.0, "block_at": 0.5}, "labels.hate.escalate_at: Input should be greater than 0"),
        ({"escalate_at": 0.5, "block_at": 1.1}, "labels.hate.block_at: Input should be less than or equal to 1"),
        ({"escalate_at": float("nan"), "block_at": 0.5}, "labels.hate.escalate_at: Input should be a finite number"),
        ({"escalate_at": 0.5, "block_at": float("inf")}, "labels.hate.block_at: Input should be a finite number"),
        ({"escalate_at": 0.5}, "labels.hate.block_at: Field required"),
        ({**LINE, "warn_at": 0.1}, "labels.hate.warn_at: Extra inputs are not permitted"),
    ],
)
def test_impossible_thresholds(threshold: dict[str, float], problem: str) -> None:
    """Thresholds that would never escalate, always fire or compare with nothing are refused; so is a misspelt one."""
    assert problems(table({"hate": threshold})) == [problem]
    in_override = problem.replace("labels.hate", "overrides.0.labels.hate")
    assert problems(table(overrides=[{"tenant": "eu", "labels": {"hate": threshold}}])) == [in_override]


def test_every_problem_together() -> None:
    """Whoever mends a policy file mends it once."""
    policy = table(
        {"rude": LINE, "hate": {"escalate_at": 0.9, "block_at": 0.5}, "toxic": {"escalate_at": 2, "block_at": 0.5}},
        [
            {"labels": {"spam": LINE}},
            {"tenant": "eu", "labels": {}},
            {"source": "bot", "labels": {"rude": LINE}},
            {"tenat": "eu", "labels": {"spam": LINE}},
            {"channel": "lobby"},
            {"channel": "lobby", "unsupported_language": "defer"},
        ],
        unsupported_language="ignore",
        version="",
        mood="strict",
    )
    del policy["labels"]["spam"]
    found = problems(policy)
    for part in (
        "labels.spam: missing",
        "labels.rude: Input should be 'toxic'",
        "labels.hate: escalate_at 0.9 must be below",
        "labels.toxic.escalate_at: ",
        "overrides.0: needs a tenant, a channel or a source",
        "overrides.1.labels: ",
        "overrides.2.source: ",
        "overrides.2.labels.rude: ",
        "overrides.3: needs a tenant, a channel or a source",
        "overrides.3.tenat: Extra inputs are not permitted",
        "overrides.4: needs labels or unsupported_language",
        "overrides.5.unsupported_language: Input should be 'allow', 'block' or 'escalate'",
        "unsupported_language: Input should be 'allow', 'block' or 'escalate'",
        "version: ",
        "mood: Extra inputs are not permitted",
    ):
        assert [problem for problem in found if problem.startswith(part)], part
    assert len(found) == 15


@pytest.mark.parametrize("policy", [{}, {"version": "1"}, {"version": 1, "labels": []}, table(overrides="none")])  # type: ignore[arg-type]
def test_no_policy_at_all(policy: dict[str, Any]) -> None:
    """A table of another shape ends in problems, not in a trace."""
    assert problems(policy)


@pytest.mark.parametrize("selector", [{"tenant": "eu"}, {"channel": "lobby"}, {"source": "ai"}])
def test_an_override_is_for_those_it_selects(selector: dict[str, str]) -> None:
    """Each selector works alone, and nobody else's thresholds move."""
    policy = parsed(override(0.7, Label.SPAM, **selector))
    assert escalates_at(policy, message(**selector)) == 0.7
    assert escalates_at(policy, message(**dict.fromkeys(selector, TextSource.USER))) == 0.5
    assert escalates_at(policy, message()) == 0.5


def test_every_selector_must_match() -> None:
    """An override for one channel of one tenant is for no other tenant's channel of that name."""
    policy = parsed(override(0.7, Label.SPAM, tenant="eu", channel="lobby", source="ai"))
    assert escalates_at(policy, message(tenant="eu", channel="lobby", source="ai")) == 0.7
    for other in ({"tenant": "us"}, {"channel": "arena"}, {"source": "user"}):
        assert escalates_at(policy, message(**{"tenant": "eu", "channel": "lobby", "source": "ai", **other})) == 0.5


def test_later_overrides_win() -> None:
    """Overrides apply in the file's order, label by label, so a general one may be refined by those below it."""
    policy = parsed(override(0.6, Label.SPAM, Label.HATE, tenant="eu"), override(0.7, Label.SPAM, channel="lobby"))
    both = message(tenant="eu", channel="lobby")
    assert (escalates_at(policy, both), escalates_at(policy, both, Label.HATE)) == (0.7, 0.6)
    assert escalates_at(policy, both, Label.TOXIC) == 0.5
    swapped = parsed(override(0.7, Label.SPAM, channel="lobby"), override(0.6, Label.SPAM, Label.HATE, tenant="eu"))
    assert escalates_at(swapped, both) == 0.6


def test_an_override_leaves_the_base_alone() -> None:
    """One message's override is gone at the next message."""
    policy = parsed(override(0.7, Label.SPAM, tenant="eu"))
    policy.thresholds_for(message(tenant="eu"))
    assert policy.thresholds_for(message()) == (Threshold(escalate_at=0.5, block_at=0.9),) * len(LABELS)


def test_an_unsupported_language_escalates_unless_the_policy_says_otherwise() -> None:
    """A file without the setting stays valid; an override for a channel changes it there, and no threshold."""
    assert parsed().unsupported_language_for(message()) is Outcome.ESCALATE
    policy = parse_policy(
        table(
            overrides=[
                {"tenant": "eu", "unsupported_language": "block"},
                {"tenant": "eu", "channel": "espanol", "unsupported_language": "allow"},
                override(0.7, Label.SPAM, channel="espanol"),
            ],
            unsupported_language="escalate",
        ),
        "policy.toml",
        "0",
    )
    assert policy.unsupported_language_for(message(channel="espanol")) is Outcome.ESCALATE
    assert policy.unsupported_language_for(message(tenant="eu")) is Outcome.BLOCK
    both = message(tenant="eu", channel="espanol")
    assert policy.unsupported_language_for(both) is Outcome.ALLOW
    assert (escalates_at(policy, both), escalates_at(policy, message(tenant="eu"))) == (0.7, 0.5)
