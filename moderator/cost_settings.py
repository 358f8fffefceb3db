"""Settings of `moderator report`: what things cost. Defaults are assumptions, to be replaced by your figures."""

from decimal import Decimal

from pydantic import Field, ValidationInfo, field_validator

from moderator.kafka_settings import Section


class CostSettings(Section):
    """Prices and watts. What the large model's tokens cost is set for the reviewer, which spends them."""

    currency: str = Field(default="USD", min_length=1, max_length=8, description="Of all prices, the reviewer's too")
    core_hour: Decimal = Field(
        default=Decimal("0.04"), ge=0, description="Price of a core for an hour, electricity in it; assumed"
    )
    # Cloud Carbon Footprint, methodology: on average 3.5 (AWS) to 4.26 W (GCP) of a virtual core at full load, from
    # SPECpower's measurements of whole servers; without cooling.
    core_watts: float = Field(default=4.0, ge=0, description="Power of a core that is busy; by published averages")
    # No default: published figures differ a hundredfold by model and machine.
    wh_per_million_input: float | None = Field(
        default=None, ge=0, description="Energy of a million tokens that the large model reads; unset: not told"
    )
    wh_per_million_output: float | None = Field(
        default=None, validate_default=True, ge=0, description="Energy of a million tokens that it writes"
    )
    seconds_per_decision: float = Field(default=45.0, ge=0, description="Of a person, for one decision; assumed")
    wage_per_hour: Decimal = Field(default=Decimal(20), ge=0, description="What an hour of a person costs; assumed")

    @field_validator("wh_per_million_output")
    @classmethod
    def _with_input(cls, value: float | None, info: ValidationInfo) -> float | None:
        if "wh_per_million_input" in info.data and (value is None) != (info.data["wh_per_million_input"] is None):
            raise ValueError("wh_per_million_input and wh_per_million_output go together")
        return value

    def assumed(self) -> dict[str, object]:
        """What nobody has set, but what is not told at all when unset."""
        unset = {name: getattr(self, name) for name in type(self).model_fields if name not in self.model_fields_set}
        return {name: value for name, value in unset.items() if value is not None}
