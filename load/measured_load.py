"""What was seen of one load on one agent."""

from dataclasses import dataclass

from load.peers import Peer
from load.profiles import Profile
from load.tally import Journal


@dataclass(frozen=True, slots=True)
class MeasuredLoad:
    """Everything that was seen. `scale` is the rate, in messages a second, that 1.0 of the profile stands for."""

    profile: Profile
    scale: float
    classifier_rate: float
    capacity: float
    journal: Journal
    same_outcomes: float
    stages_ms: dict[str, float]
    memory_mb: float
    token_lengths: dict[str, float]
    peers: list[Peer]
