"""Rights that are missing are granted, no others, and what nobody needs is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from moderator.config import Settings
from moderator.shadow_settings import ShadowSettings
from moderator.topics.granting import Rule, plan_rights
from moderator.topics.rights import Operation, Resource, Right, Role, rights_of
from moderator.topics.steps import Grant, State

WHO = "User:moderator"
RIGHT = Right(WHO, Operation.READ, Resource.TOPIC, "moderation.messages")
RULE = Rule(WHO, "READ", "topic", "moderation.messages", prefixed=False, allows=True, host="*")
DESCRIBING = replace(RIGHT, operation=Operation.DESCRIBE)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (
            Role.AGENT,
            {
                "READ on topic moderation.messages",
                "READ on group moderator",
                "WRITE on topic moderation.verdicts",
                "WRITE on topic moderation.escalations",
                "WRITE on topic moderation.dead-letters",
            },
        ),
        (
            Role.SHADOW,
            {
                "READ on topic moderation.messages",
                "READ on group moderator-shadow",
                "WRITE on topic moderation.shadow",
            },
        ),
        (
            Role.AUDIT,
            {
                "READ on topic moderation.messages",
                "READ on topic moderation.verdicts",
                "READ on topic moderation.dead-letters",
                "DESCRIBE on group moderator",
            },
        ),
        (
            Role.REVIEWER,
            {
                "READ on topic moderation.escalations",
                "READ on topic moderation.decisions",
                "READ on group moderator-reviewer",
                "WRITE on topic moderation.decisions",
                "WRITE on topic moderation.verdicts",
                "WRITE on topic moderation.dead-letters",
            },
        ),
        (
            Role.CONSOLE,
            {
                "READ on topic moderation.escalations",
                "READ on topic moderation.decisions",
                "READ on group moderator-console",
                "WRITE on topic moderation.decisions",
                "WRITE on topic moderation.verdicts",
                "WRITE on topic moderation.dead-letters",
            },
        ),
        (Role.COMPARE, {"READ on topic moderation.verdicts", "READ on topic moderation.shadow"}),
        (Role.REPLAY, {"READ on topic moderation.verdicts", "READ on topic moderation.messages"}),
        (Role.DEAD_LETTERS, {"READ on topic moderation.dead-letters"}),
        (
            Role.DEAD_LETTERS_REPLAY,
            {"READ on topic moderation.dead-letters", "WRITE on topic moderation.messages"},
        ),
        (Role.PLATFORM, {"READ on topic moderation.verdicts", "WRITE on topic moderation.messages"}),
    ],
)
def test_a_role_has_what_it_needs_and_no_more(role: Role, rights: set[str]) -> None:
    """As docs/operations.md lists it."""
    assert set(map(str, rights_of(role, WHO, Settings()))) == rights


def test_agents_that_try_a_policy_write_the_shadows_topic() -> None:
    """And no others do."""
    settings = Settings(shadow=ShadowSettings(policy_file=Path("next.toml")))
    assert "WRITE on topic moderation.shadow" in map(str, rights_of(Role.AGENT, WHO, settings))


@pytest.mark.parametrize(
    "rule",
    [
        RULE,
        replace(RULE, operation="ALL"),
        replace(RULE, principal="User:*"),
        replace(RULE, name="*"),
        replace(RULE, name="moderation.", prefixed=True),
    ],
)
def test_a_right_that_is_there_is_not_granted_again(rule: Rule) -> None:
    """However it is there."""
    assert plan_rights([RIGHT], [rule])[0].state is State.OK


def test_who_may_read_may_describe() -> None:
    """As brokers have it."""
    assert plan_rights([DESCRIBING], [RULE])[0].state is State.OK
    assert plan_rights([RIGHT], [replace(RULE, operation="DESCRIBE")])[0].state is State.TO_DO


@pytest.mark.parametrize(
    "rule",
    [
        replace(RULE, operation="WRITE"),
        replace(RULE, principal="User:other"),
        replace(RULE, name="moderation."),
        replace(RULE, name="moderation.verdicts"),
        replace(RULE, resource="group"),
        replace(RULE, host="10.0.0.1"),
    ],
)
def test_a_right_that_is_missing_is_granted(rule: Rule) -> None:
    """A like one is not the same."""
    line = plan_rights([RIGHT], [rule])[0]
    assert (line.state, line.step) == (State.TO_DO, Grant(RIGHT))


def test_a_denied_right_is_no_matter_of_granting() -> None:
    """The deny wins, so somebody has to look."""
    line = plan_rights([RIGHT], [RULE, replace(RULE, allows=False, host="10.0.0.1")])[0]
    assert (line.state, line.step) == (State.REFUSED, None)


def test_who_is_denied_reading_may_describe() -> None:
    """As brokers have it: only a grant brings more than its own operation."""
    rules = [replace(RULE, operation="DESCRIBE"), replace(RULE, allows=False)]
    assert plan_rights([DESCRIBING], rules)[0].state is State.OK


def test_what_a_principal_does_not_need_is_told_and_left() -> None:
    """Nothing is taken away, and nothing to do either."""
    right, note = plan_rights([RIGHT], [RULE, replace(RULE, operation="ALTER"), replace(RULE, principal="User:other")])
    assert (right.state, note.state, note.step) == (State.OK, State.NOTE, None)
    assert "may ALTER on topic moderation.messages too" in note.detail
    right, note = plan_rights([RIGHT], [replace(RULE, prefixed=True)])
    assert (right.state, note.state) == (State.OK, State.NOTE)
    assert "may READ on topic moderation.messages and what begins so too" in note.detail


def test_a_right_of_two_roles_is_granted_once() -> None:
    """One user may be agent and audit."""
    assert len(plan_rights([RIGHT, RIGHT], [])) == 1
