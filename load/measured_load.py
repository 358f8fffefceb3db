"""What was seen of one load on one agent."""

from dataclasses import dataclass

from load.peers import Peer
from load.profiles import Profile
from load.tally import Journal


@dataclass(frozen=True, slots=True)
class MeasuredLoad:
    """Everything that was seen. Rates are in messages a second: `backlog` with no client at work, `capacity` with the
    clients at work beside it, `scale` what 1.0 of the profile stands for.
    """

    profile: Profile
    scale: float
    classifier_rate: float
    backlog: float
    capacity: float
    journal: Journal
    same_outcomes: float
    stages_ms: dict[str, float]
    memory_mb: float
    token_lengths: dict[str, float]
    peers: list[Peer]
