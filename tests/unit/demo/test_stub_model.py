"""The stub of a large model: the reviewer's own client and prompt reach it, and it answers by its published rules."""

from typing import Any

import pytest
from aiohttp import ClientSession
from prometheus_client import CollectorRegistry

from moderator.adapters.large_model import LargeModelEndpoint
from moderator.contracts.verdict import Outcome
from moderator.demo.stub_model import NAME, WORDS, StubModel
from moderator.review.documents import SHIPPED, PolicyText, load_policies
from moderator.review.formats.generic_json import GenericJson
from moderator.review.opinion import Opinion
from moderator.review.prompt import Rung, enclose
from moderator.telemetry.metrics import Metrics

DEADLINE_S = 30.0
MOST_CHARACTERS = 1_000


def policy(id_: str) -> PolicyText:
    """A shipped document."""
    return next(document for document in load_policies(SHIPPED).documents if document.reference.id == id_)


async def asked(text: str, id_: str = "abuse") -> Opinion:
    """What the reviewer reads off the stub's answer."""
    form = GenericJson()
    question = form.ask(policy(id_), enclose(text, MOST_CHARACTERS))
    async with StubModel() as stub:
        endpoint = LargeModelEndpoint(stub.base_url, "none", NAME, 1_024, Metrics(CollectorRegistry()))
        try:
            await endpoint.require_access()
            reply = await endpoint.ask(question.messages, question.ladder[Rung.JSON_SCHEMA], DEADLINE_S)
        finally:
            await endpoint.close()
    assert reply.input_tokens > 0
    return form.read(question, reply.text)


async def test_a_listed_word_breaks_its_rule() -> None:
    """In any case, with a reason that says who speaks and quotes nothing."""
    opinion = await asked('A "quoted"\nCLOWN.')
    assert (opinion.outcome, opinion.rules, opinion.confidence) == (Outcome.BLOCK, ("insult.1",), 0.75)
    assert opinion.rationale
    assert "stub" in opinion.rationale
    assert "clown" not in opinion.rationale.lower()


async def test_no_listed_word_breaks_nothing() -> None:
    """Part of a word is none."""
    opinion = await asked("The clownfish is orange.")
    assert (opinion.outcome, opinion.rules, opinion.confidence) == (Outcome.ALLOW, (), 0.75)


async def test_a_rule_of_another_policy_is_not_broken() -> None:
    """It judges by the document that it is asked under."""
    assert (await asked("You clown", "spam")).outcome is Outcome.ALLOW


@pytest.mark.parametrize("text", ["A dumb mistake of mine", "Padał deszcz"])
async def test_of_some_it_is_unsure(text: str) -> None:
    """A softening word, a foreign letter: the reviewer leaves those to people."""
    assert (await asked(text)).confidence == 0.25


def test_its_rules_are_in_the_shipped_policies() -> None:
    """A rule that no document has would never be broken."""
    assert WORDS.keys() <= {rule.id for document in load_policies(SHIPPED).documents for rule in document.rules}


async def test_what_is_no_question_of_the_reviewers_is_refused() -> None:
    """As servers refuse; nothing is made up."""
    async with StubModel() as stub, ClientSession() as client:
        bodies: list[dict[str, Any]] = [{"messages": []}, {"messages": [{"content": "Hello"}], "response_format": None}]
        for body in bodies:
            async with client.post(f"{stub.base_url}/chat/completions", json=body) as answer:
                assert answer.status == 400
