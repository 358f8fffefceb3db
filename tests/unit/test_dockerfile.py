"""What can be told about the container image without building it; `make test-image` builds and runs it."""

import fnmatch
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
INSTRUCTIONS = [line.split(maxsplit=1) for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
IGNORED = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
EXTRAS = {
    "openvino": ("reviewer", "dead-letters", "tracing", "console"),
    "cpu": ("reviewer", "dead-letters", "tracing"),
}
LEFT_OUT = {"openvino": {"huggingface-hub", "sympy"}, "cpu": {"huggingface-hub", "sympy", "onnxruntime-openvino"}}
# What build.sh calls, without the engines.
PROGRAMS = ("sh", "git", "sed", "mktemp", "rm", "cat", "dirname", "python3")


def arguments(instruction: str) -> list[str]:
    """Of every such instruction, in order."""
    return [rest for name, rest in INSTRUCTIONS if name == instruction]


def in_context(path: str) -> bool:
    """Whether the .dockerignore lets a file of the repository in: the last pattern that matches it, or a folder that it
    is in, decides.
    """
    let_in = True
    for line in IGNORED:
        pattern = line.removeprefix("!").replace("**/", "*")
        depth = len(Path(path).parts)
        folders = ["/".join(Path(path).parts[:end]) for end in range(1, depth + 1)]
        if any(fnmatch.fnmatchcase(folder, pattern) for folder in folders):
            let_in = line.startswith("!")
    return let_in


def locked(variant: str) -> dict[str, str]:
    """Version of each package of a lock file, by name."""
    text = (ROOT / f"requirements/image-{variant}.txt").read_text(encoding="utf-8")
    return {found[1]: found[2] for found in re.finditer(r"(?m)^([a-z0-9-]+)==(\S+)", text)}


def name_of(requirement: str) -> str:
    """The package that a requirement asks for."""
    return re.split(r"[\[<>=~; ]", requirement)[0].lower()


def test_the_base_is_named_to_the_patch() -> None:
    """Both stages begin with it, and no tag moves."""
    assert arguments("FROM") == ["${BASE} AS build", "${BASE}"]
    (base,) = [argument for argument in arguments("ARG") if argument.startswith("BASE=")]
    assert re.fullmatch(r"BASE=docker\.io/library/python:3\.\d+\.\d+-slim-[a-z]+(@sha256:[0-9a-f]{64})?", base)


def test_the_image_runs_as_nobody() -> None:
    """The last stage names a user, by number, and nothing of what is run after it is root's."""
    last = INSTRUCTIONS[[name for name, _ in INSTRUCTIONS].index("FROM", 3) :]
    names = [name for name, _ in last]
    (user,) = [rest for name, rest in last if name == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert "RUN" not in names


def test_what_is_copied_is_there() -> None:
    """In the repository, and let in by the .dockerignore."""
    sources = [
        source.replace("${VARIANT}", variant)
        for rest in arguments("COPY")
        if not rest.startswith("--from")
        for source in rest.split()[:-1]
        for variant in EXTRAS
    ]
    assert len(sources) > 10
    for source in sources:
        found = [str(path.relative_to(ROOT)) for path in ROOT.glob(source)]
        assert found, source
        assert all(map(in_context, found)), source


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("models/manifest.json", True),
        ("models/model.cpu.int8.onnx", True),
        ("models/golden.json", True),
        ("moderator/policies/abuse/policy.md", True),
        ("models/evaluation.json", False),
        ("tests/training/test_rows.py", False),
        ("moderator/__pycache__/errors.pyc", False),
        (".git/config", False),
        (".venv/bin/python", False),
        ("deploy/helm/values.yaml", False),
    ],
)
def test_what_the_builder_is_sent(path: str, *, wanted: bool) -> None:
    """The model and the package; no tests, no history, no environment, no secrets beside them."""
    assert in_context(path) == wanted


def test_every_file_of_the_manifest_is_let_in() -> None:
    """Or the build would fail to verify the model."""
    listed = re.findall(r'"([\w.]+\.(?:json|onnx|toml))": \{', (ROOT / "models/manifest.json").read_text())
    assert len(listed) >= 6
    assert all(in_context(f"models/{name}") for name in listed)


@pytest.mark.parametrize("variant", EXTRAS)
def test_its_packages_are_locked(variant: str) -> None:
    """All that pyproject.toml asks for, in the versions that are tested, and not what the image leaves out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {name_of(line) for line in project["dependencies"]}
    for extra in EXTRAS[variant]:
        asked |= {name_of(line) for line in project["optional-dependencies"][extra]}
    packages = locked(variant)
    assert asked - LEFT_OUT[variant] <= packages.keys()
    assert not LEFT_OUT[variant] & packages.keys()
    everything = (ROOT / "requirements/all.txt").read_text(encoding="utf-8").splitlines()
    for name, version in packages.items():
        tested = [line.split()[0] for line in everything if line.startswith(f"{name}==")]
        assert not tested or f"{name}=={version}" in tested


def test_no_engine_is_told(tmp_path: Path) -> None:
    """By the packages that bring one."""
    for program in PROGRAMS:
        found = shutil.which(program)
        assert found, program
        (tmp_path / program).symlink_to(found)
    environment = {**os.environ, "PATH": str(tmp_path)}
    build = [tmp_path / "sh", ROOT / "deploy/image/build.sh"]
    ended = subprocess.run(build, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "apt-get install buildah podman runc debootstrap" in ended.stderr


def test_a_variant_that_there_is_none_of_is_told() -> None:
    """With those that there are."""
    ended = subprocess.run([ROOT / "deploy/image/build.sh", "gpu"], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "openvino or cpu" in ended.stderr
