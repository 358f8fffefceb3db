"""A large model's endpoint may do what it likes: the reviewer gets a reply, or one of three errors."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from prometheus_client import CollectorRegistry

from moderator.adapters import large_model
from moderator.adapters.large_model import LargeModelEndpoint
from moderator.errors import ConfigError, ReviewerUnavailable
from moderator.review.reply import Ending, FormatUnsupported
from moderator.telemetry.metrics import Metrics
from tests.support.chat_server import Behaviour, ChatServer, cuts, dawdles, fails, says, sends

DEADLINE_S = 20.0
MESSAGES = [{"role": "system", "content": "a policy"}, {"role": "user", "content": "a text"}]
JSON_OBJECT = {"type": "json_object"}


@pytest.fixture
async def server() -> AsyncIterator[ChatServer]:
    """It says fine unless a test scripts something else."""
    async with ChatServer(lambda _request: "fine") as running:
        yield running


@pytest.fixture
async def endpoint(server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LargeModelEndpoint]:
    """It waits a hundredth of the usual time between attempts."""
    monkeypatch.setattr(large_model, "FIRST_DELAY_S", 0.005)
    asked = LargeModelEndpoint(server.base_url, "a key", "a model", 256, Metrics(CollectorRegistry()))
    yield asked
    await asked.close()


async def test_an_answer_and_what_it_cost(server: ChatServer, endpoint: LargeModelEndpoint) -> None:
    """Under the key, without sampling, and no longer than told."""
    reply = await endpoint.ask(MESSAGES, JSON_OBJECT, DEADLINE_S)
    assert (reply.text, reply.ending, reply.input_tokens, reply.output_tokens) == ("fine", Ending.COMPLETE, 100, 20)
    assert server.authorisations == ["Bearer a key"]
    request = server.requests[0]
    assert (request["messages"], request["response_format"]) == (MESSAGES, JSON_OBJECT)
    assert (request["model"], request["temperature"], request["max_tokens"]) == ("a model", 0, 256)


@pytest.mark.parametrize("trouble", [fails(429), fails(500), fails(503), fails(408), fails(409), cuts])
async def test_what_may_pass_is_asked_again(
    server: ChatServer, endpoint: LargeModelEndpoint, trouble: Behaviour
) -> None:
    """As often as the deadline allows."""
    server.script.extend([trouble] * 3)
    assert (await endpoint.ask(MESSAGES, None, DEADLINE_S)).text == "fine"
    assert len(server.requests) == 4


async def test_nobody_is_asked_before_the_time_that_was_told(server: ChatServer, endpoint: LargeModelEndpoint) -> None:
    """Retry-After is longer than this deadline, so no second request is made within it."""
    server.script.append(fails(429, {"retry-after": "30"}))
    with pytest.raises(TimeoutError):
        await endpoint.ask(MESSAGES, None, 0.5)
    assert len(server.requests) == 1


async def test_a_stream_that_never_ends_is_given_up(server: ChatServer, endpoint: LargeModelEndpoint) -> None:
    """Though each read of it is quick."""
    server.script.append(dawdles)
    with pytest.raises(TimeoutError):
        await endpoint.ask(MESSAGES, None, 0.5)


@pytest.mark.parametrize("status", [400, 422])
async def test_a_form_of_answer_that_is_not_known_is_said(
    server: ChatServer, endpoint: LargeModelEndpoint, status: int
) -> None:
    """So that the next request asks for a simpler one. Without a form the same status means that nobody answers."""
    server.script.extend([fails(status), fails(status)])
    with pytest.raises(FormatUnsupported):
        await endpoint.ask(MESSAGES, JSON_OBJECT, DEADLINE_S)
    with pytest.raises(ReviewerUnavailable, match=str(status)):
        await endpoint.ask(MESSAGES, None, DEADLINE_S)


@pytest.mark.parametrize(
    "body", [b"", b"no JSON", b"{}", b"[]", b"null", b'{"choices": []}', b'{"choices": [{}]}', b'{"choices": null}']
)
async def test_a_body_that_is_no_completion_is_an_error_of_the_endpoint(
    server: ChatServer, endpoint: LargeModelEndpoint, body: bytes
) -> None:
    """Not of this program, whatever it calls itself."""
    server.script.extend([sends(body), sends(body, "text/html")])
    for _ in range(2):
        with pytest.raises(ReviewerUnavailable):
            await endpoint.ask(MESSAGES, None, DEADLINE_S)


@pytest.mark.parametrize(
    ("behaviour", "ending"),
    [
        (says("half a sen", "length"), Ending.CUT_SHORT),
        (says("", "content_filter"), Ending.REFUSED),
        (says(None, refusal="I cannot help with that"), Ending.REFUSED),
        (says(None), Ending.COMPLETE),
    ],
)
async def test_how_an_answer_ended_is_kept(
    server: ChatServer, endpoint: LargeModelEndpoint, behaviour: Behaviour, ending: Ending
) -> None:
    """A refusal and a cut are not answers."""
    server.script.append(behaviour)
    assert (await endpoint.ask(MESSAGES, None, DEADLINE_S)).ending is ending


async def test_a_refused_key_is_a_matter_of_settings(server: ChatServer, endpoint: LargeModelEndpoint) -> None:
    """Named, without the key. An endpoint that is away is not: it may come back."""
    await endpoint.require_access()
    server.key_refused = True
    with pytest.raises(ConfigError, match="MODERATOR_REVIEWER__API_KEY_FILE") as refusal:
        await endpoint.require_access()
    assert "a key" not in str(refusal.value)
    nobody = LargeModelEndpoint("http://127.0.0.1:1/v1", "a key", "m", 256, Metrics(CollectorRegistry()))
    async with asyncio.timeout(DEADLINE_S):
        await nobody.require_access()
    await nobody.close()
