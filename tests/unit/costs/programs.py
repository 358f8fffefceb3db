"""Programs that have counted what a test says."""

from moderator.costs import programs as of
from moderator.costs.programs import Counted, Program


def agent(*, cpu_s: float | None = 100.0, messages: float = 1_000_000, escalated: float = 0.0) -> Program:
    """Its stages take 60 s: decode 10, tokenize 20, infer 30; every text has 25 tokens."""
    return _program(
        Counted(of.MODEL, {"model": "m"}, 1),
        Counted(of.STAGES, {"stage": "decode"}, 10),
        Counted(of.STAGES, {"stage": "tokenize"}, 20),
        Counted(of.STAGES, {"stage": "infer"}, 30),
        Counted(of.MESSAGES, {"outcome": "allow"}, messages - escalated),
        Counted(of.MESSAGES, {"outcome": "escalate"}, escalated),
        Counted(of.PADDED_TOKENS, {}, 25 * messages),
        cpu_s=cpu_s,
    )


def reviewer(*, answers: float = 0.0, read: float = 0.0, written: float = 0.0, spent: float = 0.0) -> Program:
    """It has used 4 s of processor time. Beside the answers, two requests came to nothing, and took no time."""
    return _program(
        Counted(of.REQUESTS, {"code": "answered"}, answers),
        Counted(of.REQUESTS, {"code": "unavailable"}, 1),
        Counted(of.REQUESTS, {"code": "timed_out"}, 1),
        Counted(of.TOKENS, {"direction": "input"}, read),
        Counted(of.TOKENS, {"direction": "output"}, written),
        Counted(of.SPENT, {}, spent),
        Counted(of.DECISIONS, {"outcome": "allow", "referral": ""}, answers),
        Counted(of.DECISIONS, {"outcome": "escalate", "referral": "unavailable"}, 2),
        Counted(of.ASKING_SECONDS, {}, 3 * answers),
        cpu_s=4.0,
    )


def console(*, decisions: float = 0.0) -> Program:
    """It has used 2 s of processor time."""
    return _program(
        Counted(of.OVERTURNS, {"source": "human"}, 0),
        Counted(of.PUBLISHED_DECISIONS, {"source": "human"}, decisions),
        cpu_s=2.0,
    )


def on_trial() -> Program:
    """A model that decides nothing has used 50 s; what it reads is nobody's traffic."""
    return _program(
        Counted(of.STAGES, {"stage": "infer"}, 40),
        Counted(of.MESSAGES, {"outcome": "allow"}, 0),
        Counted(of.PADDED_TOKENS, {}, 7),
        cpu_s=50.0,
    )


def _program(*series: Counted, cpu_s: float | None) -> Program:
    alive = Counted(of.ALIVE, {}, 1)
    return Program((*series, alive) if cpu_s is None else (*series, alive, Counted(of.PROCESSOR, {}, cpu_s)))
