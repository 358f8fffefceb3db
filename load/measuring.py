"""One load on one agent: what the agent can do first, then the profile at its part of that, then the peers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from load.arrivals import Planned, planned
from load.classifier import ClassifierAlone, token_lengths
from load.classify_command import verdicts_alone
from load.end_to_end import Backlog, fresh_topics
from load.measured_load import MeasuredLoad
from load.open_loop import open_loop
from load.peers import Peer
from load.profiles import Phase, Profile
from load.rates import steady_rate
from load.report import Figure
from load.scraped import stage_means_ms
from load.site import Site
from load.tally import Journal
from load.texts_of import texts_of, write_policy
from load.warm_up import warm_up
from moderator.inference.manifest import ModelDirectory
from moderator.kafka_settings import KafkaSettings

SAMPLE = 1_000  # texts for a first idea of the speed
MEASURED_S = 10.0  # of the classifier alone, and of the agent
SETTLED_S = 5.0  # after an overload has begun
OVERLOAD = 1.2  # of what it answers on a backlog: more than it can, with clients beside it
COMPARED = 2_000  # messages whose outcomes are looked up without a broker
MOST_WAITING_S = 30.0  # of work; when more waits, the load is beyond what the machine can do


def measure_load(site: Site, model: ModelDirectory, profile: Profile, rate: float | None) -> MeasuredLoad:
    """Measure `profile`, at most `rate` messages a second if that is given; the peers too where the profile has a goal
    against them. Raises RuntimeError when broker or agent fail.
    """
    settings = _settings(site, model, profile)
    site.say("warming the broker up")
    warm_up(site.kafka)
    classifier_rate, texts = _classifier_alone(site, model, profile)
    site.say(f"classifier alone: {classifier_rate:,.0f} texts/s; now the agent, on a backlog")
    measured = Backlog(site.kafka, texts, site.folder).measure(site.provider, **settings)
    backlog = measured[Figure.END_TO_END]
    site.say(f"on a backlog: {backlog:,.0f} messages/s; now its capacity, with the clients at work")
    capacity = _capacity(site, profile, backlog, settings)
    scale = rate / profile.peak if rate else capacity
    site.say(f"capacity: {capacity:,.0f} messages/s; now {profile.name}, up to {scale * profile.peak:,.0f}/s")
    sent_texts = _texts_enough(profile, scale, capacity)
    most_waiting = round(MOST_WAITING_S * capacity)
    journal, stages_ms = _loaded(site, planned(profile, scale, sent_texts), most_waiting, settings)
    site.say("the same messages without a broker, for their outcomes")
    same = _same_outcomes(site, planned(profile, scale, sent_texts), journal, settings)
    return MeasuredLoad(
        profile,
        scale,
        classifier_rate,
        backlog,
        capacity,
        journal,
        same,
        stages_ms,
        measured[Figure.MEMORY],
        token_lengths(model, texts[:SAMPLE]),
        _peers(site, texts) if profile.peer_goal else [],
    )


def _capacity(site: Site, profile: Profile, backlog: float, settings: dict[str, str]) -> float:
    """What it answers a second while more than that is sent."""
    ends_s = SETTLED_S + MEASURED_S
    overload = replace(profile, phases=(Phase(ends_s, OVERLOAD, OVERLOAD),))
    texts = _texts_enough(overload, backlog, backlog)
    journal, _ = _loaded(site, planned(overload, backlog, texts), round(MOST_WAITING_S * backlog), settings)
    return steady_rate(sorted(1000 * answer.at_s for answer in journal.answered if SETTLED_S < answer.at_s < ends_s))


def _peers(site: Site, texts: Sequence[str]) -> list[Peer]:
    from load.peers_measured import measure_peers  # noqa: PLC0415  only who measures them needs PyTorch

    peers: list[Peer] = []
    for peer in measure_peers(site.kafka, texts, site.say):
        site.say(f"{peer.name}: {peer.rate:,.0f}/s")
        peers.append(peer)
    return peers


def _settings(site: Site, model: ModelDirectory, profile: Profile) -> dict[str, str]:
    if not profile.tenants:
        return {}
    policy = site.folder / "policy.toml"
    write_policy(model.file("policy.toml"), profile.tenants, policy)
    return {"POLICY__FILE": str(policy)}


def _classifier_alone(site: Site, model: ModelDirectory, profile: Profile) -> tuple[float, list[str]]:
    """Its speed, and as many texts of the profile as it gets through in the time that a measurement takes."""
    call_texts = KafkaSettings().max_poll_records
    first = ClassifierAlone(model, site.provider, texts_of(profile.texts, SAMPLE), call_texts)
    count = max(SAMPLE, round(MEASURED_S * first.measure()[Figure.CLASSIFIER]))
    texts = texts_of(profile.texts, count)
    return ClassifierAlone(model, site.provider, texts, call_texts).measure()[Figure.CLASSIFIER], texts


def _loaded(
    site: Site, plan: Iterable[Planned], most_waiting: int, settings: dict[str, str]
) -> tuple[Journal, dict[str, float]]:
    topics = fresh_topics(site.kafka)
    with open_loop(site.kafka, topics, most_waiting) as loop:
        with site.agent(topics, **settings) as agent:
            loop.run(plan, agent.require_running, site.say)
            stages_ms = stage_means_ms(agent.scraped())
        loop.read_rest()
    if not loop.journal.answered:
        raise RuntimeError("the agent answered none of the load's messages")
    return loop.journal, stages_ms


def _texts_enough(profile: Profile, scale: float, capacity: float) -> list[str]:
    """No text twice, other than as the profile has it; of a load beyond the capacity most are never sent."""
    most = (profile.seconds + MOST_WAITING_S) * capacity
    return texts_of(profile.texts, round(min(scale * profile.peak * profile.seconds, most)) + SAMPLE)


def _same_outcomes(site: Site, plan: Iterable[Planned], journal: Journal, settings: dict[str, str]) -> float:
    """Percent of the first messages that were answered whose outcome is that of the command."""
    found = {answer.identity: answer.outcome for answer in journal.answered}
    messages = [message.document() for message in islice(plan, COMPARED) if message.identity in found]
    alone = verdicts_alone(messages, site.folder, MODEL__PROVIDER=site.provider, **settings)
    return 100 * sum(found[identity] == outcome for identity, outcome in alone.items()) / len(messages)
