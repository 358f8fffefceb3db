"""A real HTTP server that speaks the chat-completions protocol, and misbehaves when told to."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

Request = dict[str, Any]
Behaviour = Callable[[web.Request, Request], Awaitable[web.StreamResponse]]
Answer = Callable[[Request], str]
TOKENS = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def completion(text: str | None, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    """The protocol's document."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": TOKENS}


def says(text: str | None, finish: str = "stop", refusal: str | None = None) -> Behaviour:
    """A completion of these words."""

    async def behave(_http: web.Request, _request: Request) -> web.StreamResponse:
        return web.json_response(completion(text, finish, refusal))

    return behave


def fails(status: int, headers: dict[str, str] | None = None) -> Behaviour:
    """An error as such servers word it."""

    async def behave(_http: web.Request, _request: Request) -> web.StreamResponse:
        return web.json_response({"error": {"message": "no", "type": "error"}}, status=status, headers=headers)

    return behave


def sends(body: bytes, content_type: str = "application/json") -> Behaviour:
    """These bytes with a 200."""

    async def behave(_http: web.Request, _request: Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=content_type)

    return behave


async def cuts(http: web.Request, _request: Request) -> web.StreamResponse:
    """Half an answer, then the connection is closed."""
    response = web.StreamResponse(headers={"content-type": "application/json", "content-length": "1000"})
    await response.prepare(http)
    await response.write(b'{"id": "c", "cho')
    assert http.transport is not None
    http.transport.abort()
    return response


async def dawdles(http: web.Request, _request: Request) -> web.StreamResponse:
    """A byte now and then, without end: no single read takes long."""
    response = web.StreamResponse(headers={"content-type": "application/json"})
    await response.prepare(http)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.02)


class ChatServer:
    """Answers with `answer`, after it has gone through the `script` of other behaviours. Keeps what it was asked."""

    def __init__(self, answer: Answer = lambda _request: "{}") -> None:
        self.answer = answer
        self.script: deque[Behaviour] = deque()
        self.requests: list[Request] = []
        self.authorisations: list[str | None] = []
        self.delay_s = 0.0
        self.key_refused = False
        self.at_once = self.most_at_once = 0
        self._runner: web.AppRunner | None = None
        self.base_url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_get("/v1/models", self._models)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _models(self, _http: web.Request) -> web.StreamResponse:
        if self.key_refused:
            return web.json_response({"error": {"message": "no"}}, status=401)
        return web.json_response({"object": "list", "data": []})

    async def _chat(self, http: web.Request) -> web.StreamResponse:
        request: Request = json.loads(await http.read())
        self.requests.append(request)
        self.authorisations.append(http.headers.get("authorization"))
        if self.script:
            return await self.script.popleft()(http, request)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.delay_s)
        finally:
            self.at_once -= 1
        return web.json_response(completion(self.answer(request)))
