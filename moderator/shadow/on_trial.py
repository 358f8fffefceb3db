"""What is on trial, by the settings."""

from moderator.config import Settings
from moderator.errors import ConfigError
from moderator.policy.thresholds import Policy, load_policy

NO_MODEL = (
    "MODERATOR_SHADOW__MODEL_DIRECTORY: unset, so there is no model to try; the agents themselves, without --shadow,"
    " try a policy alone: MODERATOR_SHADOW__POLICY_FILE"
)


def topics_in_use(settings: Settings, *, member: bool = False) -> list[str]:
    """The topics, by their names in the settings, that an agent reads or writes, or a shadow `member`."""
    if member:
        return ["messages", "shadow"]
    tried = ["shadow"] if settings.shadow.by_agents else []
    return ["messages", "verdicts", "escalations", "dead_letters", *tried]


def load_shadow_policy(settings: Settings) -> Policy | None:
    """The policy that agents try themselves, if any. Raises ConfigError, naming the setting."""
    if settings.shadow.policy_file is None or settings.shadow.model_directory is not None:
        return None
    try:
        return load_policy(settings.shadow.policy_file)
    except ConfigError as error:
        raise ConfigError([f"MODERATOR_SHADOW__POLICY_FILE: {problem}" for problem in error.problems]) from None


def as_shadow(settings: Settings) -> Settings:
    """The settings of a shadow member beside agents with `settings`. Raises ConfigError where there is no model to try.

    A policy that is not named is the one that the agents would have with that model.
    """
    shadow = settings.shadow
    if shadow.model_directory is None:
        raise ConfigError([NO_MODEL])
    if shadow.group_id == settings.kafka.group_id:
        raise ConfigError(["MODERATOR_SHADOW__GROUP_ID: is that of the agents; a shadow would take their messages"])
    changes = {
        "kafka": settings.kafka.model_copy(update={"group_id": shadow.group_id}),
        "topics": settings.topics.model_copy(update={"verdicts": settings.topics.shadow}),
        "model": settings.model.model_copy(update={"directory": shadow.model_directory}),
        "policy": settings.policy.model_copy(update={"file": shadow.policy_file or settings.policy.file}),
    }
    return settings.model_copy(update=changes)
