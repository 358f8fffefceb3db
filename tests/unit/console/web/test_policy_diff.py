"""The suggested patch changes thresholds and nothing else, and says what speaks for each."""

import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest

from moderator.console.web.policy_diff import patch
from moderator.console.web.suggestion import Change
from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.policy.editing import End

HEAD = '# Of the trust team.\nversion = "7"  # by hand\n\n'
TABLES = "".join(f"[labels.{label}]\nescalate_at = 0.4  # measured\nblock_at = 0.8  # kept\n" for label in LABELS)
INLINE = "[labels]\n" + "".join(f"{label} = {{ escalate_at = 0.4, block_at = 0.8 }}  # mine\n" for label in LABELS)
OVERRIDE = '[[overrides]]\ntenant = "kids"\nlabels = { insult = { escalate_at = 0.3, block_at = 0.6 } }\n'
CHANGES = [
    Change(Label.INSULT, End.ESCALATE_AT, 0.4, 0.56, 2, 412),
    Change(Label.TOXIC, End.BLOCK_AT, 0.8, 0.72, 0, 250),
]
TODAY = date(2026, 5, 4)


@pytest.mark.parametrize("labels", [TABLES, INLINE], ids=["tables", "inline"])
def test_the_patch_applies_and_changes_only_the_thresholds(tmp_path: Path, labels: str) -> None:
    """In either way of writing; other comments and overrides stay."""
    file = tmp_path / "policy.toml"
    file.write_text(HEAD + labels + OVERRIDE, encoding="utf-8")
    wanted = tomllib.loads(file.read_text(encoding="utf-8"))
    wanted["version"] = "7-decided-2026-05-04"
    wanted["labels"]["insult"]["escalate_at"] = 0.56
    wanted["labels"]["toxic"]["block_at"] = 0.72
    text = patch(file.read_text(encoding="utf-8"), CHANGES, TODAY)
    subprocess.run(["patch", "-p1", "--quiet"], input=text, text=True, cwd=tmp_path, check=True)
    assert tomllib.loads(file.read_text(encoding="utf-8")) == wanted


def test_each_threshold_says_what_speaks_for_it() -> None:
    """The number of decisions, how many would have been wrong, and between which bounds."""
    added = [line for line in patch(HEAD + TABLES, CHANGES, TODAY).splitlines() if line.startswith("+escalate_at")]
    assert added == ["+escalate_at = 0.56  # was 0.4: of 412 decided below, 2 were blocked, 0.5% (0.0% to 2.4%)"]


def test_a_file_that_cannot_be_edited_line_by_line_is_refused() -> None:
    """Rather than changed wrongly."""
    dotted = "".join(f"labels.{label}.escalate_at = 0.4\nlabels.{label}.block_at = 0.8\n" for label in LABELS)
    with pytest.raises(ConfigError, match="cannot be edited"):
        patch(HEAD + dotted, CHANGES, TODAY)
