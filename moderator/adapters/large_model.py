"""A large model behind any endpoint that speaks OpenAI's chat completions."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from typing import Any

import openai
from openai import AsyncOpenAI

from moderator.errors import ConfigError, ReviewerUnavailable
from moderator.review.reply import Ending, FormatUnsupported, Reply
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics, from_zero

FIRST_DELAY_S = 0.5
LONGEST_DELAY_S = 20.0
CONNECT_TIMEOUT_S = 5.0
PASSING = frozenset({408, 409, 429})  # and all from 500 on: the same request may be answered a moment later
UNSUPPORTED = frozenset({400, 404, 415, 422, 501})  # what servers answer to a response_format that they do not know
UNAUTHORISED = frozenset({401, 403})

Message = Mapping[str, Any]

log = get_logger(__name__)


class LargeModelEndpoint:
    """Asks one model. Retries what may pass, waits as long as it is told to, and never beyond the deadline."""

    def __init__(self, base_url: str, api_key: str, model: str, max_output_tokens: int, metrics: Metrics) -> None:
        # Retries and deadlines are kept here: the client's own are two, and ten minutes.
        self._client = AsyncOpenAI(
            base_url=base_url,
            api_key=api_key,
            max_retries=0,
            timeout=openai.Timeout(None, connect=CONNECT_TIMEOUT_S),
        )
        self._model = model
        self._max_output_tokens = max_output_tokens
        self._metrics = metrics
        from_zero(metrics.retries, "review")

    async def ask(
        self, messages: Sequence[Message], response_format: Mapping[str, Any] | None, deadline_s: float
    ) -> Reply:
        """One answer to `messages`.

        Raises TimeoutError at the deadline, ReviewerUnavailable when the endpoint cannot be used, and
        FormatUnsupported when it refuses a request that names a `response_format`.
        """
        async with asyncio.timeout(deadline_s):
            attempt = 0
            while True:
                try:
                    return await self._answer(messages, response_format)
                except openai.APIConnectionError as error:
                    delay, reason = _delay(attempt, None), type(error).__name__
                except openai.APIStatusError as error:
                    status = error.status_code
                    if response_format is not None and status in UNSUPPORTED:
                        raise FormatUnsupported from None
                    if status not in PASSING and status < 500:
                        raise ReviewerUnavailable(f"the endpoint answers {status}") from None
                    delay, reason = _delay(attempt, error.response.headers.get("retry-after")), str(status)
                except (openai.OpenAIError, ValueError) as error:  # a body that is no chat completion, or no JSON
                    raise ReviewerUnavailable(f"the endpoint's answer is none: {type(error).__name__}") from None
                log.warning("asking again", attempt=attempt + 1, error=reason, delay_s=round(delay, 2))
                self._metrics.retries.labels("review").inc()
                attempt += 1
                await asyncio.sleep(delay)

    async def _answer(self, messages: Sequence[Message], response_format: Mapping[str, Any] | None) -> Reply:
        form = {} if response_format is None else {"response_format": response_format}
        completions: Any = self._client.chat.completions
        completion = await completions.create(
            model=self._model, messages=list(messages), temperature=0, max_tokens=self._max_output_tokens, **form
        )
        return _reply(completion)

    async def require_access(self) -> None:
        """Raises ConfigError when the endpoint refuses the key; anything else that is wrong now may pass."""
        try:
            await self._client.models.list(timeout=CONNECT_TIMEOUT_S)
        except openai.APIStatusError as error:
            if error.status_code in UNAUTHORISED:
                raise ConfigError(
                    [f"MODERATOR_REVIEWER__API_KEY_FILE: the endpoint refuses the key ({error.status_code})"]
                ) from None
        except openai.OpenAIError as error:
            log.warning("the large model does not answer; people get everything", error=type(error).__name__)

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.close()


def _reply(completion: Any) -> Reply:
    """Raises ReviewerUnavailable when the document is no chat completion: servers send the oddest things with a 200."""
    try:
        choice = completion.choices[0]
        usage = completion.usage
        text = choice.message.content or ""
        if getattr(choice.message, "refusal", None) or choice.finish_reason == "content_filter":
            ending = Ending.REFUSED
        elif choice.finish_reason == "length":
            ending = Ending.CUT_SHORT
        else:
            ending = Ending.COMPLETE
        tokens = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
        return Reply(str(text), ending, int(tokens[0] or 0), int(tokens[1] or 0))
    except (AttributeError, IndexError, TypeError, ValueError):
        raise ReviewerUnavailable("the endpoint's answer is no chat completion") from None


def _delay(attempt: int, retry_after: str | None) -> float:
    """Full jitter (Brooker, Exponential Backoff And Jitter, 2015), but not before the endpoint said."""
    jitter = random.uniform(0, min(LONGEST_DELAY_S, FIRST_DELAY_S * 2**attempt))
    try:
        told = float(retry_after or 0)  # a date, the header's other form, is not sent by these servers
    except ValueError:
        told = 0.0
    return max(0.0, told) + jitter
