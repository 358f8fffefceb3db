"""The soak: agents on a real Kafka under a seeded schedule of faults, judged by the audit.

`python -m tests.soak --minutes 3 --seed 1`; `make soak` is the same.
"""
