"""When each message of a profile is due, fixed ahead by a seed, and what it says. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from load.profiles import Phase, Profile

SEED = 7
HOT_KEY = "hot"


@dataclass(frozen=True, slots=True)
class Planned:
    """A message and the second, from the start, at which it is due."""

    due_s: float
    identity: str
    key: str
    text: str
    tenant: str | None

    def document(self) -> dict[str, str]:
        """The message as JSON takes it."""
        return {"id": self.identity, "text": self.text} | ({"tenant": self.tenant} if self.tenant else {})


def planned(profile: Profile, rate: float, texts: Sequence[str], seed: int = SEED) -> Iterator[Planned]:
    """The messages of `profile` where 1.0 of it is `rate` messages a second; `texts` again and again."""
    random = Random(seed)
    for number, due_s in enumerate(arrival_times(profile.phases, rate, random)):
        identity = f"m{number}"
        key = HOT_KEY if random.random() < profile.hot else identity
        tenant = profile.tenants[number % len(profile.tenants)] if profile.tenants else None
        yield Planned(due_s, identity, key, texts[number % len(texts)], tenant)


def arrival_times(phases: Sequence[Phase], rate: float, random: Random) -> Iterator[float]:
    """A Poisson process whose rate is `rate` times what the phases say, by thinning (Lewis and Shedler 1979): arrivals
    at the phase's highest rate, each kept with the probability that the rate has by then of the highest.
    """
    start = 0.0
    for phase in phases:
        highest = max(phase.begin, phase.end)
        at = random.expovariate(highest * rate)
        while at < phase.seconds:
            if random.random() * highest < phase.begin + (phase.end - phase.begin) * at / phase.seconds:
                yield start + at
            at += random.expovariate(highest * rate)
        start += phase.seconds
