"""When the messages of a load are due."""

from collections import Counter
from pathlib import Path

import pytest

from load.arrivals import HOT_KEY, planned
from load.profiles import PROFILES, Phase, Profile
from load.texts_of import write_policy
from moderator.inference.manifest import default_model_directory
from moderator.policy.thresholds import load_policy

TEXTS = ["one", "two", "three"]


def test_arrivals_are_fixed_ahead_and_as_many_as_the_rate_says() -> None:
    """Two runs send the same messages at the same times; a minute at 70 of a second has 4,200, give or take."""
    due = [message.due_s for message in planned(PROFILES["steady"], 100, TEXTS)]
    assert due == [message.due_s for message in planned(PROFILES["steady"], 100, TEXTS)]
    assert due != [message.due_s for message in planned(PROFILES["steady"], 100, TEXTS, seed=8)]
    assert due == sorted(due)
    assert 4_000 < len(due) < 4_400
    assert due[0] >= 0
    assert due[-1] < 60


def test_a_ramp_grows_in_a_straight_line() -> None:
    """Of a rate that grows from nothing, three quarters of the messages come in the second half."""
    ramp = Profile("ramp", "", (Phase(40, 0.0, 1.0),))
    due = [message.due_s for message in planned(ramp, 200, TEXTS)]
    assert 3_700 < len(due) < 4_300
    assert 0.72 < sum(at >= 20 for at in due) / len(due) < 0.78


def test_a_burst_is_ten_times_what_comes_before_it() -> None:
    """The profile's phases follow each other without a gap."""
    at = Counter(int(message.due_s) for message in planned(PROFILES["burst"], 200, TEXTS))
    before, within = sum(at[second] for second in range(15)) / 15, sum(at[second] for second in range(15, 25)) / 10
    assert 9 < within / before < 11
    assert max(at) == 54


def test_half_of_the_hot_key_is_under_one_key() -> None:
    """The others have a key each, and every message an id of its own."""
    messages = list(planned(PROFILES["hot-key"], 100, TEXTS))
    hot = sum(message.key == HOT_KEY for message in messages)
    assert 0.45 < hot / len(messages) < 0.55
    assert len({message.key for message in messages}) == len(messages) - hot + 1
    assert len({message.identity for message in messages}) == len(messages)


def test_tenants_come_in_turn_and_each_has_its_own_thresholds(tmp_path: Path) -> None:
    """The policy that the agent gets is one that the program accepts."""
    tenants = PROFILES["tenants"].tenants
    messages = list(planned(PROFILES["tenants"], 10, TEXTS))
    assert [message.document()["tenant"] for message in messages[:9]] == [*tenants, tenants[0]]
    assert "tenant" not in next(planned(PROFILES["steady"], 10, TEXTS)).document()
    policy = tmp_path / "policy.toml"
    write_policy(default_model_directory() / "policy.toml", tenants, policy)
    assert load_policy(policy).hash != load_policy(default_model_directory() / "policy.toml").hash
    assert policy.read_text().count("[[overrides]]") == len(tenants)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_a_profile_lasts_at_most_a_minute_and_a_half(profile: Profile) -> None:
    """A whole run has six minutes, with what is measured before and after it."""
    assert profile.seconds <= 90
    assert profile.peak > 0
