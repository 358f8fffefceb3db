"""A decision to what is published, in the order that keeps its promise: no final verdict without its decision."""

from moderator.contracts.cloudevents import event_headers
from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Publication, Record
from moderator.contracts.review import Decision, Escalation
from moderator.contracts.verdict import Verdict
from moderator.review.final import final_verdict, reaffirmed


def publications(
    escalation: Escalation,
    decision: Decision,
    record: Record,
    decisions: str,
    verdicts: str,
    source: str,
    created_in: bytes | None = None,
) -> list[Publication]:
    """The decision for the topic `decisions`, then its final verdict, if it has one, for `verdicts`. Both have the key
    of the escalation's `record`, which is that of the first verdict. `source` names the program in the headers,
    `created_in` is the traceparent of the span in which it was decided, if any.
    """
    key = record.key if record.key is not None else escalation.message_id.encode()
    headers = event_headers(
        "decision", decision.id, source, decision.message_id, decision.decided_at, record, created_in
    )
    published = [Publication(decisions, key, to_bytes(decision), headers)]
    if verdict := final_verdict(escalation, decision):
        headers = event_headers(
            "verdict", verdict.id, source, verdict.message_id, verdict.decided_at, record, created_in
        )
        published.append(Publication(verdicts, key, to_bytes(verdict), headers))
    return published


def published_again(final: Publication, replaced: str) -> Publication:
    """A person's `final` verdict as it is published once more, to replace the one whose id is `replaced`."""
    verdict = reaffirmed(Verdict.model_validate_json(final.value or b""), replaced)
    headers = tuple((name, verdict.id.encode() if name == "ce_id" else value) for name, value in final.headers)
    return Publication(final.topic, final.key, to_bytes(verdict), headers)
