"""A newcomer finds any line's place: the arrows hold, files are small, and names say what is in them."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from moderator.__main__ import COMMANDS

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("moderator", "load") for path in (ROOT / folder).rglob("*.py"))
MOST_LINES = 300  # past it there is a second job in the file
# Words that fit anything, so they tell nothing.
EMPTY_WORDS = {
    *("data", "info", "item", "items", "manager", "helper", "helpers", "util", "utils"),
    *("handler", "handlers", "processor", "service", "common", "misc"),
}
EMPTY_VERBS = re.compile(r"^_*(do|process|handle)(_|$)")


def words(name: str) -> set[str]:
    """Of a name in either case."""
    return set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()))


def definitions(path: Path) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """The classes and functions of a file."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported_by(module: str) -> set[str]:
    """What is loaded after `module` in a fresh interpreter, by top-level name."""
    script = f"import sys, {module}; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.partition(".")[0] for name in ended.stdout.split()}


def test_imports_follow_the_arrows() -> None:
    """The contracts of pyproject.toml: layers, who speaks Kafka, who runs models, what stays pure."""
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_small(path: Path) -> None:
    """One job a file."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_names_say_what_is_in_them() -> None:
    """Of modules, classes and functions."""
    empty = [path for path in SOURCES if words(path.stem) & EMPTY_WORDS]
    empty_names = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for path in SOURCES
        for node in definitions(path)
        if EMPTY_VERBS.match(node.name) or (isinstance(node, ast.ClassDef) and words(node.name) & EMPTY_WORDS)
    ]
    assert (empty, empty_names) == ([], [])


def test_every_subcommand_has_its_file() -> None:
    """And every file of a subcommand is reached by the command line."""
    files = [name.replace("-", "_") for name in COMMANDS]
    for name in files:
        assert isinstance(getattr(import_module(f"moderator.commands.{name}"), name), click.Command)
    shared = {"__init__", "durations", "failures", "numbers", "places", "signals", "workers"}
    assert {path.stem for path in (ROOT / "moderator" / "commands").glob("*.py")} - shared == set(files)


def test_only_the_settings_read_the_environment() -> None:
    """Every setting of the service is in one table, checked at the start."""
    service = [path for path in SOURCES if not {"load", "training"} & set(path.relative_to(ROOT).parts)]
    readers = [path.name for path in service if re.search(r"\bos\.(environ|getenv)\b", path.read_text("utf-8"))]
    assert readers == ["config.py"]


def test_the_command_line_loads_what_it_needs() -> None:
    """`--help` answers at once, and an agent runs without the extra packages of demo and training."""
    assert not imported_by("moderator.__main__") & {"onnxruntime", "aiokafka", "faust", "numpy", "rich"}
    assert not imported_by("moderator.commands.agent") & {"confluent_kafka", "torch", "transformers", "onnx"}


def test_pure_layers_load_nothing_heavy() -> None:
    """Contracts and policy can be used by others' programs."""
    loaded = imported_by("moderator.policy.decide, moderator.contracts.codec")
    assert not loaded & {"onnxruntime", "aiokafka", "faust", "numpy", "prometheus_client", "structlog", "aiohttp"}
