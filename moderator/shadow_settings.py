"""Settings of the shadow: what judges the same messages without deciding anything."""

from pathlib import Path

from pydantic import Field

from moderator.kafka_settings import Section


class ShadowSettings(Section):
    """What to try on the traffic before it decides. A policy alone is tried by the agents, on the scores that they have
    anyway; a model by `moderator agent --shadow`, a program of its own.
    """

    policy_file: Path | None = Field(
        default=None, description="A policy to try; with a model, unset: the one that the agents would have with it"
    )
    model_directory: Path | None = Field(default=None, description="A model to try, by `moderator agent --shadow`")
    group_id: str = Field(
        default="moderator-shadow", min_length=1, description="Consumer group of `moderator agent --shadow`"
    )

    @property
    def by_agents(self) -> bool:
        """Whether the agents try the policy themselves."""
        return self.policy_file is not None and self.model_directory is None
