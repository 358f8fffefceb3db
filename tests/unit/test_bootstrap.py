"""Settings to running objects: what decides is verified first, and every problem of model and policy told at once."""

import asyncio
import hashlib
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from moderator import __version__
from moderator.adapters.memory import MemoryBroker, MemoryPublisher, MemorySource
from moderator.bootstrap import Controls, build_agent, run_agent
from moderator.config import HttpSettings, InputSettings, ModelSettings, PolicySettings, Settings
from moderator.contracts.labels import LABELS
from moderator.contracts.message import Message
from moderator.contracts.record import Publication
from moderator.contracts.verdict import Verdict
from moderator.errors import ConfigError, ModelError
from moderator.inference.manifest import MANIFEST, POLICY_FILE, default_model_directory, load_model_directory
from moderator.inference.session import CPU
from moderator.judgement import Judgement, load_judgement
from moderator.pipeline.lifecycle import Lifecycle
from moderator.pipeline.progress import Progress
from moderator.telemetry.metrics import Metrics

TEXTS = ["Have a nice day, and thank you!", "The train leaves at nine."]


@pytest.fixture(scope="module")
def metrics() -> Metrics:
    """Of the loaded judgement."""
    return Metrics(CollectorRegistry())


@pytest.fixture(scope="module")
def judgement(metrics: Metrics) -> Iterator[Judgement]:
    """The shipped model under its policy."""
    loaded = load_judgement(Settings(), metrics)
    yield loaded
    loaded.classifier.close()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A model directory to spoil: links to the shipped files."""
    directory = tmp_path / "model"
    directory.mkdir()
    for file in default_model_directory().iterdir():
        (directory / file.name).symlink_to(file)
    return directory


def spoil(directory: Path, name: str, content: bytes) -> Path:
    """Another file in place of a link."""
    file = directory / name
    file.unlink()
    file.write_bytes(content)
    return file


def problems(settings: Settings, kind: type[ConfigError | ModelError]) -> tuple[str, ...]:
    """What the refusal, of this kind, names."""
    with pytest.raises((ConfigError, ModelError)) as refusal:
        load_judgement(settings, Metrics(CollectorRegistry()))
    assert isinstance(refusal.value, kind)
    return refusal.value.problems


def of(directory: Path) -> Settings:
    """Settings with that model; the CPU provider loads fastest."""
    return Settings(model=ModelSettings(directory=directory, provider=CPU))


def test_the_shipped_model_decides(judgement: Judgement) -> None:
    """It reproduces its golden set here, and gives verdicts."""
    tokens = judgement.classifier.tokenize(TEXTS)
    answers = judgement.answers(Settings())
    for text, read, scores in zip(TEXTS, tokens, judgement.classifier.classify(tokens), strict=True):
        verdict = answers.verdict(Message(id="m-1", text=text), scores, truncated=read.truncated)
        assert verdict.versions == judgement.versions
        assert not verdict.truncated


def test_versions_are_of_the_files(judgement: Judgement) -> None:
    """A verdict can be traced to the very bytes that decided."""
    model = load_model_directory(default_model_directory())
    versions = judgement.versions
    assert versions.model == model.version(judgement.classifier.variant.file)
    assert versions.tokenizer == model.version("tokenizer.json")
    assert versions.calibration == model.version("calibration.json")
    assert versions.policy == judgement.policy.hash == model.version(POLICY_FILE)
    assert (versions.software, versions.provider) == (__version__, judgement.classifier.variant.provider)
    assert judgement.golden_difference <= model.manifest.golden_tolerance


def test_the_metrics_tell_what_decides(judgement: Judgement, metrics: Metrics) -> None:
    """A dashboard shows when a model or a policy changed."""
    versions = judgement.versions
    labels = {
        "model": versions.model,
        "policy": versions.policy,
        "provider": versions.provider,
        "version": __version__,
    }
    assert metrics.registry.get_sample_value("moderator_model_info", labels) == 1


def test_an_altered_model_is_refused_unread(copy: Path) -> None:
    """By its checksum, before anything tries to make sense of it."""
    name = load_model_directory(copy).manifest.variants[-1].file
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    file = spoil(copy, name, bytes(content))
    (problem,) = problems(of(copy), ModelError)
    assert problem.startswith(f"{file}: altered")


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    """And so is its policy, which would be in the same place."""
    named = problems(of(tmp_path), ModelError)
    assert [problem.partition(": ")[0] for problem in named] == [
        str(tmp_path / MANIFEST),
        str(tmp_path / POLICY_FILE),
    ]


def test_an_impossible_policy_is_refused_with_every_problem(copy: Path, tmp_path: Path) -> None:
    """The model is in order, so it is a matter of settings."""
    file = tmp_path / "own.toml"
    file.write_text(
        'version = "1"\n[labels]\n'
        + "".join(f"{label} = {{ escalate_at = 0.9, block_at = 0.5 }}\n" for label in LABELS[2:]),
        encoding="utf-8",
    )
    named = problems(of(copy).model_copy(update={"policy": PolicySettings(file=file)}), ConfigError)
    assert len(named) == len(LABELS)
    assert all(problem.startswith(f"{file}: labels.") for problem in named)


def test_model_and_policy_are_refused_together(copy: Path, tmp_path: Path) -> None:
    """One start tells all there is to mend."""
    spoil(copy, "golden.json", b"{}")
    spoil(copy, "calibration.json", b"{}")
    settings = of(copy).model_copy(update={"policy": PolicySettings(file=tmp_path / "nowhere.toml")})
    named = problems(settings, ModelError)
    assert [problem.partition(": ")[0] for problem in named] == [
        str(copy / "calibration.json"),
        str(copy / "golden.json"),
        str(tmp_path / "nowhere.toml"),
    ]


def test_a_policy_of_ones_own_takes_the_place_of_the_models(copy: Path, tmp_path: Path) -> None:
    """Thresholds are changed without touching the model."""
    file = tmp_path / "own.toml"
    shipped = (default_model_directory() / POLICY_FILE).read_text(encoding="utf-8")
    file.write_text(f"# ours\n{shipped}", encoding="utf-8")
    settings = of(copy).model_copy(update={"policy": PolicySettings(file=file)})
    own = load_judgement(settings, Metrics(CollectorRegistry()))
    own.classifier.close()
    assert own.versions.policy == own.policy.hash != load_model_directory(copy).version(POLICY_FILE)


def test_a_golden_set_that_is_not_reproduced_is_refused(copy: Path) -> None:
    """A manifest may list a model that this processor computes otherwise."""
    golden = json.loads((copy / "golden.json").read_bytes())
    manifest = json.loads((copy / MANIFEST).read_bytes())
    for rows in golden["scores"].values():
        rows[0][0] = float(rows[0][0] < 0.5)  # toxic
    content = json.dumps(golden).encode()
    file = spoil(copy, "golden.json", content)
    manifest["files"]["golden.json"] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    spoil(copy, MANIFEST, json.dumps(manifest).encode())
    _, problem = problems(of(copy), ModelError)
    assert problem.startswith(f"{file}: text 1, toxic: ")


async def test_the_agent_runs_on_other_adapters(judgement: Judgement) -> None:
    """Real model, memory broker: every record gets its answer on the topics of the settings, then it stops."""
    settings = Settings(input=InputSettings(text_pointer="/payload/body"))
    topics = settings.topics
    broker = MemoryBroker(dict.fromkeys(topics.model_dump().values(), 2))
    publisher = MemoryPublisher(broker)
    documents = [{"id": str(number), "payload": {"body": text}} for number, text in enumerate(TEXTS)]
    values = [*(json.dumps(document).encode() for document in documents), b'{"id": "3", "text": "elsewhere"}']
    await publisher.publish([Publication(topics.messages, None, value) for value in values])
    metrics = Metrics(CollectorRegistry())
    source = MemorySource(broker, topics.messages, settings.kafka.group_id)
    lifecycle, progress = Lifecycle(time.monotonic), Progress(time.monotonic)
    agent = build_agent(settings, judgement, metrics, lifecycle, progress, asyncio.Event(), source, publisher)
    stop = asyncio.Event()
    running = asyncio.ensure_future(agent.run_until(stop))
    async with asyncio.timeout(20):
        while sum(broker.group(settings.kafka.group_id).committed.values()) < len(values):
            await broker.news()
        stop.set()
        await running
    verdicts = [Verdict.model_validate_json(record.value or b"") for record in broker.records(topics.verdicts)]
    assert {verdict.message_id for verdict in verdicts} == {"0", "1"}
    assert {verdict.versions.model for verdict in verdicts} == {judgement.versions.model}
    (letter,) = broker.records(topics.dead_letters)
    assert letter.value == values[-1]
    assert dict(letter.headers)["moderator.error.where"] == b"/payload/body"


async def test_a_start_that_fails_frees_the_port(tmp_path: Path) -> None:
    """The probes answer while the model loads, and are gone when that has failed."""
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = finder.getsockname()[1]
    settings = of(tmp_path).model_copy(update={"http": HttpSettings(port=port)})
    with pytest.raises(ModelError):
        await run_agent(settings, Controls(asyncio.Event(), asyncio.Event(), pytest.fail))
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", port))
