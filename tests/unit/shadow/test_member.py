"""An agent as a shadow answers on the shadow topic, and nowhere else."""

from pathlib import Path

import pytest
import structlog
from prometheus_client import CollectorRegistry

from moderator.config import PolicySettings, Settings
from moderator.contracts.dead_letter import Stage
from moderator.contracts.message import Message
from moderator.contracts.verdict import Outcome, Timings
from moderator.errors import ConfigError, DeadLetterCode, PoisonRecord
from moderator.kafka_settings import KafkaSettings
from moderator.pipeline.batch import cut
from moderator.shadow.member import ShadowAccount, ShadowAnswers
from moderator.shadow.on_trial import as_shadow, load_shadow_policy
from moderator.shadow_settings import ShadowSettings
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import DECIDED_AT, TOPICS, VERSIONS, FakeClassifier, policy, record

TIMINGS = Timings(queue_ms=0, decode_ms=0, tokenize_ms=0, infer_ms=0)
MODEL = Path("a-model")


@pytest.fixture
def shadow() -> ShadowAnswers:
    """It would check every sure verdict, were it an agent."""
    return ShadowAnswers(policy(), VERSIONS, TOPICS, "group", lambda: DECIDED_AT, 1.0)


@pytest.mark.parametrize(("text", "outcome"), [("score .7", Outcome.ESCALATE), ("hello", Outcome.ALLOW)])
def test_only_a_verdict(shadow: ShadowAnswers, text: str, outcome: Outcome) -> None:
    """No reviewer works for a trial."""
    classifier = FakeClassifier()
    (tokens,) = classifier.tokenize([text])
    (scores,) = classifier.classify([tokens])
    answer = shadow.answer(record(0, text), Message(id="m", text=text), scores, tokens, TIMINGS)
    assert answer.verdict is not None
    assert (answer.verdict.outcome, answer.escalation) == (outcome, None)
    assert [publication.topic for publication in answer.publications] == [TOPICS.verdicts]


def test_no_dead_letter(shadow: ShadowAnswers) -> None:
    """The agents write it."""
    letter = shadow.dead_letter(record(0), Stage.DECODE, PoisonRecord(DeadLetterCode.INVALID_JSON))
    assert letter.publications == ()


def test_a_verdict_too_large_is_left_out(shadow: ShadowAnswers) -> None:
    """No dead letter takes its place."""
    classifier = FakeClassifier()
    tokens = classifier.tokenize(["hello"])
    (scores,) = classifier.classify(tokens)
    answer = shadow.answer(record(0), Message(id="m", text="hello"), scores, tokens[0], TIMINGS)
    assert shadow.too_large(answer).publications == ()


async def test_it_counts_as_a_shadow() -> None:
    """Sums of first verdicts do not hold it; what it failed on is skipped, what is no message is not."""
    metrics = Metrics(CollectorRegistry())
    builder = ShadowAnswers(policy(), VERSIONS, TOPICS, "group", lambda: DECIDED_AT)
    classifier = FakeClassifier()
    tokens = classifier.tokenize(["hello"])
    (scores,) = classifier.classify(tokens)
    answered = builder.answer(record(0), Message(id="m", text="hello"), scores, tokens[0], TIMINGS)
    failed = builder.dead_letter(record(1), Stage.INFER, PoisonRecord(DeadLetterCode.INFERENCE_FAILED))
    poison = builder.dead_letter(record(2), Stage.DECODE, PoisonRecord(DeadLetterCode.INVALID_JSON))
    too_large = builder.too_large(builder.answer(record(3), Message(id="m", text="hello"), scores, tokens[0], TIMINGS))
    given = [answered, failed, poison, too_large]
    (batch,) = cut([answer.record for answer in given], 0.0)
    with structlog.testing.capture_logs() as lines:
        ShadowAccount(metrics, lambda: 0.0, lambda: 0.0).published(batch, given)
    value = metrics.registry.get_sample_value
    assert value("moderator_shadow_messages_total", {"outcome": "unknown", "shadow": "allow"}) == 1
    assert value("moderator_shadow_skipped_total") == 2
    assert value("moderator_messages_total", {"outcome": "allow"}) == 0
    assert value("moderator_dead_letters_total", {"code": "invalid_json"}) == 0
    assert [(line["event"], line["records"], line["allowed"]) for line in lines] == [("batch", 4, 1)]


def test_settings_of_a_shadow() -> None:
    """A group and a topic of its own; the policy that the agents would have with that model, or one that is named."""
    agents = Settings(shadow=ShadowSettings(model_directory=MODEL), policy=PolicySettings(file=Path("theirs")))
    shadow = as_shadow(agents)
    assert shadow.kafka.group_id == "moderator-shadow"
    assert shadow.topics.verdicts == "moderation.shadow"
    assert (shadow.model.directory, shadow.policy.file) == (MODEL, Path("theirs"))
    own = ShadowSettings(model_directory=MODEL, policy_file=Path("its-own"))
    for theirs in (PolicySettings(), agents.policy):
        assert as_shadow(Settings(shadow=own, policy=theirs)).policy.file == Path("its-own")


@pytest.mark.parametrize(
    ("settings", "variable"),
    [
        (Settings(shadow=ShadowSettings(policy_file=Path("p"))), "MODERATOR_SHADOW__MODEL_DIRECTORY"),
        (
            Settings(shadow=ShadowSettings(model_directory=MODEL), kafka=KafkaSettings(group_id="moderator-shadow")),
            "MODERATOR_SHADOW__GROUP_ID",
        ),
    ],
)
def test_what_cannot_be_a_shadow(settings: Settings, variable: str) -> None:
    """Without a model there is nothing to run; in the agents' group it would take their messages away."""
    with pytest.raises(ConfigError, match=variable):
        as_shadow(settings)


def test_the_policy_that_agents_try(tmp_path: Path) -> None:
    """Only without a model on trial; one that is wrong is named by its setting, at the start."""
    assert load_shadow_policy(Settings()) is None
    missing = tmp_path / "missing.toml"
    with_model = ShadowSettings(policy_file=missing, model_directory=MODEL)
    assert load_shadow_policy(Settings(shadow=with_model)) is None
    with pytest.raises(ConfigError, match=r"MODERATOR_SHADOW__POLICY_FILE: .*missing\.toml: cannot be read"):
        load_shadow_policy(Settings(shadow=ShadowSettings(policy_file=missing)))
