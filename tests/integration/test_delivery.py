"""Every record gets its answer on a real Kafka, whoever is killed, stopped or restarted meanwhile.

`duplicates()` fails by itself where two answers to one record differ.
"""

import json

import pytest

from tests.integration.conftest import StartAgent
from tests.integration.platform import Headers, Platform, Sent, message
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

MANY = 3_000  # more than are answered before the test interferes
SOME = 200

POISON = {
    "tombstone": Sent(b"poison", None, [("app", b"1")]),
    "invalid_encoding": Sent(b"poison", b'{"id": "m", "text": "\xff\xfe"}', [("app", b"1"), ("null", None)]),
    "invalid_json": Sent(None, b'{"id": "m", "text": ', []),
    "not_an_object": Sent(b"poison", b"[1, 2, 3]"),
    "missing_field": Sent(b"poison", b'{"text": "no id"}'),
    "invalid_field": Sent(b"poison", b'{"id": "m", "text": ["hello"]}'),
    "empty_text": Sent(b"poison", b'{"id": "m", "text": "  "}'),
    "text_too_long": Sent(b"poison", b'{"id": "m", "text": "' + b"tea " * 50_000 + b'"}'),
    "invalid_cloudevent": Sent(b"poison", b'{"id": "m", "text": "hello"}', [("ce_specversion", b"0.3")]),
}


def test_messages_become_verdicts(platform: Platform, agent: StartAgent) -> None:
    """Each verdict names its message and carries its key and trace on; another group comes to the same ids."""
    trace = ("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    keyless = Sent(None, b'{"id": "keyless", "text": "hello"}', [trace])
    platform.send([*map(message, range(SOME)), keyless])

    for times, group in enumerate(("first", "second"), start=1):
        with agent(group) as process:
            platform.all_answered(times)
            assert process.stop() == 0

    for origin, sent in platform.sent.items():
        assert sent.value is not None
        message_id = json.loads(sent.value)["id"]
        for answer in platform.answers[origin]:
            assert answer.verdict["message_id"] == message_id
            assert answer.key == (sent.key or message_id.encode())
            headers = dict(answer.headers)
            assert headers["ce_id"] == str(answer.verdict["id"]).encode()
            assert headers["ce_type"] == b"moderator.verdict.v1"
            assert (trace in answer.headers) == (sent is keyless)
    assert platform.duplicates() == len(platform.sent)  # once for each group, and the same each time
    identities = {answers[0].verdict["id"] for answers in platform.answers.values()}
    assert len(identities) == len(platform.sent)


def test_what_a_killed_agent_had_in_hand_is_done_by_another(platform: Platform, agent: StartAgent) -> None:
    """SIGKILL in the middle of a batch: the batch was not committed, so the rest of the group does it again."""
    platform.send(map(message, range(MANY)))
    with agent("group") as killed, agent("group") as survivor:
        platform.members("group", 2)
        platform.send(map(message, range(MANY, 2 * MANY)))
        platform.answered(len(platform.answers) + SOME)
        killed.kill()
        assert sum(platform.committed("group").values()) < 2 * MANY
        platform.all_answered()
        platform.members("group", 1)
        assert survivor.stop() == 0
    platform.duplicates()


def test_a_stopped_agent_leaves_nothing_half_done(platform: Platform, agent: StartAgent) -> None:
    """SIGTERM under load: whatever is answered is committed too, so the next agent repeats nothing."""
    platform.send(map(message, range(MANY)))
    with agent("group") as process:
        platform.answered(SOME)
        assert process.stop() == 0
    committed = sum(platform.committed("group").values())
    platform.answered(committed)
    assert SOME <= committed < MANY

    with agent("group") as process:
        platform.all_answered()
        assert process.stop() == 0
    assert platform.duplicates() == 0
    assert sum(platform.committed("group").values()) == MANY


def test_agents_outlive_the_broker(platform: Platform, agent: StartAgent, kafka: RealKafka) -> None:
    """A broker that is killed in mid-flow and comes back finds its agents waiting, and they go on."""
    platform.send(map(message, range(MANY)))
    with agent("group") as first, agent("group") as second:
        second.until_joined()
        platform.answered(SOME)
        kafka.kill()
        kafka.start()
        platform.answered(len(platform.answers) + SOME)
        kafka.restart()
        platform.all_answered()
        assert first.running
        assert second.running
        assert first.stop() == 0
        assert second.stop() == 0
    platform.duplicates()


def test_poison_becomes_dead_letters_and_harms_no_neighbour(platform: Platform, agent: StartAgent) -> None:
    """Each dead letter is its record byte for byte, with the reason beside it; every message has its verdict."""
    neighbours = list(map(message, range(SOME)))
    apart = SOME // len(POISON)
    records: list[Sent] = []
    for place, poison in enumerate(POISON.values()):
        records += [*neighbours[place * apart : (place + 1) * apart], poison]
    platform.send(records)

    with agent("group") as process:
        platform.all_answered()
        assert process.stop() == 0

    codes = {id(sent): code for code, sent in POISON.items()}
    for origin, sent in platform.sent.items():
        (answer,) = platform.answers[origin]
        code = codes.get(id(sent))
        assert answer.is_verdict == (code is None)
        if code:
            assert (answer.key, answer.value) == (sent.key, sent.value)
            assert answer.headers[: len(sent.headers)] == sent.headers
            added: Headers = answer.headers[len(sent.headers) :]
            assert dict(added)["moderator.error.code"] == code.encode()
