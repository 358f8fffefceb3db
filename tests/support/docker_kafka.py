"""Apache Kafka in a container."""

import re

from testcontainers.core.container import DockerContainer
from testcontainers.core.docker_client import DockerClient

from tests.support.real_kafka import KAFKA_VERSION, STOPPED_WITHIN_S, RealKafka, broker_properties

IMAGE = f"apache/kafka:{KAFKA_VERSION}"
DATA = "/tmp/kafka-data"  # noqa: S108  in the container, which a restart keeps


class DockerKafka(RealKafka):
    """The project's own image. Its ports are fixed, since a restart may not change the advertised addresses."""

    def __init__(self) -> None:
        super().__init__(DockerClient().host())
        self.properties = broker_properties(self.port, self.controller_port, self.host, DATA)
        self._container = DockerContainer(IMAGE)
        self._created = False

    def stop(self) -> None:
        self._container.get_wrapped_container().stop(timeout=int(STOPPED_WITHIN_S))

    def kill(self) -> None:
        self._container.get_wrapped_container().kill()

    def close(self) -> None:
        if self._created:
            self._container.stop()

    def _launch(self) -> None:
        if self._created:
            self._container.get_wrapped_container().start()
        else:
            self._container.with_envs(**environment(self.properties))
            for port in advertised_ports(self.properties):
                self._container.with_bind_ports(port, port)
            self._container.start()
            self._created = True

    def _running(self) -> bool:
        wrapped = self._container.get_wrapped_container()
        wrapped.reload()
        return bool(wrapped.status != "exited")

    def _log(self) -> str:
        return b"\n".join(self._container.get_logs()).decode(errors="replace")


def environment(properties: dict[str, str]) -> dict[str, str]:
    """Broker properties as the image takes them."""
    written = str.maketrans({".": "_", "_": "__", "-": "___"})
    return {f"KAFKA_{name.translate(written).upper()}": value for name, value in properties.items()} | {
        "KAFKA_HEAP_OPTS": "-Xmx512m"
    }


def advertised_ports(properties: dict[str, str]) -> list[int]:
    """Of all listeners that clients use."""
    return [int(port) for port in re.findall(r":(\d+)", properties["advertised.listeners"])]
