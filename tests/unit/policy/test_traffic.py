"""A sample weighed as the platform's traffic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.labels import Label
from moderator.errors import ConfigError
from moderator.policy.traffic import ANY, traffic
from tests.unit.policy.samples import mixed, text

SAMPLE = mixed(3, 200)


def test_without_shares_each_text_stands_for_as_many_messages() -> None:
    """The file's own mix."""
    hour = traffic(SAMPLE, 1_000, {})
    assert set(hour.per_hour) == {5.0}
    carrying = sum(each.carries[0] is True for each in SAMPLE)
    assert hour.share(Label.TOXIC) == pytest.approx(carrying / len(SAMPLE))


@given(toxic=st.floats(0.001, 0.5), spam=st.floats(0.001, 0.5), hourly=st.floats(1, 1e7))
def test_given_shares_are_met_together(toxic: float, spam: float, hourly: float) -> None:
    """And the weights are all of the hour's messages."""
    hour = traffic(SAMPLE, hourly, {Label.TOXIC: toxic, Label.SPAM: spam})
    assert hour.share(Label.TOXIC) == pytest.approx(toxic, rel=0.02)
    assert hour.share(Label.SPAM) == pytest.approx(spam, rel=0.02)
    assert hour.messages_per_hour == pytest.approx(hourly)
    assert min(hour.per_hour) > 0


def test_the_share_of_any_label_scales_them_all() -> None:
    """Labels that are not given keep their proportions among the harmful."""
    file, platform = traffic(SAMPLE, 1, {}), traffic(SAMPLE, 1, {ANY: 0.02})
    harmful = sum(hourly for each, hourly in zip(SAMPLE, platform.per_hour, strict=True) if each.harmful)
    assert harmful == pytest.approx(0.02)
    assert platform.share(Label.TOXIC) / platform.share(Label.SPAM) == pytest.approx(
        file.share(Label.TOXIC) / file.share(Label.SPAM)
    )


def test_shares_of_what_no_row_shows_are_refused() -> None:
    """All of them named: a label that none carries, one that all carry."""
    texts = [text({Label.TOXIC: (0.9, True), Label.SPAM: (0.1, False)})] * 3
    with pytest.raises(ConfigError) as refused:
        traffic(texts, 100, {Label.TOXIC: 0.1, Label.SPAM: 0.1})
    assert refused.value.problems == (
        "harmful share of toxic: no row is known not to carry it",
        "harmful share of spam: no row is known to carry it",
    )


@pytest.mark.parametrize(("toxic", "insult"), [(0.1, 0.2), (1e-6, 0.9)])
def test_shares_that_contradict_the_rows_are_refused(toxic: float, insult: float) -> None:
    """Where every insult is toxic there is no platform with more insults than toxic messages."""
    texts = [
        text({Label.TOXIC: (0.9, is_toxic), Label.INSULT: (0.9, is_insult)})
        for is_toxic, is_insult in ((True, True), (True, False), (False, False))
    ]
    with pytest.raises(ConfigError, match="toxic, insult"):
        traffic(texts, 100, {Label.TOXIC: toxic, Label.INSULT: insult})
