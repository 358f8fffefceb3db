"""What is in the image, and what it asks for."""

import json
import subprocess

import pytest

from moderator import __version__
from moderator.exit_codes import ExitCode
from tests.image.engine import ROOT, Image

MOST_MB = {"openvino": 600, "cpu": 350}
PROVIDERS = {"openvino": "OpenVINOExecutionProvider", "cpu": "CPUExecutionProvider"}
LABELS = {"title", "description", "licenses", "version", "revision", "source"}
SBOM = "/opt/moderator/sbom.cdx.json"
INSTALLED = """
from importlib.metadata import distributions
print(*(f"{found.name} {found.version}" for found in distributions()), sep="\\n")
"""
WRITE = "import sys; open(sys.argv[1], 'w')"
SENTENCE = '{"id": "1", "text": "Have a nice day"}\n'


def test_its_size(image: Image, capsys: pytest.CaptureFixture[str]) -> None:
    """Unpacked, as engines count it, the base included."""
    megabytes = image.inspect()["Size"] / 1e6
    with capsys.disabled():
        print(f" {image.variant}: {megabytes:.0f} MB", end=" ")  # noqa: T201  for docs/image.md
    assert megabytes < MOST_MB[image.variant]


def test_its_labels(image: Image) -> None:
    """Whoever finds it knows what it is, whence, and of which revision."""
    labels = image.inspect()["Config"]["Labels"]
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(labels[f"org.opencontainers.image.{name}"] for name in LABELS)
    assert labels["org.opencontainers.image.version"] == __version__
    assert labels["org.opencontainers.image.licenses"] == "Apache-2.0"
    assert labels["org.opencontainers.image.revision"].removesuffix("-dirty") == revision.strip()
    assert image.run("--version").stdout.split()[-1] == __version__


def test_it_runs_as_nobody(image: Image) -> None:
    """Not as root, and nothing of it can be written but /tmp."""
    assert image.inspect()["Config"]["User"] == "10001:10001"
    assert image.run("-u", entrypoint="id").stdout == "10001\n"
    for folder in ("/", "/opt/moderator", "/var/tmp", "/etc"):  # noqa: S108  they must refuse
        refused = image.run("-c", WRITE, f"{folder}/written", entrypoint="python")
        assert "Read-only file system" in refused.stderr or "Permission denied" in refused.stderr
    assert image.run("-c", WRITE, "/tmp/written", entrypoint="python").returncode == 0  # noqa: S108  what is asked for


def test_what_it_was_built_with_stays_out(image: Image) -> None:
    """No pip, no compiler; nothing of how the builder reached its package index."""
    assert "No module named pip" in image.run("-m", "pip", entrypoint="python").stderr
    for program in ("cc", "gcc", "git", "curl", "wget"):
        assert image.run("-c", f"! command -v {program}", entrypoint="sh").returncode == 0
    listed = image.run("-c", "ls /build /tools /etc/pip.conf /run/secrets/*", entrypoint="sh")
    assert listed.stdout == ""
    for word in ("index-url", "find-links", "BEGIN CERTIFICATE"):
        assert word not in image.history()


def test_its_bill_of_materials(image: Image) -> None:
    """Names every Python and Debian package that is there, and the model by its checksum. That it keeps CycloneDX's
    schema was a condition of the build.
    """
    document = json.loads(image.run(SBOM, entrypoint="cat").stdout)
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    listed = {(component["name"], component["version"]) for component in document["components"]}
    python = image.run("-c", INSTALLED, entrypoint="python").stdout.splitlines()
    debian = image.run("-W", "-f", "${Package} ${Version}\n", entrypoint="dpkg-query").stdout.splitlines()
    assert len(python) > 30
    assert {tuple(line.split()) for line in python + debian} <= listed
    (model,) = [component for component in document["components"] if component["type"] == "machine-learning-model"]
    manifest = json.loads((ROOT / "models/manifest.json").read_text())
    (file,) = [variant["file"] for variant in manifest["variants"] if variant["provider"] == PROVIDERS[image.variant]]
    assert model["hashes"][0]["content"] == manifest["files"][file]["sha256"]


def test_classify(image: Image) -> None:
    """A verdict without a broker, by the variant's provider."""
    ended = image.run("classify", stdin=SENTENCE)
    assert ended.returncode == 0, ended.stderr
    verdict = json.loads(ended.stdout)
    assert (verdict["outcome"], verdict["versions"]["provider"]) == ("allow", PROVIDERS[image.variant])


def test_check_tells_what_is_missing(image: Image) -> None:
    """The model is proven; that no broker is there is said, with the exit code for it."""
    ended = image.run("check", settings={"KAFKA__BOOTSTRAP_SERVERS": "127.0.0.1:1"})
    assert ended.returncode == ExitCode.UNAVAILABLE
    passed = {line.split()[1] for line in ended.stdout.splitlines() if line.startswith("ok")}
    assert {"settings", "policy", "model", "golden"} <= passed


@pytest.mark.parametrize("role", ["agent", "reviewer", "console"])
def test_roles(image: Image, role: str) -> None:
    """Every component starts from it; without OpenVINO the console says what it lacks."""
    ended = image.run(role, "--help")
    if (image.variant, role) == ("cpu", "console"):
        assert "pip install 'moderator[console]'" in ended.stderr
    else:
        assert ended.returncode == 0, ended.stderr
