"""How many threads the model gets: what the process may really use, in a container too."""

import os
from pathlib import Path

import pytest

from moderator.inference.classifier import available_cores


@pytest.fixture
def _four_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 2, 4, 6}, raising=False)


@pytest.mark.usefixtures("_four_cores")
@pytest.mark.parametrize(
    ("limit", "cores"),
    [
        ("max 100000\n", 4),
        ("200000 100000\n", 2),
        ("250000 100000\n", 2),
        ("50000 100000\n", 1),
        ("1600000 100000\n", 4),
        ("", 4),
        ("what is this", 4),
    ],
)
def test_a_cpu_limit_bounds_the_cores(tmp_path: Path, limit: str, cores: int) -> None:
    """More threads than the limit allows would be stopped by the kernel in the middle of a batch."""
    file = tmp_path / "cpu.max"
    file.write_text(limit, encoding="ascii")
    assert available_cores(file) == cores


@pytest.mark.usefixtures("_four_cores")
def test_without_a_cgroup_the_affinity_counts(tmp_path: Path) -> None:
    """Outside a container, under taskset say."""
    assert available_cores(tmp_path / "cpu.max") == 4


def test_where_there_is_no_affinity_all_cores_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MacOS has none."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert available_cores(tmp_path / "cpu.max") == 1


def test_here_is_a_core() -> None:
    """The kernel's own file is understood."""
    assert available_cores() >= 1
