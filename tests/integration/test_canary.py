"""What users write goes to the topics that are there for it, and nowhere else."""

import json

import pytest
from confluent_kafka import Message

from moderator.errors import DeadLetterCode
from moderator.exit_codes import ExitCode
from tests.integration.canary import BASE64, CANARY, FORMS, MARKERS, forms_in, places_in
from tests.integration.canary_scene import CRASHES, Scene
from tests.integration.topic import headers_of
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

IDENTITY = {"key", "id"}  # what an answer names its message by
OF_AN_ESCALATION = IDENTITY | {"text", "author_id", "channel", "tenant", "language", "reply_to"}
ADDED = ("moderator.", "__connect.")  # headers of a dead letter that are not its record's own


@pytest.fixture(scope="module")
def scene(kafka: RealKafka, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Every path taken once; what the program has left in its folder for temporary files is told too."""
    temporary = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        patch.setenv("PYTHONASYNCIODEBUG", "1")  # asyncio shows what it runs when that takes long
        scene = Scene(kafka, tmp_path_factory.mktemp("work"))
        scene.play()
    left = [path for path in temporary.rglob("*") if path.is_file()]
    scene.told["temporary files"] = b"".join(str(path).encode() + path.read_bytes() for path in left)
    return scene


def content(record: Message) -> bytes:
    """Key, value and headers in one."""
    return b"\n".join([record.key() or b"", record.value() or b"", *dict(headers_of(record)).values()])


def test_every_path_was_taken(scene: Scene) -> None:
    """Else silence would mean nothing."""
    codes = {dict(headers_of(letter))["moderator.error.code"].decode() for letter in scene.held["dead_letters"]}
    assert codes == set(DeadLetterCode)
    outcomes = {json.loads(verdict.value() or b"")["outcome"] for verdict in scene.held["verdicts"]}
    assert outcomes == {"allow", "block", "escalate"}
    assert {name: scene.exits[name] for name in CRASHES} == dict.fromkeys(CRASHES, ExitCode.FAILED)
    assert b'"stacks"' in scene.told["hung model: output"]
    assert b"inference failed" in scene.told["agent: output"]
    assert all(b"a bug in this program" in scene.told[f"{name}: errors"] for name in ("failing model", "bug"))
    assert b"moderator_dead_letters_total" in scene.told["/metrics"]
    assert {span.name for span in scene.collector.spans if span.failed} > {"tokenize"}  # and the batches that crashed
    links = {link for span in scene.collector.spans for link in span.links}
    assert links == {("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")}
    assert scene.told["report"].count(b"\n") >= len(scene.held["dead_letters"])  # some came again to the later agents
    assert (scene.exits["agent"], scene.exits["check"]) == (ExitCode.OK, ExitCode.OK)
    # The record that broke the model has two answers: a later agent had a model that reads it.
    assert scene.exits["audit"] == ExitCode.FAILED
    assert b"contradict" in scene.told["audit: output"]


def test_nothing_that_the_program_says_quotes_a_user(scene: Scene) -> None:
    """Logs, errors, metrics, spans, probes, tables, reports and temporary files, in no form."""
    assert {name: forms for name, told in scene.told.items() if (forms := forms_in(told))} == {}


def test_a_verdict_names_its_message_and_holds_nothing_of_it(scene: Scene) -> None:
    """By the key and the identifier that the platform gave it, with and without a broker."""
    for verdict in scene.held["verdicts"]:
        assert places_in(content(verdict)) == IDENTITY
    assert places_in(scene.classified) == {"id"}


def test_an_escalation_holds_the_message_and_nothing_else_of_the_record(scene: Scene) -> None:
    """For a reviewer. What the program was not told of, headers and unknown fields, it does not pass on."""
    assert scene.held["escalations"]
    for escalation in scene.held["escalations"]:
        assert places_in(content(escalation)) == OF_AN_ESCALATION


def test_a_dead_letter_holds_its_record_and_says_nothing_of_it(scene: Scene) -> None:
    """What is added beside the record quotes nothing; what is only a reviewer's or nobody's topic holds no letter."""
    for letter in scene.held["dead_letters"]:
        added = b"".join(value for name, value in headers_of(letter) if name.startswith(ADDED))
        assert forms_in(added) == []
    assert places_in(b"".join(map(content, scene.held["dead_letters"]))) == set(MARKERS)
    assert scene.held["decisions"] == []


@pytest.mark.parametrize("form", [*FORMS, *BASE64])
def test_the_search_finds_each_form(form: str) -> None:
    """Else it would not be missed."""
    told = {**FORMS, **BASE64}[form]
    assert form in forms_in(b"..." + told + b"...")


def test_the_search_finds_an_export(scene: Scene) -> None:
    """Which is there to hold the letters, in base64."""
    assert any(form in BASE64 for form in forms_in(scene.exported))
    assert CANARY.encode() not in scene.exported
