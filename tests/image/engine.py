"""What builds and runs containers on this machine: Docker where an engine answers, else buildah and podman."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.e2e.program import NONE, Running
from tests.support.real_kafka import docker_answers

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "deploy/image/build.sh"
STOP_WITHIN_S = 60  # a drain of twenty seconds, and a loaded machine
COMMAND_WITHIN_S = 120.0
NEEDED = "No way to run an image: start Docker, or on Debian: apt-get install buildah podman runc debootstrap"
# Works without systemd and its journal, too.
PODMAN = ("podman", "--cgroup-manager", "cgroupfs", "--events-backend", "none", "--runtime", "runc")
# As strict as Kubernetes' restricted profile: nothing may be written but /tmp, and no right be gained.
STRICT = ("--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges")


class Image:
    """An image of this checkout."""

    def __init__(self, variant: str, tag: str) -> None:
        """Builds it. Raises RuntimeError where nothing can run it, CalledProcessError when it cannot be built."""
        if docker_answers():
            self._engine: tuple[str, ...] = ("docker",)
        elif shutil.which("podman"):
            self._engine = PODMAN
        else:
            raise RuntimeError(NEEDED)
        self.variant = variant
        self.tag = tag
        subprocess.run([BUILD, variant], check=True, env={**os.environ, "TAG": tag})

    def inspect(self) -> dict[str, Any]:
        """What the engine knows of it."""
        (described,) = json.loads(self._ended("image", "inspect", self.tag).stdout)
        found: dict[str, Any] = described
        return found

    def health_check(self) -> list[str]:
        """The command that the image names as its health check."""
        described = self.inspect()
        # Podman has it beside the configuration, Docker in it.
        declared: list[str] = (described.get("Healthcheck") or described["Config"]["Healthcheck"])["Test"]
        return declared[1:]

    def history(self) -> str:
        """The commands of its layers."""
        return self._ended("history", "--no-trunc", "--format", "{{.CreatedBy}}", self.tag).stdout

    def command(
        self, *arguments: str, settings: Mapping[str, str] = NONE, strict: bool = True, name: str = ""
    ) -> list[str]:
        """The line that runs a container of it until it ends; `settings` by their variables without the prefix."""
        return [
            *self._engine,
            *(
                "run",
                "--interactive",
                "--no-healthcheck",
                "--network=host",
                "--ulimit=nofile=4096:4096",
                "--ulimit=nproc=4096:4096",
            ),
            *(STRICT if strict else ()),
            # Podman would add folders to write to, where Docker and Kubernetes have none.
            *(("--read-only-tmpfs=false",) if strict and self._engine == PODMAN else ()),
            *(("--name", name) if name else ("--rm",)),
            *(f"--env=MODERATOR_{variable}={value}" for variable, value in settings.items()),
            *arguments,
        ]

    def run(
        self, *arguments: str, settings: Mapping[str, str] = NONE, stdin: str = "", entrypoint: str = "moderator"
    ) -> subprocess.CompletedProcess[str]:
        """A container of it that has ended."""
        line = self.command(f"--entrypoint={entrypoint}", self.tag, *arguments, settings=settings)
        return subprocess.run(line, input=stdin, capture_output=True, text=True, timeout=COMMAND_WITHIN_S, check=False)

    def start(self, name: str, *arguments: str, settings: Mapping[str, str], strict: bool = True) -> Running:
        """A container of that name, which stays when it has ended, until it is removed."""
        return Running(self.command(self.tag, *arguments, settings=settings, strict=strict, name=name))

    def execute(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command in the running container, ended."""
        return self._ended("exec", name, *arguments, check=False)

    def stop(self, name: str) -> None:
        """SIGTERM, as orchestrators send it."""
        self._ended("stop", "--time", str(STOP_WITHIN_S), name)

    def written(self, name: str) -> list[str]:
        """What the container has changed in its file system: a kind and a path each."""
        return self._ended("diff", name).stdout.splitlines()

    def remove(self, name: str) -> None:
        """The container, whatever it does."""
        self._ended("rm", "--force", name, check=False)

    def _ended(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        line = [*self._engine, *arguments]
        return subprocess.run(line, capture_output=True, text=True, timeout=COMMAND_WITHIN_S, check=check)
