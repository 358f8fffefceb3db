"""A pod's environment and files, as the program in it would find them."""

import os
from pathlib import Path

import pytest

from moderator.config import FILE_VARIABLE, PREFIX
from tests.chart.rendering import Manifest, of_kind, pod_template

MOUNTED = "/etc/moderator"
STORE_URL = "postgresql://console:secret@db.example/moderator"
POD_NAME = "moderator-agent-3"


def run_in(objects: list[Manifest], component: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the environment of this process that of the component's pod; what is mounted there is below `folder`."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    pod = pod_template(objects, component)["spec"]
    (container,) = pod["containers"]
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    for mount in container["volumeMounts"]:
        if mount["mountPath"].startswith(f"{MOUNTED}/"):
            _mount(objects, volumes[mount["name"]], folder / mount["mountPath"].removeprefix(f"{MOUNTED}/"))
    for variable in container["env"]:
        value = variable.get("value", POD_NAME)  # the only one that is no text is the pod's name
        if value.startswith(f"{MOUNTED}/") and variable["name"].startswith(PREFIX):
            file = folder / value.removeprefix(f"{MOUNTED}/")
            assert file.is_file(), f"{variable['name']}: nothing is mounted at {value}"
            value = str(file)
        monkeypatch.setenv(variable["name"], value)
    assert FILE_VARIABLE in os.environ


def _mount(objects: list[Manifest], volume: Manifest, folder: Path) -> None:
    folder.mkdir(parents=True)
    if "configMap" in volume:
        (found,) = [
            each for each in of_kind(objects, "ConfigMap") if each["metadata"]["name"] == volume["configMap"]["name"]
        ]
        for name, text in found["data"].items():
            (folder / name).write_text(text, encoding="utf-8")
    else:
        for item in volume["secret"]["items"]:
            (folder / item["path"]).write_text(STORE_URL, encoding="utf-8")
