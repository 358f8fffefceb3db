"""Streaming content moderation and sentiment: messages on a Kafka topic become published verdicts."""

__version__ = "0.1.0"
