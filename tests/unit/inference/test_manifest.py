"""A model directory: nothing in it is read before every file is proven to be the one that the manifest lists."""

import errno
import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.errors import ModelError
from moderator.inference.manifest import (
    MANIFEST,
    READ_BYTES,
    default_model_directory,
    load_model_directory,
    sha256,
)

FILES = {
    "tokenizer.json": b"a tokenizer",
    "calibration.json": b"a calibration",
    "golden.json": b"a golden set",
    "model.onnx": b"a model",
}
Change = Callable[[dict[str, Any]], Any]


def describe(content: bytes) -> dict[str, Any]:
    """A file's entry."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def write(folder: Path, change: Change = lambda _manifest: None) -> Path:
    """A directory of files, which nothing here parses, and their manifest after `change`."""
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    manifest: dict[str, Any] = {
        "format": 1,
        "name": "test",
        "version": "1",
        "languages": ["en"],
        "labels": [label.value for label in LABELS],
        "sentiments": [mood.value for mood in SENTIMENTS],
        "untrained_labels": ["self_harm"],
        "window_tokens": 128,
        "window_overlap": 32,
        "max_windows": 16,
        "golden_tolerance": 0.02,
        "variants": [{"provider": "CPUExecutionProvider", "file": "model.onnx"}],
        "files": {name: describe(content) for name, content in FILES.items()},
    }
    change(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def problems(folder: Path) -> tuple[str, ...]:
    """What the refusal names."""
    with pytest.raises(ModelError) as refusal:
        load_model_directory(folder)
    return refusal.value.problems


def test_a_whole_directory_is_taken(tmp_path: Path) -> None:
    """Its files are found, and their versions are the beginnings of their hashes."""
    directory = load_model_directory(write(tmp_path))
    assert directory.file("model.onnx") == tmp_path / "model.onnx"
    assert directory.version("model.onnx") == hashlib.sha256(b"a model").hexdigest()[:16]


def test_files_that_nobody_lists_do_not_matter(tmp_path: Path) -> None:
    """A model card may lie beside the model."""
    write(tmp_path)
    (tmp_path / "CARD.md").write_text("about the model", encoding="utf-8")
    load_model_directory(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_one_altered_byte_is_refused(tmp_path: Path, name: str) -> None:
    """Of the same size, so that only the checksum can tell."""
    content = bytearray(FILES[name])
    content[-1] ^= 1
    write(tmp_path)
    (tmp_path / name).write_bytes(content)
    (problem,) = problems(tmp_path)
    assert f"{tmp_path / name}: altered" in problem
    assert describe(FILES[name])["sha256"] in problem


def test_a_missing_and_a_cut_file_are_named_together(tmp_path: Path) -> None:
    """One start tells all there is to mend."""
    write(tmp_path)
    (tmp_path / "golden.json").unlink()
    (tmp_path / "model.onnx").write_bytes(b"a mod")
    missing, cut = problems(tmp_path)
    assert missing == f"{tmp_path / 'golden.json'}: missing; the manifest lists it"
    assert cut == f"{tmp_path / 'model.onnx'}: 5 bytes instead of 7"


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights of a mounted folder are a mistake to be told, not a bug."""
    write(tmp_path)

    opened = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "model.onnx":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert problems(tmp_path) == (f"{tmp_path / 'model.onnx'}: cannot be read: Permission denied",)


@pytest.mark.parametrize("name", ["../secret", "sub/model.onnx", "/etc/hostname", ".hidden", ".."])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    """A manifest lists files beside it and no others."""
    (problem,) = problems(write(tmp_path, lambda manifest: manifest["files"].update({name: describe(b"x")})))
    assert f"{name!r} under files" in problem


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda m: m.update(format=2), "format 2 is not the supported 1"),
        (lambda m: m["labels"].reverse(), "labels must be toxic, obscene"),
        (lambda m: m["labels"].pop(), "labels must be toxic, obscene"),
        (lambda m: m["labels"].append("toxic"), "labels must be toxic, obscene"),
        (lambda m: m["labels"].append("rudeness"), "labels.8: "),
        (lambda m: m["sentiments"].pop(), "sentiments must be negative, neutral, positive"),
        (lambda m: m.update(untrained_labels=["rudeness"]), "untrained_labels.0: "),
        (lambda m: m.update(window_overlap=126), "window_overlap 126 leaves no room"),
        (lambda m: m.update(window_tokens=4), "window_tokens: "),
        (lambda m: m.update(max_windows=0), "max_windows: "),
        (lambda m: m.update(golden_tolerance=0), "golden_tolerance: "),
        (lambda m: m.update(variants=[]), "variants: "),
        (lambda m: m["variants"].append({"provider": "P", "file": "other.onnx"}), "other.onnx is not listed"),
        (lambda m: m["files"].pop("tokenizer.json"), "tokenizer.json is not listed"),
        (lambda m: m["files"]["model.onnx"].update(sha256="abc"), "files.model.onnx.sha256: "),
        (lambda m: m["files"]["model.onnx"].update(bytes=0), "files.model.onnx.bytes: "),
        (lambda m: m.update(colour="blue"), "colour: "),
        (lambda m: m.pop("version"), "version: "),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(tmp_path: Path, change: Change, problem: str) -> None:
    """With the file and the place in it: scores in another order, say, would be silent nonsense."""
    (named,) = problems(write(tmp_path, change))
    assert re.match(re.escape(str(tmp_path / MANIFEST)) + ": ", named)
    assert problem in named


def test_shape_and_files_are_named_together(tmp_path: Path) -> None:
    """What is wrong in the manifest does not hide what is wrong beside it."""
    write(tmp_path, lambda manifest: manifest.update(format=2))
    (tmp_path / "golden.json").unlink()
    in_manifest, in_files = problems(tmp_path)
    assert "format 2" in in_manifest
    assert "golden.json: missing" in in_files


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    """Anything else in the file is a model error, not a crash."""
    write(tmp_path)
    (tmp_path / MANIFEST).write_bytes(content)
    assert problems(tmp_path)[0].startswith(f"{tmp_path / MANIFEST}: ")


def test_a_directory_without_a_manifest_is_refused(tmp_path: Path) -> None:
    """A misspelt path, most often."""
    (problem,) = problems(tmp_path / "nowhere")
    assert problem == f"{tmp_path / 'nowhere' / MANIFEST}: cannot be read: No such file or directory"


def test_a_hash_is_of_the_whole_file(tmp_path: Path) -> None:
    """Read in blocks, the last one too."""
    content = b"x" * READ_BYTES + b"end"
    (tmp_path / "file").write_bytes(content)
    assert sha256(tmp_path / "file") == hashlib.sha256(content).hexdigest()


def test_the_shipped_model_is_whole() -> None:
    """What the repository holds is what its manifest says."""
    load_model_directory(default_model_directory())
