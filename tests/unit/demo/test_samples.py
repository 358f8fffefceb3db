"""What the demo sends: every kind of answer, and records such as every real topic holds sooner or later."""

import pytest

from moderator.config import InputSettings
from moderator.contracts.codec import MessageDecoder
from moderator.contracts.message import Message
from moderator.contracts.record import Record
from moderator.demo.samples import BROKEN, Sample, load_samples
from moderator.errors import PoisonRecord

DECODER = MessageDecoder(InputSettings().pointers(), InputSettings().max_text_characters)


def decoded(sample: Sample) -> Message:
    """As the agent reads it."""
    return DECODER.decode(Record("messages", 0, 0, 0, sample.key, sample.value))


def test_every_sample_but_the_broken_is_a_message() -> None:
    """Under its own key, with the text that the screen shows."""
    messages = [sample for sample in load_samples() if sample not in BROKEN]
    assert len(messages) >= 30
    for sample in messages:
        message = decoded(sample)
        assert (message.id, message.text) == (sample.key.decode(), sample.text)


@pytest.mark.parametrize("sample", BROKEN, ids=lambda sample: sample.key.decode())
def test_a_broken_sample_becomes_a_dead_letter(sample: Sample) -> None:
    """Else the screen would promise what does not come."""
    with pytest.raises(PoisonRecord):
        decoded(sample)


def test_broken_samples_differ() -> None:
    """Each shows another reason."""
    codes = set()
    for sample in BROKEN:
        with pytest.raises(PoisonRecord) as refusal:
            decoded(sample)
        codes.add(refusal.value.code)
    assert len(codes) == len(BROKEN)


def test_keys_are_unique() -> None:
    """The screen finds a text by its key."""
    keys = [sample.key for sample in load_samples()]
    assert len(set(keys)) == len(keys)


def test_the_broken_stand_among_the_others() -> None:
    """Their neighbours' verdicts are what the demo shows."""
    samples = load_samples()
    places = [samples.index(broken) for broken in BROKEN]
    assert len(samples) - len(BROKEN) > 0
    assert min(places) > 0
    assert max(places) < len(samples) - 1
    assert len({place // 5 for place in places}) == len(BROKEN)


def test_a_sample_goes_to_a_topic() -> None:
    """As it stands."""
    publication = BROKEN[1].to("topic")
    assert (publication.topic, publication.key, publication.value) == ("topic", BROKEN[1].key, BROKEN[1].value)
