"""What measures on a real Kafka, on a machine that cannot run one."""

import signal
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """The commands take SIGTERM for themselves."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("load.__main__", ["--count", "10"]),
        ("load.capacity_measured", []),
        ("load.profile", ["steady"]),
        ("load.recovery", []),
        ("load.reviewing", []),
        ("load.scaling", ["--messages", "10"]),
        ("tests.fuzz.hostile", []),
        ("tests.soak.__main__", []),
    ],
)
def test_the_packages_to_install_are_named(
    module: str, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fresh machine is told what it lacks, without a traceback, before anything is measured or left behind."""
    main = import_module(module).main
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = CliRunner().invoke(main, arguments)
    assert (ended.exit_code, type(ended.exception)) == (1, SystemExit)
    assert "Error: Apache Kafka needs a Java 17 runtime and Maven" in ended.output
    assert "openjdk-17-jre-headless maven" in ended.output
    assert list(tmp_path.iterdir()) == []
