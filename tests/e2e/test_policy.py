"""`moderator policy plan`: bands for the rows of a file, and arguments and rows that no plan can be made of."""

import json
import random
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.exit_codes import ExitCode
from moderator.inference.manifest import POLICY_FILE, default_model_directory
from moderator.policy.thresholds import load_policy
from tests.e2e.program import run

KIND = ["Have a nice day", "The train leaves at nine", "Thanks for your help", "The soup needs more salt"]
RUDE = ["You are an idiot", "Shut up, you fool", "You are so dumb", "Go away, you clown"]
ENDS = ["today", "again", "as always", "on Monday", "my friend", "honestly", "by the river", "this week"]
SPANISH = "¿Alguien sabe a qué hora empieza la partida de mañana?"
ASKED = ("--capacity", "120", "--messages-per-hour", "50000", "--risk", "0.2")


def row(text: str, **labels: int) -> str:
    """A line of a labelled file."""
    return json.dumps({"text": text, "labels": labels}) + "\n"


def plan(rows: Path, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """The ended program."""
    return run("policy", "plan", "--data", rows, *ASKED, *arguments)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A third of the texts is rude, and four others are labelled so without a sign of it; one is in a language that
    the model does not read.
    """
    rng = random.Random(2)
    file = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    lines = [
        row(
            f"{rng.choice(RUDE if number % 3 == 0 else KIND)}, {rng.choice(ENDS)}",
            toxic=int(number % 3 == 0 or number % 30 == 1),
        )
        for number in range(120)
    ]
    file.write_text("".join([*lines, row(SPANISH, toxic=0)]), encoding="utf-8")
    return file


def test_a_plan(rows: Path, tmp_path: Path) -> None:
    """Tables, figures, a picture and a policy that loads, with the band of the label that the rows know, and no other,
    changed; the difference is shown, and no text of the rows.
    """
    figures, picture, target = tmp_path / "plan.json", tmp_path / "plan.svg", tmp_path / "planned.toml"
    ended = plan(rows, "--harmful-share", "toxic=0.001", "--json", figures, "--plot", picture, "--write", target)
    assert ended.returncode == ExitCode.OK, ended.stderr
    told = ended.stdout.decode()

    made = json.loads(figures.read_text(encoding="utf-8"))
    assert (made["rows"], made["left_out"], made["promised"]) == (120, 1, True)
    assert made["planned"]["escalations"] <= made["capacity"] == 120
    (toxic,) = [part for part in made["planned"]["labels"] if part["label"] == "toxic"]
    assert toxic["carrying"] == 44
    assert toxic["bound"] <= 0.2

    present = load_policy(default_model_directory() / POLICY_FILE)
    planned = load_policy(target)
    for label, before, after in zip(LABELS, present.thresholds, planned.thresholds, strict=True):
        assert after.block_at == before.block_at
        assert after.escalate_at == (toxic["escalate_at"] if label is Label.TOXIC else before.escalate_at)
    assert planned.version != present.version
    assert f"+escalate_at = {toxic['escalate_at']:g}" in told

    assert "< present" in told
    assert "< planned" in told
    assert "Within capacity" in told
    assert "Rows left out: 1" in told
    assert not [text for text in (*KIND, *RUDE) if text in told]
    titles = {each.text for each in ET.parse(picture).iter("{http://www.w3.org/2000/svg}text")}  # noqa: S314  our own
    assert {"all labels", "toxic"} <= titles


def test_too_few_reviewers_are_told_so(rows: Path) -> None:
    """And that the shares are those of the file, of which a third is harmful."""
    ended = plan(rows, "--capacity", "0.5", "--risk", "0.05")
    assert ended.returncode == ExitCode.OK, ended.stderr
    assert "NOT within capacity" in ended.stdout.decode()
    assert "the file's own mix" in ended.stdout.decode()


def test_a_label_that_no_row_carries_is_refused(tmp_path: Path) -> None:
    """By its name, and the others are not planned behind one's back."""
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(row(text, toxic=int(text in RUDE), spam=0) for text in (*KIND, *RUDE)), encoding="utf-8")
    ended = plan(file)
    assert ended.returncode == ExitCode.CONFIG
    assert ended.stderr.decode().splitlines()[-1] == (
        "spam: none of the 8 rows that know it carries it: add some, or leave it out"
    )


def test_rows_that_are_missing_or_malformed_are_refused(tmp_path: Path) -> None:
    """By file and line, without their text."""
    missing = plan(tmp_path / "nowhere.jsonl")
    assert (missing.returncode, missing.stdout) == (ExitCode.CONFIG, b"")
    assert missing.stderr.decode() == f"{tmp_path / 'nowhere.jsonl'}: no such file\n"

    file = tmp_path / "rows.jsonl"
    file.write_text(row(KIND[0], toxic=0) + '{"text": "Nine\n' + row(RUDE[0], toxic=2), encoding="utf-8")
    malformed = plan(file)
    assert (malformed.returncode, malformed.stdout) == (ExitCode.CONFIG, b"")
    told = malformed.stderr.decode().splitlines()
    assert [line.partition(" ")[0] for line in told[1:]] == [f"{file}:2:", f"{file}:3:"]
    assert RUDE[0] not in malformed.stderr.decode()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--capacity", "0"),
        ("--capacity", "nan"),
        ("--messages-per-hour", "-1"),
        ("--messages-per-hour", "inf"),
        ("--risk", "0"),
        ("--risk", "1"),
        ("--risk", "ten"),
        ("--harmful-share", "toxic"),
        ("--harmful-share", "rude=0.1"),
        ("--harmful-share", "toxic=1"),
        ("--model-settles", "1.5"),
    ],
)
def test_numbers_that_no_plan_can_be_made_with_are_refused(option: str, value: str, rows: Path) -> None:
    """By the option's name."""
    ended = plan(rows, option, value)
    assert (ended.returncode, ended.stdout) == (ExitCode.CONFIG, b"")
    assert f"Invalid value for '{option}'" in ended.stderr.decode()


def test_a_policy_is_not_overwritten(rows: Path, tmp_path: Path) -> None:
    """Nor is anything else that is there."""
    target = tmp_path / "policy.toml"
    target.write_text("mine", encoding="utf-8")
    ended = plan(rows, "--write", target)
    assert (ended.returncode, ended.stderr.decode()) == (ExitCode.CONFIG, f"{target}: exists already\n")
    assert target.read_text(encoding="utf-8") == "mine"
