"""`moderator classify` over a file, as a process."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from load.agent_process import environment
from load.report import Figure


class ClassifyCommand:
    """A long and a short file of the same texts: the difference of the two is free of the start."""

    def __init__(self, texts: Sequence[str], short: int, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self._settings = settings
        self._long = self._written(texts)
        self._short = self._written(texts[:short])
        self._texts = len(texts)
        self._difference = len(texts) - short

    def measure(self) -> Mapping[Figure, float]:
        """Run it on both files."""
        short_s = self._run(self._short)
        long_s = self._run(self._long)
        return {
            Figure.CLASSIFY: self._difference / (long_s - short_s),
            Figure.CLASSIFY_WITH_START: self._texts / long_s,
        }

    def _written(self, texts: Sequence[str]) -> Path:
        path = self._folder / f"{len(texts)}.jsonl"
        path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
        return path

    def _run(self, texts: Path) -> float:
        """Seconds."""
        verdicts = texts.with_suffix(".verdicts")
        command = [sys.executable, "-m", "moderator", "classify", "--input", str(texts), "--output", str(verdicts)]
        started = time.perf_counter()
        subprocess.run(command, env=environment(**self._settings), check=True)
        seconds = time.perf_counter() - started
        if _lines(verdicts) != _lines(texts):
            raise RuntimeError(f"{_lines(texts)} messages, {_lines(verdicts)} verdicts")
        return seconds


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def verdicts_alone(messages: Sequence[Mapping[str, str]], folder: Path, **settings: str) -> dict[str, str]:
    """The outcome that `moderator classify` finds for each of `messages`, by id."""
    source, target = folder / "alone.jsonl", folder / "alone.verdicts"
    source.write_text("".join(json.dumps(message) + "\n" for message in messages), encoding="utf-8")
    command = [sys.executable, "-m", "moderator", "classify", "--input", str(source), "--output", str(target)]
    subprocess.run(command, env=environment(**settings), check=True)
    verdicts = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    return {verdict["message_id"]: verdict["outcome"] for verdict in verdicts}
