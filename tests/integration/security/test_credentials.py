"""Each way to show who an agent is holds against a real Kafka, also after a replacement; what is wrong is told."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from moderator.config import TopicSettings
from tests.integration.platform import Platform, message
from tests.integration.security.conftest import NewTopics
from tests.integration.security.identities import ByCertificate, ByPlain, ByScram, ByToken, Identity, Replaceable
from tests.integration.security.programs import agent, agent_rights, on
from tests.support.secure_kafka import SecureKafka

pytestmark = pytest.mark.kafka

BACKLOG = 1_500  # more than three agents do before the broker is away


@pytest.mark.parametrize("identity_type", [ByPlain, ByScram, ByToken, ByCertificate])
def test_an_agent_moderates(
    identity_type: type[ByPlain | ByScram | ByToken | ByCertificate],
    secure: SecureKafka,
    platform: Platform,
    topics: TopicSettings,
    tmp_path: Path,
) -> None:
    """With the rights that are documented and no others."""
    identity: Identity = identity_type(secure, tmp_path)
    secure.grant(identity.user, agent_rights(topics))
    platform.send([message(0)])
    with agent(identity.settings | on(topics)) as running:
        platform.all_answered()
        assert running.stop() == 0


def test_credentials_are_replaced_under_running_agents(
    secure: SecureKafka, new_topics: NewTopics, tmp_path: Path
) -> None:
    """The broker takes the old ones no longer, comes back from a restart in the middle of their work, and only then
    the files are replaced: agents go on by themselves.
    """
    identities: list[Replaceable] = [kind(secure, tmp_path) for kind in (ByScram, ByToken, ByCertificate)]
    with ExitStack() as stack:
        platforms = []
        agents = []
        for identity in identities:
            topics = new_topics()
            secure.grant(identity.user, agent_rights(topics, identity.user))
            platforms.append(Platform(secure.broker, topics))
            stack.callback(platforms[-1].close)
            agents.append(stack.enter_context(agent(identity.settings | on(topics, identity.user))))
        for platform in platforms:
            platform.send(map(message, range(BACKLOG)))
        for platform in platforms:
            platform.answered(1)
        for identity in identities:
            identity.spoil()
        secure.broker.restart()
        for platform in platforms:
            platform.send([message(BACKLOG)])  # which takes a connection with what is new, whatever was done before
        for identity in identities:
            identity.renew()
        for platform in platforms:
            platform.all_answered()
        assert [each.stop() for each in agents] == [0, 0, 0]
