"""Any chat model that can write JSON."""

from typing import Literal

from moderator.contracts.verdict import Outcome
from moderator.review.documents import PolicyText
from moderator.review.opinion import Answer, ConfidenceWord, Opinion, grounded, read_answer
from moderator.review.prompt import Content, Question, json_ladder, system_message, user_message


class GenericAnswer(Answer):
    """The answer's fields."""

    rationale: str
    rules: list[str]
    labels: list[str]
    outcome: Literal["allow", "block"]
    confidence: ConfidenceWord


class GenericJson:
    """Asks for the words of the contracts. The rationale comes before the outcome, so that a model without a channel
    for reasoning thinks first.
    """

    def ask(self, policy: PolicyText, content: Content) -> Question:
        """The question about `content` under `policy`."""
        rules, labels = [rule.id for rule in policy.rules], [str(label) for label in policy.labels]
        ladder = json_ladder(
            "opinion",
            {
                "nonce": {"type": "string"},
                "rationale": {"type": "string"},
                "rules": {"type": "array", "items": {"type": "string", "enum": rules}},
                "labels": {"type": "array", "items": {"type": "string", "enum": labels}},
                "outcome": {"type": "string", "enum": ["allow", "block"]},
                "confidence": {"type": "string", "enum": ["low", "medium", "high"]},
            },
        )
        form = "\n".join(
            (
                "Answer with one JSON object and nothing else. Its fields, all required, in this order:",
                '- "nonce": the value on the nonce line of the user message',
                '- "rationale": why, in one or two sentences that do not quote the content',
                f'- "rules": list of the rules that the content breaks, of: {", ".join(rules)}',
                f'- "labels": list of the labels of those rules, of: {", ".join(labels)}',
                '- "outcome": "block" if the content breaks a rule, else "allow" with no rules and no labels',
                '- "confidence": "low", "medium" or "high"',
            )
        )
        messages = (system_message(policy, form), user_message(content))
        return Question(policy, content.nonce, messages, ladder, content.cut)

    def read(self, question: Question, answer: str) -> Opinion:
        """The opinion in `answer`. Raises InvalidOutput."""
        given = read_answer(answer, GenericAnswer, question.nonce)
        return grounded(
            question.policy,
            Outcome.ALLOW if given.outcome == "allow" else Outcome.BLOCK,
            labels=given.labels,
            rules=given.rules,
            confidence=given.confidence,
            rationale=given.rationale,
        )
