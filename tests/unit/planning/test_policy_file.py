"""The present policy with the planned bands in it: reviewable, and nothing else changed."""

import tomllib
from pathlib import Path

import pytest

from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError
from moderator.planning.policy_file import difference, planned_policy
from moderator.policy.thresholds import load_policy

TABLES = "".join(f"[labels.{label}]\nescalate_at = 0.5  # measured\nblock_at = 0.9  # kept\n" for label in LABELS)
INLINE = "[labels]\n" + "".join(f"{label} = {{ escalate_at = 0.5, block_at = 0.9 }}\n" for label in LABELS)
OVERRIDES = '[[overrides]]\ntenant = "kids"\nlabels = { toxic = { escalate_at = 0.3, block_at = 0.6 } }\n'
HEAD = '# Of the trust team.\nversion = "7"  # by hand\nunsupported_language = "allow"\n'
STARTS = (0.25, *(0.5,) * (len(LABELS) - 1))


def written(folder: Path, text: str) -> Path:
    """A policy file."""
    file = folder / "policy.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("labels", [TABLES, INLINE], ids=["tables", "inline"])
def test_only_the_bands_and_the_version_change(tmp_path: Path, labels: str) -> None:
    """In either way of writing; comments and overrides stay."""
    file = written(tmp_path, HEAD + labels + OVERRIDES)
    text = planned_policy(file, STARTS, 0.1, "why")
    present = tomllib.loads(file.read_text(encoding="utf-8"))
    present["version"] = "7-risk-0.1"
    present["labels"]["toxic"]["escalate_at"] = 0.25
    assert tomllib.loads(text) == present
    changes = [line for line in difference(file, text, tmp_path / "new.toml").splitlines()[2:] if line[0] in "+-"]
    assert len(changes) == 5
    assert changes[0].endswith("why")
    assert "measured" not in changes[-1]  # what was said of the former threshold


def test_the_result_loads_and_can_be_planned_again(tmp_path: Path) -> None:
    """Without a trace of the plan before."""
    file = written(tmp_path, planned_policy(written(tmp_path, HEAD + TABLES), STARTS, 0.1, "first"))
    again = written(tmp_path, planned_policy(file, (0.125, *STARTS[1:]), 0.05, "second"))
    policy = load_policy(again)
    assert policy.version == "7-risk-0.05"
    assert policy.thresholds[0].escalate_at == 0.125
    assert "first" not in again.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_edited_line_by_line_is_refused(tmp_path: Path) -> None:
    """Rather than rewritten without its comments, or wrongly."""
    dotted = "".join(f"labels.{label}.escalate_at = 0.5\nlabels.{label}.block_at = 0.9\n" for label in LABELS)
    with pytest.raises(ConfigError, match=r"write a table \[labels.toxic\]"):
        planned_policy(written(tmp_path, HEAD + dotted), STARTS, 0.1, "why")
