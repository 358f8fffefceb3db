"""The dead letters' topic, read."""

from moderator.adapters.kafka_reader import KafkaReader
from moderator.config import Settings
from moderator.dead_letters.letter import Choice, Groups, Letter, open_letter


async def group_letters(settings: Settings, meant: Choice, since_ms: int | None) -> Groups:
    """Count the letters that are meant, from `since_ms` on. Raises BrokerUnavailable, ConfigError."""
    groups = Groups()
    async with KafkaReader(settings.kafka) as reader:
        async for records in reader.read(await reader.spans(settings.topics.dead_letters, since_ms)):
            groups.add(records, meant)
    return groups


async def read_letters(settings: Settings, meant: Choice, since_ms: int | None) -> list[Letter]:
    """The letters that are meant, from `since_ms` on, by their time. Raises BrokerUnavailable, ConfigError."""
    letters: list[Letter] = []
    async with KafkaReader(settings.kafka) as reader:
        spans = await reader.spans(settings.topics.dead_letters, since_ms)
        if meant.places:
            numbers = {place.partition(":")[0] for place in meant.places}
            spans = {part: span for part, span in spans.items() if str(part.number) in numbers}
        async for records in reader.read(spans):
            letters += [letter for record in records if (letter := open_letter(record)) is not None and letter in meant]
    return sorted(letters, key=lambda letter: letter.record.timestamp_ms)
