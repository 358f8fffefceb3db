"""What decides, from its files: the model, verified and proven, under the policy."""

from dataclasses import dataclass
from datetime import UTC, datetime

from moderator import __version__
from moderator.config import Settings
from moderator.contracts.verdict import Versions
from moderator.errors import ConfigError, ModelError
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.golden import require_golden
from moderator.inference.manifest import POLICY_FILE, ModelDirectory, default_model_directory, load_model_directory
from moderator.pipeline.answer import Answers, OutputTopics
from moderator.policy.thresholds import Policy, load_policy
from moderator.telemetry.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Judgement:
    """What decides: a verified, warm model under a validated policy."""

    classifier: OnnxClassifier
    policy: Policy
    versions: Versions
    golden_difference: float

    def answers(self, settings: Settings, kind: type[Answers] = Answers) -> Answers:
        """What turns scores into verdicts on the topics of `settings`."""
        topics = OutputTopics(settings.topics.verdicts, settings.topics.escalations, settings.topics.dead_letters)
        return kind(
            self.policy,
            self.versions,
            topics,
            settings.kafka.group_id,
            lambda: datetime.now(UTC),
            settings.policy.audit_part,
        )


def load_judgement(settings: Settings, metrics: Metrics) -> Judgement:
    """Verify, load, warm up and prove the model; validate the policy.

    Raises ConfigError or ModelError with every problem that both have in their files.
    """
    directory = settings.model.directory or default_model_directory()
    policy: Policy | None = None
    model: ModelDirectory | None = None
    policy_problems: tuple[str, ...] = ()
    model_problems: tuple[str, ...] = ()
    try:
        policy = load_policy(settings.policy.file or directory / POLICY_FILE)
    except ConfigError as error:
        policy_problems = error.problems
    try:
        model = load_model_directory(directory)
    except ModelError as error:
        model_problems = error.problems
    if model is None:
        raise ModelError([*model_problems, *policy_problems])
    if policy is None:
        raise ConfigError(policy_problems)
    classifier = OnnxClassifier(
        model,
        metrics,
        provider=settings.model.provider,
        threads=settings.model.threads,
        token_budget=settings.model.token_budget,
        cache_bytes=settings.model.cache_bytes,
    )
    classifier.warm_up()
    difference = require_golden(model, classifier)
    versions = Versions(
        model=model.version(classifier.variant.file),
        tokenizer=model.version("tokenizer.json"),
        calibration=model.version("calibration.json"),
        policy=policy.hash,
        software=__version__,
        provider=classifier.variant.provider,
    )
    metrics.model_info.labels(versions.model, versions.policy, versions.provider, __version__).set(1)
    return Judgement(classifier, policy, versions, difference)


def load_model_on_trial(settings: Settings, metrics: Metrics) -> Judgement:
    """`load_judgement` for a shadow member: its problems say that they are of what is on trial."""
    try:
        judgement = load_judgement(settings, metrics)
    except (ConfigError, ModelError) as error:
        raise type(error)([f"MODERATOR_SHADOW__*: {problem}" for problem in error.problems]) from None
    metrics.model_info.clear()  # it tells what decides, and alerts take whoever has it for an agent
    return judgement
