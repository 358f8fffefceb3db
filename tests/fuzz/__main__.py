"""The fuzzer's command line."""

import subprocess
import sys
import tempfile
from pathlib import Path

import click

from tests.fuzz.targets import TARGETS, corpus

CRASHES = Path(".cache") / "fuzz"  # of the folder in which it is run
FIGURES = ("stat::number_of_executed_units", "stat::new_units_added", "stat::peak_rss_mb")


@click.command()
@click.option("--minutes", default=3.0, show_default=True, help="Over all targets.")
@click.option("--target", type=click.Choice(list(TARGETS)), help="This one alone.")
@click.option("--seed", default=1, show_default=True, help="Of the mutations.")
@click.option("--input", "file", type=click.Path(path_type=Path, exists=True), help="Only this input, of --target.")
def main(minutes: float, target: str | None, seed: int, file: Path | None) -> None:
    """Look for an input that breaks what is promised of any. Exit code 1 when there is one, which is kept, and the
    command told that repeats it.
    """
    if file is not None:
        if target is None:
            raise click.UsageError("--input needs --target")
        TARGETS[target].check(file.read_bytes())
        return
    names = [target] if target else list(TARGETS)
    seconds = max(1, round(minutes * 60 / len(names)))
    broken = [name for name in names if not holds(name, seconds, seed)]
    sys.exit(1 if broken else 0)


def holds(name: str, seconds: int, seed: int) -> bool:
    """Fuzz one target in a process of its own and tell what came of it."""
    crashes = CRASHES / name
    crashes.mkdir(parents=True, exist_ok=True)
    known = set(crashes.iterdir())
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        for number, content in enumerate(corpus(TARGETS[name])):
            (Path(folder) / f"seed-{number}").write_bytes(content)
        command = [sys.executable, "-m", "tests.fuzz.guided", name, folder, str(crashes), str(seconds), str(seed)]
        ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    told = ended.stderr.splitlines()
    figures = [line.removeprefix("stat::") for line in told if line.startswith(FIGURES)]
    click.echo(f"{name}: {seconds} s, {'; '.join(' '.join(figure.split()) for figure in figures)}")
    for crash in sorted(set(crashes.iterdir()) - known):
        click.echo(f"  {crash}\n  python -m tests.fuzz --target {name} --input {crash}")
    if ended.returncode:
        click.echo(ended.stdout + "\n".join(told[-40:]))
    return ended.returncode == 0


if __name__ == "__main__":
    main()
