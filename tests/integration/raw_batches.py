"""Record batches that no client of ours would write."""

from aiokafka.client import AIOKafkaClient
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.util import calc_crc32c

from tests.support.real_kafka import RealKafka

NAME, NOT_UTF_8 = "name", b"\xff\xfe\xfd\xfc"
ALL_REPLICAS = -1
CHECKSUM = slice(17, 21)  # in a batch; of everything after it


def batch_of(values: list[bytes], unreadable: set[int]) -> bytes:
    """A record batch; in those at the places `unreadable` the header's name is no text."""
    builder = DefaultRecordBatchBuilder(
        2, 0, is_transactional=0, producer_id=-1, producer_epoch=-1, base_sequence=-1, batch_size=1 << 20
    )
    for place, value in enumerate(values):
        builder.append(place, None, None, value, [(NAME, b"")] if place in unreadable else [])
    batch = bytearray(builder.build().replace(NAME.encode(), NOT_UTF_8))
    batch[CHECKSUM] = calc_crc32c(batch[CHECKSUM.stop :]).to_bytes(4, "big")
    return bytes(batch)


async def write_batch(kafka: RealKafka, topic: str, partition: int, batch: bytes) -> None:
    """Past any client's own rules."""
    client = AIOKafkaClient(bootstrap_servers=kafka.bootstrap_servers)
    await client.bootstrap()
    request = ProduceRequest(None, ALL_REPLICAS, 10_000, [(topic, [(partition, batch)])])
    answer = await client.send(client.get_random_node(), request)
    await client.close()
    assert answer.topics[0][1][0][1] == 0
