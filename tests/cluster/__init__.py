"""The chart on a real Kubernetes: applied, installed, upgraded and rolled back, on an API server of this machine.

`python -m tests.cluster`; `make test-chart` is the same. Pods are admitted, scheduled and rolled over as in any
cluster, and kwok reports them ready: no container runs (tests/image runs those).
"""
