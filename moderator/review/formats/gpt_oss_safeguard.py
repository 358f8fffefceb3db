"""gpt-oss-safeguard: the fields that its user guide asks for, https://cookbook.openai.com/articles/gpt-oss-safeguard-guide,
and the nonce.
"""

from moderator.contracts.verdict import Outcome
from moderator.review.documents import PolicyText
from moderator.review.opinion import Answer, ConfidenceWord, Flaw, InvalidOutput, Opinion, grounded, read_answer
from moderator.review.prompt import Content, Question, json_ladder, system_message, user_message

SAFE, VIOLATES = 0, 1


class SafeguardAnswer(Answer):
    """The answer's fields. The category is a label."""

    violation: int
    policy_category: str | None
    rule_ids: list[str]
    confidence: ConfidenceWord
    rationale: str


class GptOssSafeguard:
    """Asks it to decide and then to justify: it reasons in a channel of its own, before it answers."""

    def ask(self, policy: PolicyText, content: Content) -> Question:
        """The question about `content` under `policy`."""
        rules, labels = [rule.id for rule in policy.rules], [str(label) for label in policy.labels]
        ladder = json_ladder(
            "classification",
            {
                "nonce": {"type": "string"},
                "violation": {"type": "integer", "enum": [SAFE, VIOLATES]},
                "policy_category": {"type": ["string", "null"], "enum": [*labels, None]},
                "rule_ids": {"type": "array", "items": {"type": "string", "enum": rules}},
                "confidence": {"type": "string", "enum": ["low", "medium", "high"]},
                "rationale": {"type": "string"},
            },
        )
        form = "\n".join(
            (
                "Return one JSON object and nothing else. Its fields, all required, in this order:",
                '- "nonce": the value on the nonce line of the user message',
                '- "violation": 1 if the content violates this policy, else 0',
                f'- "policy_category": label of the gravest violation, of: {", ".join(labels)}; null if there is none',
                f'- "rule_ids": list of the rules that it violates, of: {", ".join(rules)}; empty if there is none',
                '- "confidence": "low", "medium" or "high"',
                '- "rationale": why, in one or two sentences that do not quote the content',
            )
        )
        messages = (system_message(policy, form), user_message(content))
        return Question(policy, content.nonce, messages, ladder, content.cut)

    def read(self, question: Question, answer: str) -> Opinion:
        """The opinion in `answer`. Raises InvalidOutput."""
        given = read_answer(answer, SafeguardAnswer, question.nonce)
        if given.violation not in {SAFE, VIOLATES}:
            raise InvalidOutput(Flaw.WRONG_SHAPE)
        return grounded(
            question.policy,
            Outcome.BLOCK if given.violation == VIOLATES else Outcome.ALLOW,
            labels=() if given.policy_category is None else (given.policy_category,),
            rules=given.rule_ids,
            confidence=given.confidence,
            rationale=given.rationale,
        )
