"""docs/contracts.md tells all of the contracts, and its examples hold."""

import json
import re
from pathlib import Path

import pytest

from moderator.config import TopicSettings
from moderator.contracts.cloudevents import event_headers
from moderator.contracts.dead_letter import Stage
from moderator.contracts.schemas import CONTRACTS
from moderator.contracts.trace_context import CREATED_IN, TRACEPARENT, TRACESTATE
from moderator.contracts.verdict import Outcome, ReasonCode
from moderator.errors import DeadLetterCode
from tests.schemas.folder import schema_path, validator
from tests.unit.contracts.records import NOW, record

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "contracts.md").read_text(encoding="utf-8")
EVENT = event_headers("verdict", "v-1", "/moderator/agent", "m-1", NOW, record(b""))
HEADERS = [*(name for name, _ in EVENT), TRACEPARENT, TRACESTATE, CREATED_IN]
EXAMPLES = re.findall(r"```json (\w+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(
    "word",
    [*TopicSettings().model_dump().values(), *DeadLetterCode, *Stage, *Outcome, *ReasonCode, *HEADERS],
)
def test_every_word_is_told(word: str) -> None:
    """Each topic, dead-letter code, stage, outcome, reason and header stands on the page, as code."""
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize("code", DeadLetterCode)
def test_every_code_has_its_row(code: str) -> None:
    """What to do about a dead letter is told for each code."""
    assert re.search(rf"^\| `{code}` \| .+ \| .+ \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("setting", TopicSettings.model_fields)
def test_every_topic_tells_its_setting(setting: str) -> None:
    """Whoever names a topic otherwise finds the variable beside it."""
    assert f"`MODERATOR_TOPICS__{setting.upper()}`" in PAGE


@pytest.mark.parametrize("noun", CONTRACTS)
def test_every_field_is_told(noun: str) -> None:
    """Each field of each contract stands on the page, those of its parts too."""
    schema = json.loads(schema_path(noun).read_bytes())
    parts = [part for part in (schema, *schema.get("$defs", {}).values()) if "properties" in part]
    values = {"LabelScores", "SentimentScores"}  # their keys are labels
    fields = {field for part in parts if part["title"] not in values for field in part["properties"]}
    assert {field for field in fields if f"`{field}`" not in PAGE} == set()


@pytest.mark.parametrize(("noun", "example"), EXAMPLES)
def test_examples_hold(noun: str, example: str) -> None:
    """What a reader copies is what the schemas say."""
    validator(noun).validate(json.loads(example))


def test_every_value_is_shown() -> None:
    """Each contract that is a value has an example; a dead letter's value is the record's own."""
    assert {noun for noun, _ in EXAMPLES} == set(CONTRACTS) - {"dead_letter"}


def test_links_lead_somewhere() -> None:
    """Files and headings that the page points to are there."""
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert (DOCS / target.partition("#")[0]).exists()
