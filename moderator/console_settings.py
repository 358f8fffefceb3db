"""Settings of the reviewers' console."""

import re
from pathlib import Path

from pydantic import Field, Secret, ValidationInfo, field_validator

from moderator.kafka_settings import Section, on_this_machine, read_secret
from moderator.web_address import WebAddress, web_address

MASK = "********"
# A password may hold any character, so it reaches up to the last @; after a ? there may be another one.
_PASSWORD = re.compile(r"(?<=://)([^:@/]*):.*@")
_OPTIONS = re.compile(r"\?.*", re.DOTALL)


class StoreUrl(Secret[str]):
    """A database's address, shown without what may be a password."""

    def _display(self) -> str:
        return _OPTIONS.sub(f"?{MASK}", _PASSWORD.sub(rf"\1:{MASK}@", self.get_secret_value()))


FILE_OF_SQLITE = StoreUrl("sqlite:///moderator-console.db")


class OidcSettings(Section):
    """Whose tokens are believed. A proxy in front signs people in, and sends each request with such a token."""

    issuer: str | None = Field(default=None, min_length=1, description="As tokens name it; unset: nobody signs in so")
    audience: str | None = Field(
        default=None, min_length=1, validate_default=True, description="The console's, as tokens name it"
    )
    jwks_url: WebAddress | None = Field(default=None, description="The issuer's public keys, by HTTPS")
    jwks_file: Path | None = Field(
        default=None, validate_default=True, description="Or a file that holds them; may be replaced"
    )
    header: str = Field(
        default="Authorization", pattern=r"^[A-Za-z0-9-]+$", description="That holds the token, bare or after Bearer"
    )
    roles_claim: str = Field(default="roles", min_length=1, description="Of the token; a.b is b inside of a")
    policies_claim: str | None = Field(
        default=None,
        min_length=1,
        description="Of the token, that names the policy documents whose messages a person may decide; unset: all",
    )
    reviewer_role: str = Field(default="moderator-reviewer", min_length=1, description="In that claim: may decide")
    lead_role: str = Field(
        default="moderator-lead", min_length=1, description="In that claim: may decide, sees figures and the trail"
    )
    auditor_role: str = Field(
        default="moderator-auditor", min_length=1, description="In that claim: sees what leads see, decides nothing"
    )

    @field_validator("audience")
    @classmethod
    def _with_issuer(cls, value: str | None, info: ValidationInfo) -> str | None:
        if (value is None) != (info.data.get("issuer") is None):
            raise ValueError("issuer and audience go together")
        return value

    @field_validator("jwks_url")
    @classmethod
    def _not_to_be_forged(cls, value: str | None) -> str | None:
        if value is None:
            return None
        url = web_address(value, "https://host/keys", "public keys need none")
        if url.scheme != "https" and not on_this_machine(f"{url.hostname}:"):
            raise ValueError("must begin with https://: who can change the keys can be anybody")
        return value

    @field_validator("jwks_file")
    @classmethod
    def _one_source_of_keys(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        given = [source for source in (value, info.data.get("jwks_url")) if source is not None]
        if info.data.get("issuer") is not None and len(given) != 1:
            raise ValueError("an issuer needs jwks_url or jwks_file, and not both")
        return value


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
    oidc: OidcSettings = OidcSettings()
    dev_login: bool = Field(
        default=False, description="Anybody on this machine may be anybody: to try it out, on loopback only"
    )
    severe_per_day: int = Field(default=200, ge=1, description="Severe texts that one reviewer is shown in 24 hours")
    break_after_minutes: float = Field(default=50.0, gt=0, description="A break is suggested after so long a stretch")
    double_review: float = Field(
        default=0.02, ge=0, le=1, description="Part that a second person decides too, without the first one's word"
    )
    canaries: Path | None = Field(default=None, description="JSON Lines of texts whose answer is known")
    canary_part: float = Field(default=0.01, ge=0, le=0.5, description="Part of what reviewers get that is a canary")

    @field_validator("dev_login")
    @classmethod
    def _on_this_machine_alone(cls, value: bool, info: ValidationInfo) -> bool:  # noqa: FBT001
        if value and not on_this_machine(f"{info.data.get('host', '')}:"):
            raise ValueError("host is no loopback address: anybody who reaches it could be anybody")
        oidc = info.data.get("oidc")
        if value and oidc is not None and oidc.issuer is not None:
            raise ValueError("people sign in by oidc already")
        return value

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
