"""`stub-large-model`: what stands in the demo where a large model would. It speaks OpenAI's chat completions and knows
nothing: its rules are the tables below, and no figure of it says anything about a large model.

A text breaks each rule of its policy that has one of its words here, and is blocked; else it is allowed. Confidence is
high, but low where a word softens the text or a letter is not English.
"""

import json
import re
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

NAME = "stub-large-model"
HOST = "127.0.0.1"
GONE_AFTER_S = 0.5  # open connections get this long at the end

WORDS = {
    "threat.1": frozenset({"kill", "crush"}),
    "hate.2": frozenset({"all"}),
    "insult.1": frozenset({"clown", "dumb", "fool", "idiot", "moron", "silly"}),
    "obscene.1": frozenset({"crap"}),
    "toxic.1": frozenset({"disgrace"}),
    "sexual.4": frozenset({"hot", "naked"}),
    "spam.4": frozenset({"free", "prize", "win"}),
}
SOFTENING = frozenset({"haha", "lol", "love", "mine"})

_CONTENT = re.compile(r'^BEGIN \S+\n(".*")\nEND ', re.MULTILINE)
_NONCE = re.compile(r"^nonce: (\S+)\Z", re.MULTILINE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the stub reads of a question."""

    text: str
    nonce: str
    rules: tuple[str, ...]  # of the policy that it is asked under

    @classmethod
    def of(cls, request: dict[str, Any]) -> "Asked":
        """From a request in the reviewer's form `generic_json`, with a JSON schema. Raises ValueError for any other."""
        try:
            words = request["messages"][-1]["content"]
            fields = request["response_format"]["json_schema"]["schema"]["properties"]
            content, nonce = _CONTENT.search(words), _NONCE.search(words)
            rules = tuple(fields["rules"]["items"]["enum"])
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError("not a question of the reviewer's") from error
        if content is None or nonce is None:
            raise ValueError("no content in the question")
        return cls(json.loads(content[1]), nonce[1], rules)


def answer(asked: Asked) -> dict[str, Any]:
    """What the rules make of it, in the form that was asked for."""
    words = {word.lower() for word in _WORD.findall(asked.text)}
    broken = [rule for rule in asked.rules if WORDS.get(rule, frozenset()) & words]
    unsure = bool(words & SOFTENING) or not asked.text.isascii()
    found = f"a word of its list for {', '.join(broken)}" if broken else "no word of its lists"
    return {
        "nonce": asked.nonce,
        "rationale": f"A stub, not a large model: it found {found}.",
        "rules": broken,
        "labels": [],  # each rule has its own
        "outcome": "block" if broken else "allow",
        "confidence": "low" if unsure else "high",
    }


class StubModel:
    """Serves on a free port of loopback within `async with`."""

    def __init__(self) -> None:
        app = web.Application()
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/v1/chat/completions", self._complete)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=GONE_AFTER_S)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """For a client of chat completions."""
        return f"http://{HOST}:{self._runner.addresses[0][1]}/v1"

    async def _models(self, _request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": NAME, "object": "model"}]})

    async def _complete(self, request: web.Request) -> web.Response:
        try:
            asked = Asked.of(await request.json())
        except ValueError as error:
            return web.json_response({"error": {"message": str(error), "type": "invalid_request"}}, status=400)
        said = json.dumps(answer(asked))
        message = {"role": "assistant", "content": said}
        completion = {
            "id": "stub",
            "object": "chat.completion",
            "created": 0,
            "model": NAME,
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            # It has no tokens; words are near enough for a budget to be seen to shrink.
            "usage": {"prompt_tokens": len(_WORD.findall(asked.text)), "completion_tokens": len(_WORD.findall(said))},
        }
        return web.json_response(completion)
