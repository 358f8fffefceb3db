"""What a person has on their own machine: kubectl and helm, with the credentials of an administrator."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.chart.rendering import NAMESPACE

ENDS_WITHIN_S = 300.0  # longer than any --timeout given to helm


class Refused(Exception):
    """A command ended with another status than 0; its text is what the command said."""


class Client:
    """`home` is an empty folder, for what helm keeps; no setting or plugin of this machine's user plays a part."""

    def __init__(self, programs: Path, kubeconfig: Path, home: Path) -> None:
        self._programs = programs
        self._environment = {"KUBECONFIG": str(kubeconfig), "HOME": str(home), "PATH": os.defpath}

    def kubectl(self, *arguments: str, stdin: str = "") -> str:
        """What it says. Raises Refused."""
        return self._run([self._programs / "kubectl", "--namespace", NAMESPACE, *arguments], stdin)

    def helm(self, *arguments: str | Path) -> str:
        """What it says. Raises Refused."""
        return self._run([self._programs / "helm", "--namespace", NAMESPACE, *arguments], "")

    def found(self, *arguments: str) -> Any:
        """`kubectl get` as data."""
        return json.loads(self.kubectl("get", *arguments, "--output=json"))

    def watch(self, *arguments: str) -> "subprocess.Popen[str]":
        """`kubectl get --watch`, which goes on until it is terminated."""
        line = [str(self._programs / "kubectl"), "--namespace", NAMESPACE, "get", "--watch", *arguments]
        return subprocess.Popen(line, env=self._environment, stdout=subprocess.PIPE, text=True)

    def _run(self, line: Sequence[str | Path], stdin: str) -> str:
        ended = subprocess.run(
            line,
            input=stdin,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=ENDS_WITHIN_S,
            check=False,
        )
        if ended.returncode:
            raise Refused(ended.stderr + ended.stdout)
        return ended.stdout
