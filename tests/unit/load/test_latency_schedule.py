"""When messages of the latency measurement are due."""

from itertools import pairwise

from load.latency import GAP_S, due_times


def test_messages_are_due_about_every_50_ms_without_a_rhythm() -> None:
    """Fixed ahead, the same in every run, and never so regular that a polling loop could fall into step."""
    due = due_times(400)
    gaps = [later - earlier for earlier, later in pairwise(due)]
    assert due == due_times(400)
    assert 0.045 < sum(gaps) / len(gaps) < 0.055
    assert all(GAP_S[0] <= gap <= GAP_S[1] for gap in gaps)
    assert len(set(gaps)) > 390
