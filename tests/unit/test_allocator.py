"""Memory of large messages goes back to the system."""

import subprocess
import sys

import pytest

# Large buffers, and smaller ones between them that stay; says how many MB are left when the large ones are gone.
SCRIPT = """
import psutil
from moderator.allocator import give_back_large_buffers
if {told} and not give_back_large_buffers():
    raise SystemExit("not here")
first = b"x" * 2_000_000
del first
before = psutil.Process().memory_info().rss
kept = []
large = []
for number in range(100):
    large.append(b"x" * (1_000_000 + number))
    kept.append(b"x" * (50_000 + number))
large.clear()
print((psutil.Process().memory_info().rss - before) / 1e6)
"""


def left_mb(*, told: bool) -> float:
    """Of a hundred large and five small, in a program of its own."""
    script = SCRIPT.format(told=told)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    if "not here" in ended.stderr:
        pytest.skip("the C library has no such setting")
    return float(ended.stdout)


def test_large_buffers_go_back_to_the_system_when_they_are_freed() -> None:
    """Otherwise an agent keeps what a flood of large messages took, for as long as it lives."""
    assert left_mb(told=True) < 30 < left_mb(told=False)
