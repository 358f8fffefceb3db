"""The outside world behind the pipeline's ports: Kafka, the embedded broker, probes."""
