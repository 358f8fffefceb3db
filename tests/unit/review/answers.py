"""What a well-behaved large model answers to a question in the generic format."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

NONCE = re.compile(r"^nonce: (\w+)$", re.MULTILINE)
RULES = re.compile(r'"rules": list of the rules that the content breaks, of: ([^\n,]+)')
LABELS = re.compile(r'"labels": list of the labels of those rules, of: (.+)')


def answering(messages: Sequence[Mapping[str, Any]], outcome: str, label: str = "insult") -> str:
    """To allow, or to block for the rule of `label`, as sure as can be."""
    system, user = (str(message["content"]) for message in messages)
    nonce = NONCE.findall(user)[-1]
    blocks = outcome == "block"
    of_label = [rule for rule in re.findall(r"^- ([a-z0-9_.]+): ", system, re.MULTILINE) if rule.startswith(label)]
    answer = {
        "nonce": nonce,
        "rationale": "It aims at a person." if blocks else "Nothing in it aims at anyone.",
        "rules": of_label[:1] if blocks else [],
        "labels": [label] if blocks else [],
        "outcome": outcome,
        "confidence": "high",
    }
    return json.dumps(answer)
