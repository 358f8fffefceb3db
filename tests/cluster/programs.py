"""The programs of a cluster, built from their Go modules once; what a build makes stays in `.cache/kube`."""

import hashlib
import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "kube"
MODULE = Path(__file__).with_name("programs")
KWOK = "sigs.k8s.io/kwok/cmd/kwok@v0.7.0"  # the newest that Go 1.24 builds, which is what Kubernetes 1.34 asks for

NEEDED = {
    "go": "Go 1.24 or later, from https://go.dev/dl; on Debian 13: apt-get install golang",
    "java": "a Java 17 runtime; on Debian: apt-get install openjdk-17-jre-headless",
    "mvn": "Maven; on Debian: apt-get install maven",
}

Tell = Callable[[str], None]


def want_tools() -> None:
    """Raises RuntimeError that names whatever this machine lacks, all of it at once."""
    missing = [package for name, package in NEEDED.items() if not shutil.which(name)]
    if missing:
        raise RuntimeError("\n  ".join(("A cluster cannot be built here. It takes", *missing)))


def version(module: str) -> str:
    """Of a module of go.mod, such as v1.34.4."""
    found = re.search(rf"^\t{re.escape(module)} (v\S+)", (MODULE / "go.mod").read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{module} is not in go.mod"
    return found[1]


def programs(tell: Tell) -> Path:
    """The folder of etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok, kubectl and helm."""
    sources = b"".join((MODULE / name).read_bytes() for name in ("go.mod", "go.sum")) + KWOK.encode()
    folder = CACHE / f"programs-{hashlib.sha256(sources).hexdigest()[:12]}"
    if not folder.is_dir():
        tell(f"building Kubernetes {version('k8s.io/kubernetes')} from source: minutes, this once")
        incomplete = folder.with_name(f"{folder.name}.{uuid.uuid4().hex}")
        incomplete.mkdir(parents=True)
        _build(incomplete)
        incomplete.rename(folder)
    return folder


def _build(folder: Path) -> None:
    """`go build` names a program after its package, which for etcd is `server`."""
    known_as = version("k8s.io/kubernetes")
    major, minor, _ = known_as.removeprefix("v").split(".")
    named = {"gitVersion": known_as, "gitMajor": major, "gitMinor": minor}
    stamps = " ".join(f"-X k8s.io/component-base/version.{name}={text}" for name, text in named.items())
    _go("build", "-trimpath", f"-ldflags=-s -w {stamps}", "-o", f"{folder}/", "tool", GOFLAGS="-mod=readonly")
    (folder / "server").rename(folder / "etcd")
    _go("install", "-trimpath", "-ldflags=-s -w", KWOK, GOFLAGS="", GOBIN=str(folder))


def _go(*arguments: str, **environment: str) -> None:
    """In the folder of go.mod; no C compiler is needed."""
    line = ["go", *arguments]
    ended = subprocess.run(line, cwd=MODULE, env={**os.environ, "CGO_ENABLED": "0", **environment}, check=False)
    if ended.returncode:
        raise RuntimeError(f"Go cannot build the programs of a cluster: {' '.join(line)} ended with {ended.returncode}")
