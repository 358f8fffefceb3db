"""One target, mutated towards code that no input has reached yet, by Atheris; ends with the process."""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["moderator", "jsonpatch", "jsonpointer"]):
    from tests.fuzz.targets import SEED_BYTES, TARGETS

MEMORY_MB = 2_048
ONE_INPUT_S = 20  # some milliseconds in truth, and a loaded machine


def fuzz(name: str, corpus: Path, crashes: Path, seconds: int, seed: int) -> None:
    """Run the target for so long, beginning with the files of `corpus`; what breaks it is written to `crashes`."""
    options = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={crashes}/",
        f"-max_len={SEED_BYTES}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-timeout={ONE_INPUT_S}",
        f"-seed={seed}",
        "-print_final_stats=1",
    ]
    atheris.Setup([name, *options, str(corpus)], TARGETS[name].check)
    atheris.Fuzz()


if __name__ == "__main__":
    name, corpus, crashes, seconds, seed = sys.argv[1:]
    fuzz(name, Path(corpus), Path(crashes), int(seconds), int(seed))
