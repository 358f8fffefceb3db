"""One broker that asks who is there, for all tests of this folder; its topics, platforms, and programs' settings."""

import uuid
from collections.abc import Callable, Iterator

import pytest

from moderator.config import TopicSettings
from tests.support.real_kafka import RealKafka
from tests.support.secure_kafka import SecureKafka

NewTopics = Callable[[], TopicSettings]


@pytest.fixture(scope="package")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureKafka]:
    """Running."""
    secure = SecureKafka(tmp_path_factory.mktemp("secure"))
    try:
        secure.broker.start()
        yield secure
    finally:
        secure.broker.close()


@pytest.fixture(scope="package")
def kafka(secure: SecureKafka) -> RealKafka:
    """In the place of the open one: topics and platforms are made by those who may do everything."""
    return secure.broker


@pytest.fixture(scope="package")
def new_topics(kafka: RealKafka) -> NewTopics:
    """A fresh set at each call, of one partition."""

    def create() -> TopicSettings:
        suffix = uuid.uuid4().hex[:8]
        names = {field: f"{field.replace('_', '-')}.{suffix}" for field in TopicSettings.model_fields}
        kafka.create_topics(dict.fromkeys(names.values(), 1))
        return TopicSettings(**names)

    return create
