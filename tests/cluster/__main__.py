"""The run's command line."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click

from tests.chart.rendering import VALUE_SETS
from tests.cluster.client import Client, Refused
from tests.cluster.control_plane import ControlPlane
from tests.cluster.definitions import definitions
from tests.cluster.dry_run import PLANTS, judged, unseen
from tests.cluster.programs import programs, version, want_tools
from tests.cluster.releases import comes_and_goes, is_upgraded_and_rolled_back

SCENE = Path(__file__).with_name("scene.yaml")
ESTABLISHED_WITHIN = "--timeout=60s"


@click.command()
def main() -> None:
    """Prove the chart on a real Kubernetes. Exit code 1 when something is not as it should be, 2 without a cluster."""
    try:
        want_tools()
        built, defined = programs(click.echo), definitions(click.echo)
    except RuntimeError as error:
        click.echo(error, err=True)
        sys.exit(2)
    click.echo(f"Kubernetes {version('k8s.io/kubernetes')}, Helm {version('helm.sh/helm/v3')}")
    with tempfile.TemporaryDirectory(prefix="cluster-") as scratch:
        folder = Path(scratch)
        home = folder / "home"
        home.mkdir()
        cluster = ControlPlane(built, folder)
        client = Client(built, cluster.kubeconfig, home)
        try:
            problems = step("started", ready(cluster, client, defined)) or list(proof(client))
        finally:
            cluster.close()
    for problem in problems:
        click.echo(problem, err=True)
    click.echo("FAILED" if problems else "passed")
    sys.exit(1 if problems else 0)


def ready(cluster: ControlPlane, client: Client, defined: Path) -> Iterator[str]:
    """A cluster with all that it has before the chart comes."""
    cluster.start()
    client.kubectl("create", "--filename", str(defined))
    client.kubectl("wait", "--for=condition=Established", "crd", "--all", ESTABLISHED_WITHIN)
    client.kubectl("create", "--filename", str(SCENE))
    client.kubectl("wait", "--for=create", "serviceaccount/default", ESTABLISHED_WITHIN)
    client.kubectl("wait", "--for=condition=Ready", "node", "--all", ESTABLISHED_WITHIN)
    yield from ()


def proof(client: Client) -> Iterator[str]:
    """Everything, in turn; what is wrong."""
    for values in VALUE_SETS:
        yield from step(f"{values.stem}: applied by a dry run", judged(client, values))
    yield from step(f"{len(PLANTS)} planted mistakes: refused", unseen(client))
    for values in VALUE_SETS:
        yield from step(f"{values.stem}: installed, tested, uninstalled", comes_and_goes(client, values))
    yield from step("minimal: upgraded five times, rolled back each time", is_upgraded_and_rolled_back(client))


def step(what: str, problems: Iterator[str]) -> list[str]:
    """Do it, tell how long it took, and return what was wrong with it."""
    begun = time.monotonic()
    try:
        found = list(problems)
    except (Refused, RuntimeError) as error:
        found = [str(error)]
    click.echo(f"{time.monotonic() - begun:6.1f} s  {what}{': WRONG' if found else ''}")
    return [f"{what}: {problem}" for problem in found]


if __name__ == "__main__":
    main()
