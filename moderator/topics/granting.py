"""Which rights are missing, and which nobody needs. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moderator.topics.rights import Right
from moderator.topics.steps import Grant, Line, State

EVERYBODY = "User:*"
ANY_NAME = "*"
ANYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Rule:
    """An access-control list's entry as the cluster has it. `name` begins the names that it holds for if `prefixed`."""

    principal: str
    operation: str
    resource: str
    name: str
    prefixed: bool
    allows: bool
    host: str

    def covers(self, right: Right) -> bool:
        """Whether it holds for this right, from some host."""
        whose = self.principal in (right.principal, EVERYBODY)
        implied = {"ALL", str(right.operation)} | ({"READ", "WRITE"} if right.operation == "DESCRIBE" else set())
        operations = implied if self.allows else {"ALL", str(right.operation)}
        named = right.name.startswith(self.name) if self.prefixed else self.name in (right.name, ANY_NAME)
        return whose and self.operation in operations and self.resource == right.resource and named


def plan_rights(wanted: Sequence[Right], rules: Sequence[Rule]) -> list[Line]:
    """A line for each right, and one for each that a principal has and does not need."""
    lines = [_line(right, rules) for right in dict.fromkeys(wanted)]
    needed: defaultdict[str, list[Right]] = defaultdict(list)
    for right in wanted:
        needed[right.principal].append(right)
    for rule in rules:
        if rule.allows and rule.principal in needed and not _exact(rule, needed[rule.principal]):
            on = f"{rule.resource} {rule.name}{' and what begins so' if rule.prefixed else ''}"
            detail = f"may {rule.operation} on {on} too, which it does not need here"
            lines.append(Line(State.NOTE, rule.principal, detail))
    return lines


def _line(right: Right, rules: Iterable[Rule]) -> Line:
    covering = [rule for rule in rules if rule.covers(right)]
    if any(not rule.allows for rule in covering):
        return Line(State.REFUSED, right.principal, f"{right}: denied by a rule, which wins over any grant")
    if any(rule.allows and rule.host == ANYWHERE for rule in covering):
        return Line(State.OK, right.principal, str(right))
    return Line(State.TO_DO, right.principal, f"grant {right}", Grant(right))


def _exact(rule: Rule, needed: Iterable[Right]) -> bool:
    return not rule.prefixed and any(
        (rule.operation, rule.resource, rule.name) == (str(right.operation), str(right.resource), right.name)
        for right in needed
    )
