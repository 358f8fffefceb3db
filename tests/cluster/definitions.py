"""The definitions of the custom resources that the chart makes, as their operators publish them."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.cluster.programs import CACHE, Tell

POM = Path(__file__).with_name("strimzi-pom.xml")
STRIMZI = "io.strimzi.api.kafka.model"
GENERATOR = "io.strimzi.crdgenerator.CrdGenerator"
STRIMZI_KINDS = {"KafkaTopic": f"{STRIMZI}.topic.KafkaTopic", "KafkaUser": f"{STRIMZI}.user.KafkaUser"}
# Go modules, with the sums that they must have, and their files.
MODULES = {
    ("github.com/prometheus-operator/prometheus-operator@v0.85.0", "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s="): (
        "example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
        "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
        "example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
    ),
    ("github.com/kedacore/keda/v2@v2.21.0", "h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps="): (
        "config/crd/bases/keda.sh_scaledobjects.yaml",
        "config/crd/bases/keda.sh_triggerauthentications.yaml",
    ),
}


def definitions(tell: Tell) -> Path:
    """A folder of CustomResourceDefinitions, a file for each kind; fetched once."""
    sources = repr(MODULES).encode() + POM.read_bytes()
    folder = CACHE / f"definitions-{hashlib.sha256(sources).hexdigest()[:12]}"
    if not folder.is_dir():
        tell("fetching the definitions of the Prometheus operator, KEDA and Strimzi, this once")
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            incomplete = Path(scratch, "complete")
            incomplete.mkdir()
            for (module, total), files in MODULES.items():
                source = _module(module, total, Path(scratch))
                for file in files:
                    shutil.copy(source / file, incomplete)
            _generate(incomplete, Path(scratch, "jars"))
            incomplete.rename(folder)
    return folder


def _module(module: str, total: str, outside: Path) -> Path:
    """Its folder in Go's own cache. `outside` of any other module, or Go would resolve them together."""
    settings = {**os.environ, "GOFLAGS": "-mod=mod"}
    fetched = json.loads(_output("go", "mod", "download", "-json", module, cwd=outside, environment=settings))
    if fetched["Sum"] != total:
        raise RuntimeError(f"{module} is not what it was: its sum is {fetched['Sum']}, not {total}")
    return Path(fetched["Dir"])


def _generate(folder: Path, jars: Path) -> None:
    copy = ("dependency:copy-dependencies", f"-DoutputDirectory={jars}")
    _output("mvn", "--quiet", "--batch-mode", "-f", str(POM), *copy)
    wanted = [f"{java}={folder / kind}.yaml" for kind, java in STRIMZI_KINDS.items()]
    _output("java", "-cp", f"{jars}/*", GENERATOR, "--yaml", *wanted)


def _output(*line: str, cwd: Path | None = None, environment: dict[str, str] | None = None) -> str:
    ended = subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"{' '.join(line)} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return ended.stdout
