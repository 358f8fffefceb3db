"""Policy documents: those that ship are sound, and any other is read or refused with all that is wrong with it."""

from pathlib import Path

import pytest
import tokenizers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.review import Escalation
from moderator.errors import ConfigError
from moderator.inference.manifest import default_model_directory
from moderator.review.documents import SECTIONS, SHIPPED, PolicyText, Severity, load_policies
from tests.unit.review.reviewed import escalation

SOUND = """\
+++
id = "rude"
version = "2"
labels = ["insult"]
precedence = 5
rules = [{ id = "rude.1", label = "insult" }]
+++
## INSTRUCTIONS
Judge.
## DEFINITIONS
- Rude: not kind.
## VIOLATES
- rude.1: rude words.
## SAFE
- Kind words.
## EXAMPLES
- "Thanks." Breaks nothing.
"""


def write(directory: Path, **documents: str) -> Path:
    """A folder for each document."""
    for name, text in documents.items():
        (directory / name).mkdir()
        (directory / name / "policy.md").write_text(text, encoding="utf-8")
    return directory


def problems(directory: Path) -> list[str]:
    """Why the documents are refused, without the path to the directory."""
    with pytest.raises(ConfigError) as refused:
        load_policies(directory)
    return [problem.replace(f"{directory}/", "") for problem in refused.value.problems]


def about(*reasons: dict[str, object]) -> Escalation:
    """An escalation for other reasons."""
    return Escalation.model_validate(escalation().model_dump() | {"reasons": reasons})


def chosen(asked: Escalation) -> str | None:
    """Which of the shipped documents is applied."""
    document = load_policies().covering(asked)
    return document.reference.id if document else None


def test_the_shipped_documents_cover_every_label() -> None:
    """Whatever the model scores, a reviewer has rules for."""
    documents = load_policies().documents
    assert {label for document in documents for label in document.labels} == set(LABELS)
    assert [document.reference.id for document in documents if document.default] == ["abuse"]


@pytest.mark.parametrize("document", load_policies().documents, ids=lambda document: document.reference.id)
def test_a_shipped_document_has_the_length_that_works_best(document: PolicyText) -> None:
    """400 to 600 tokens, as the guide to gpt-oss-safeguard says, and four to six examples on both sides."""
    tokenizer = tokenizers.Tokenizer.from_file(str(default_model_directory() / "tokenizer.json"))
    tokenizer.no_truncation()
    assert 400 <= len(tokenizer.encode(document.text).ids) <= 600
    examples = document.sections["EXAMPLES"].split("\n- ")
    assert 4 <= len(examples) <= 6
    harmless = sum("Breaks nothing" in example for example in examples)
    assert 0 < harmless < len(examples)


def test_people_in_distress_break_no_rule() -> None:
    """What is severe about self-harm is to push or equip somebody."""
    rules = {rule.id: rule.severity for d in load_policies().documents for rule in d.rules if rule.label == "self_harm"}
    assert [rule for rule, severity in rules.items() if severity is Severity.SEVERE] == ["self_harm.1", "self_harm.2"]


def test_a_document_is_read_as_its_author_wrote_it(tmp_path: Path) -> None:
    """With a hash that changes with any byte; on Windows too."""
    (document,) = load_policies(write(tmp_path, rude=SOUND)).documents
    assert (document.reference.id, document.reference.version, document.precedence) == ("rude", "2", 5)
    assert tuple(document.sections) == SECTIONS
    assert document.text.startswith("## INSTRUCTIONS\nJudge.\n\n## DEFINITIONS\n")
    (tmp_path / "rude" / "policy.md").write_bytes(SOUND.replace("\n", "\r\n").encode())
    (again,) = load_policies(tmp_path).documents
    assert again.sections == document.sections
    assert again.reference.hash != document.reference.hash


def test_the_highest_precedence_among_those_that_cover_a_label_is_applied() -> None:
    """An escalation can name labels of several documents."""
    assert chosen(escalation(spam=0.4)) == "spam"
    assert chosen(escalation(spam=0.4, threat=0.3)) == "abuse"
    assert chosen(escalation(threat=0.4, self_harm=0.3)) == "self_harm"


def test_a_text_without_a_label_falls_to_the_default() -> None:
    """It was not read, or not to its end; where a label is named beside that, the label counts."""
    assert chosen(about({"code": "unsupported_language"})) == "abuse"
    assert chosen(about({"code": "truncated"})) == "abuse"
    spam = {"code": "escalate_threshold", "label": "spam", "score": 0.4, "threshold": 0.2}
    assert chosen(about(spam, {"code": "truncated"})) == "spam"


def test_a_checked_block_falls_to_the_document_of_the_label_that_it_was_surest_of() -> None:
    """Under another one's rules a right block would look wrong. An allowed text falls to the default."""
    sample: dict[str, object] = {"code": "audit_sample"}
    spam, insult = (
        {"code": "block_threshold", "label": label, "score": score, "threshold": 0.9}
        for label, score in (("spam", 0.99), ("insult", 0.95))
    )
    assert chosen(about(sample, insult, spam)) == "spam"
    assert chosen(about(sample, insult)) == "abuse"
    assert chosen(about(sample)) == "abuse"


def test_what_no_document_covers_has_none(tmp_path: Path) -> None:
    """Nor is a default made up."""
    policies = load_policies(write(tmp_path, rude=SOUND))
    assert policies.covering(escalation(insult=0.4)) is not None
    assert policies.covering(escalation(spam=0.4)) is None
    assert policies.covering(about({"code": "unreadable"})) is None


def test_every_problem_of_every_document_is_named(tmp_path: Path) -> None:
    """File, place and what is wrong, so that one look mends all."""
    write(
        tmp_path,
        again=SOUND,
        cut='+++\nid = "cut"\n',
        plain="# A policy\nBe kind.\n",
        torn="+++\nid = \n+++\n",
        wrong="""\
+++
id = "wrong"
version = 3
labels = ["spam", "spam", "lies"]
precedence = "high"
rules = [{ id = "w.1", label = "threat", severity = "mild" }, { id = "w.1", label = "spam" }, { id = "Not an id" }]
colour = "red"
+++
Be kind.
## INSTRUCTIONS
## VIOLATES
- w.1: something.
- w.9: something else.
## SAFE
- Kind words.
## SAFE
- More of them.
## NOTES
None.
""",
        rude=SOUND,
    )
    (tmp_path / "empty").mkdir()
    (tmp_path / "..data").mkdir()
    labels = "'toxic', 'obscene', 'insult', 'threat', 'hate', 'sexual', 'self_harm' or 'spam'"
    assert problems(tmp_path) == [
        "again/policy.md: id: must be that of its folder, again",
        "cut/policy.md: front matter: has no end: a line that is +++",
        "empty/policy.md: cannot be read: No such file or directory",
        "plain/policy.md: front matter: must begin on the first line, which is +++",
        "torn/policy.md: front matter: not TOML: Invalid value (at line 2, column 6)",
        "wrong/policy.md: text: before the first section",
        "wrong/policy.md: section SAFE: there 2 times",
        "wrong/policy.md: section NOTES: unknown; there are INSTRUCTIONS, DEFINITIONS, VIOLATES, SAFE, EXAMPLES",
        "wrong/policy.md: section INSTRUCTIONS: empty",
        "wrong/policy.md: section DEFINITIONS: missing",
        "wrong/policy.md: section EXAMPLES: missing",
        "wrong/policy.md: labels: spam: there twice",
        "wrong/policy.md: rules: w.1: there twice",
        "wrong/policy.md: labels: lies: has no rule",
        "wrong/policy.md: rules: threat: not among the labels",
        "wrong/policy.md: rules: Not an id: not in VIOLATES",
        "wrong/policy.md: section VIOLATES: w.9: not among the rules",
        "wrong/policy.md: version: Input should be a valid string",
        f"wrong/policy.md: labels.2: Input should be {labels}",
        "wrong/policy.md: precedence: Input should be a valid integer",
        "wrong/policy.md: rules.0.severity: Input should be 'normal' or 'severe'",
        "wrong/policy.md: rules.2.id: String should match pattern '^[a-z0-9_]+(?:\\.[a-z0-9_]+)*$'",
        "wrong/policy.md: rules.2.label: Field required",
        "wrong/policy.md: colour: Extra inputs are not permitted",
        "rude/policy.md: rules: rude.1: also in again/policy.md",
        "rude/policy.md: precedence: 5: also in again/policy.md",
    ]


@pytest.mark.parametrize("value", ["[" * 100_000, "9" * 5_000, "nan", "{}"], ids=["deep", "long", "nan", "table"])
def test_what_parsers_stumble_over_is_a_problem_of_the_file(tmp_path: Path, value: str) -> None:
    """And not the program's end."""
    write(tmp_path, rude=SOUND.replace("precedence = 5", f"precedence = {value}"))
    assert all(problem.startswith("rude/policy.md: ") for problem in problems(tmp_path))


def test_a_directory_without_documents_is_refused(tmp_path: Path) -> None:
    """Nobody could decide anything."""
    assert problems(tmp_path) == [f"{tmp_path}: no policy documents: none has a folder"]
    absent = tmp_path / "absent"
    assert problems(absent) == [f"{absent}: cannot be read: No such file or directory"]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text().map(lambda text: f"+++\n{text}\n+++\n{text}".encode()) | st.data())
def test_any_bytes_are_a_document_or_refused(tmp_path: Path, content: bytes | st.DataObject) -> None:
    """With the file's name in every problem; a shipped document with a piece torn out is one of them."""
    if isinstance(content, st.DataObject):
        whole = (SHIPPED / "abuse" / "policy.md").read_bytes()
        start = content.draw(st.integers(0, len(whole)))
        content = whole[:start] + whole[start + content.draw(st.integers(0, 200)) :]
    folder = tmp_path / "abuse"
    folder.mkdir(exist_ok=True)
    (folder / "policy.md").write_bytes(content)
    try:
        (document,) = load_policies(tmp_path).documents
    except ConfigError:
        assert all(problem.startswith("abuse/policy.md: ") for problem in problems(tmp_path))
    else:
        assert set(document.labels) == {rule.label for rule in document.rules} <= set(Label)
        assert all(document.sections[name] for name in SECTIONS)
