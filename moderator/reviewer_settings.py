"""Settings of the large-model reviewer."""

from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from moderator.kafka_settings import Section
from moderator.web_address import WebAddress, base_address


class ReviewerSettings(Section):
    """Which large model is asked, how, for how much, and what it may decide. Only `moderator reviewer` reads these."""

    base_url: WebAddress = Field(
        default="http://127.0.0.1:8000/v1", description="Endpoint that speaks OpenAI's chat completions"
    )
    model: str = Field(default="", description="The model's name there; it must be given")
    api_key_file: Path | None = Field(default=None, description="File that holds the endpoint's key")
    format: Literal["generic_json", "gpt_oss_safeguard", "llama_guard"] = Field(
        default="generic_json", description="How the model is asked and answers, by its family"
    )
    policies: Path | None = Field(default=None, description="Folder of policy documents; the shipped ones when unset")
    group_id: str = Field(default="moderator-reviewer", min_length=1, description="Consumer group on escalations")
    concurrency: int = Field(default=16, ge=1, le=1024, description="Requests in flight")
    deadline_s: float = Field(default=60.0, gt=0, description="For one escalation, retries included; then people")
    most_characters: int = Field(default=20_000, ge=100, description="Of a text; one that is longer goes to people")
    max_output_tokens: int = Field(default=1024, ge=16, description="Of an answer; one that is longer goes to people")
    tokens_per_day: int = Field(default=20_000_000, ge=0, description="Budget, in UTC days; beyond it people")
    money_per_day: Decimal = Field(default=Decimal(100), ge=0, description="Budget, in the currency of the prices")
    price_per_million_input: Decimal = Field(default=Decimal(0), ge=0, description="Price of tokens read")
    price_per_million_output: Decimal = Field(default=Decimal(0), ge=0, description="Price of tokens written")
    overlap: float = Field(default=0.1, gt=0, le=1, description="Part that people decide too, without its opinion")
    canaries: Path | None = Field(
        default=None, description="JSON Lines of texts whose answer is known; unset: the shipped, with shipped policies"
    )
    canary_every: int = Field(default=100, ge=0, description="One canary among so many escalations; 0: none")
    evidence_days: float = Field(default=30.0, gt=0, description="How far back decisions are compared at the start")
    fewest_pairs: int = Field(default=200, ge=20, description="Blinded pairs under a policy before it may decide")
    window_pairs: int = Field(default=1000, ge=20, description="The last pairs that count")
    recent_pairs: int = Field(default=100, ge=20, description="The last pairs that can take its right away")
    agreement: float = Field(default=0.9, gt=0, lt=1, description="Lower bound of agreement that it needs")
    false_allows: float = Field(default=0.05, gt=0, lt=1, description="Upper bound of what it lets pass of blocked")
    bounds_confidence: float = Field(default=0.95, gt=0.5, lt=1, description="Confidence of both bounds, one-sided")
    severe_from: float = Field(default=0.8, gt=0, le=1, description="From this score of any label on it allows nothing")
    block_from: float = Field(default=0.2, ge=0, le=1, description="It blocks only for a label of this score at least")
    confidence: float = Field(default=0.5, ge=0, le=1, description="It decides only when it says it is so sure")

    @field_validator("base_url")
    @classmethod
    def _is_base(cls, value: str) -> str:
        return base_address(value, "http://host:8000/v1", "the file MODERATOR_REVIEWER__API_KEY_FILE holds the key")
