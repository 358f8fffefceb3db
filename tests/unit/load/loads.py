"""Loads that were never measured: an agent that takes a fixed time for each message, one after the other."""

from load.arrivals import planned
from load.measured_load import MeasuredLoad
from load.peers import ONNX_FP32, PIPELINE, PLAIN_LOOP, VADER, Peer
from load.profiles import PROFILES, Profile
from load.tally import Answered, Journal, Sent

CAPACITY = 200.0
PEERS = [Peer(PIPELINE, 10, 8), Peer(PLAIN_LOOP, 9, 8, over_kafka=True), Peer(ONNX_FP32, 20, 16), Peer(VADER, 9_000)]
MACHINE = {
    "date": "2026-03-01T09:30:00+00:00",
    "cpu": "A Processor",
    "cores": 2,
    "int8_instructions": "avx512_vnni",
    "memory_gb": 24.0,
    "load_before": 0.1,
    "system": "Linux",
    "python": "3.11",
    "kafka": "4.3.0",
    "packages": {"numpy": "2.0"},
    "moderator": "1.0",
    "model": "a-model 1",
    "provider": "CPUExecutionProvider",
}


def answered_in_turn(profile: Profile, scale: float, capacity: float = CAPACITY) -> Journal:
    """Each message is answered 1/capacity after the one before it, or after it was due."""
    journal = Journal()
    free_s = 0.0
    for message in planned(profile, scale, ["Nice day"]):
        free_s = max(free_s, message.due_s) + 1 / capacity
        journal.sent.append(Sent(message.identity, message.due_s, message.due_s))
        journal.answered.append(Answered(message.identity, free_s, "allow"))
    return journal


def measured(name: str = "steady", journal: Journal | None = None, scale: float = CAPACITY) -> MeasuredLoad:
    """A load on that agent, all its messages answered unless the journal has it otherwise."""
    profile = PROFILES[name]
    return MeasuredLoad(
        profile=profile,
        scale=scale,
        classifier_rate=CAPACITY / 0.95,
        backlog=CAPACITY,
        capacity=CAPACITY,
        journal=answered_in_turn(profile, scale) if journal is None else journal,
        same_outcomes=100.0,
        stages_ms={"total": 10.0, "poll": 1.0, "infer": 9.0},
        memory_mb=300.0,
        token_lengths={"p50_tokens": 20, "p95_tokens": 75, "p99_tokens": 128},
        peers=PEERS if profile.peer_goal else [],
    )
