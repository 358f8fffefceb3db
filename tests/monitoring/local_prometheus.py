"""A real Prometheus that scrapes processes of this machine every second."""

import json
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml

from tests.monitoring.promtool import program

READY_WITHIN_S = 60.0  # on a loaded machine
ANSWERS_WITHIN_S = 30.0  # only one that hangs takes so long
LOOK_S = 0.1
EVERY = "1s"


def free_port() -> int:
    """One that nobody listens on now; Prometheus does not say which it took of its own."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


class LocalPrometheus:
    """Keeps what it sees in `folder`; `targets` are ports by the name of their program."""

    def __init__(self, folder: Path, rules: Path, targets: Mapping[str, int]) -> None:
        self._folder = folder
        self.url = f"http://127.0.0.1:{free_port()}"
        scraped = [{"targets": [f"127.0.0.1:{port}"], "labels": {"instance": name}} for name, port in targets.items()]
        configuration = {
            "global": {"scrape_interval": EVERY, "scrape_timeout": EVERY, "evaluation_interval": EVERY},
            "rule_files": [str(rules)],
            "scrape_configs": [{"job_name": "moderator", "static_configs": scraped}],
        }
        (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration), "utf-8")

    def __enter__(self) -> Self:
        with (self._folder / "prometheus.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    program("prometheus"),
                    f"--config.file={self._folder / 'prometheus.yml'}",
                    f"--storage.tsdb.path={self._folder / 'prometheus'}",
                    f"--web.listen-address={self.url.removeprefix('http://')}",
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._is_ready():
            assert self._process.poll() is None, (self._folder / "prometheus.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(LOOK_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()  # nobody needs what it keeps
        self._process.wait()

    def query(self, expr: str) -> list[float]:
        """The values at this moment."""
        return [float(each["value"][1]) for each in self.get("query", query=expr)["result"]]

    def rules(self) -> Sequence[Mapping[str, Any]]:
        """As it has evaluated them."""
        return [rule for group in self.get("rules")["groups"] for rule in group["rules"]]

    def get(self, what: str, **parameters: str) -> Any:
        """From its API."""
        url = f"{self.url}/api/v1/{what}?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(url, timeout=ANSWERS_WITHIN_S) as answer:  # noqa: S310
            return json.load(answer)["data"]

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/-/ready", timeout=ANSWERS_WITHIN_S):  # noqa: S310
                return True
        except OSError:  # nobody listens yet, is ready or answers
            return False
