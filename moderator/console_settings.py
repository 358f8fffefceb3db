"""Settings of the reviewers' console."""

import re
from pathlib import Path

from pydantic import Field, Secret, ValidationInfo, field_validator

from moderator.kafka_settings import Section, read_secret

MASK = "********"
# A password may hold any character, so it reaches up to the last @; after a ? there may be another one.
_PASSWORD = re.compile(r"(?<=://)([^:@/]*):.*@")
_OPTIONS = re.compile(r"\?.*", re.DOTALL)


class StoreUrl(Secret[str]):
    """A database's address, shown without what may be a password."""

    def _display(self) -> str:
        return _OPTIONS.sub(f"?{MASK}", _PASSWORD.sub(rf"\1:{MASK}@", self.get_secret_value()))


FILE_OF_SQLITE = StoreUrl("sqlite:///moderator-console.db")


class ConsoleSettings(Section):
    """Where people's review is kept, and its times. Only `moderator console` reads these."""

    store_url_file: Path | None = Field(default=None, description="File that holds the store's URL; safer than below")
    store_url: StoreUrl = Field(
        default=FILE_OF_SQLITE,
        validate_default=True,
        description="sqlite:///FILE, or postgresql://USER@HOST/NAME where several consoles share one queue",
    )
    policies: Path | None = Field(default=None, description="Folder of policy documents; the shipped ones when unset")
    group_id: str = Field(
        default="moderator-console", min_length=1, description="Consumer group on escalations and decisions"
    )
    lease_s: float = Field(default=600.0, ge=10, le=86_400, description="How long a claimed message is a reviewer's")
    undo_grace_s: float = Field(default=10.0, ge=0, le=3_600, description="A decision can be undone, then is published")
    # policy/priority.py says why four hours.
    head_start_s: float = Field(
        default=4 * 3600.0, ge=0, le=30 * 86_400, description="The gravest go before what is older by less than this"
    )
    retention_days: float = Field(default=30.0, gt=0, le=36_500, description="Texts are kept so long once decided")
    host: str = Field(default="127.0.0.1", min_length=1, description="Of the pages; loopback unless told otherwise")
    port: int = Field(default=8081, ge=0, le=65_535, description="Of the pages; 0: any free port, which is logged")

    @field_validator("store_url", mode="before")
    @classmethod
    def _from_file(cls, value: object, info: ValidationInfo) -> object:
        file: Path | None = info.data.get("store_url_file")
        if file is None:
            return value
        if value != FILE_OF_SQLITE:
            raise ValueError("store_url_file is given too")
        try:
            return read_secret(file)
        except ValueError as error:
            raise ValueError(f"store_url_file {error}") from None
