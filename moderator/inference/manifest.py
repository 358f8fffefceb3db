"""A model directory: read only after every file's checksum is right."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from moderator.contracts.labels import LABELS, SENTIMENTS, Label, SentimentLabel
from moderator.errors import ModelError

MANIFEST = "manifest.json"
POLICY_FILE = "policy.toml"
FORMAT = 1
READ_BYTES = 1 << 20
HASH_DIGITS = 16  # of a file's SHA-256 in verdicts: 64 bits tell any two versions apart


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileEntry(_Part):
    """A file of the directory."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    bytes: int = Field(ge=1)


class Variant(_Part):
    """A quantized form of the model and the execution provider that it was made for."""

    provider: str
    file: str


class Manifest(_Part):
    """What a model directory holds."""

    format: int
    name: str
    version: str
    languages: tuple[str, ...]
    labels: tuple[Label, ...]
    sentiments: tuple[SentimentLabel, ...]
    untrained_labels: tuple[Label, ...] = ()
    untrained_sentiment: bool = False  # then every text is neutral
    window_tokens: int = Field(ge=8, le=512)
    window_overlap: int = Field(ge=0)
    max_windows: int = Field(ge=1)
    padding_id: int = Field(default=0, ge=0)
    unknown_token: str | None = "[UNK]"  # noqa: S105  no password; None: the tokenizer can spell everything
    golden_tolerance: float = Field(gt=0, lt=1)
    variants: tuple[Variant, ...] = Field(min_length=1)
    files: dict[str, FileEntry]


@dataclass(frozen=True, slots=True)
class ModelDirectory:
    """A verified model directory."""

    path: Path
    manifest: Manifest

    def file(self, name: str) -> Path:
        """The path of a file that the manifest lists."""
        return self.path / name

    def version(self, name: str) -> str:
        """The short hash of a file, as verdicts carry it."""
        return self.manifest.files[name].sha256[:HASH_DIGITS]


def default_model_directory() -> Path:
    """The shipped model: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "models"
    return shipped if (shipped / MANIFEST).is_file() else package.parent / "models"


def load_model_directory(path: Path) -> ModelDirectory:
    """Read the manifest in `path` and verify every file it lists.

    Raises ModelError that names every file that is missing, altered or not listed though needed.
    """
    source = path / MANIFEST
    try:
        manifest = Manifest.model_validate_json(source.read_bytes())
    except OSError as error:
        raise ModelError([f"{source}: cannot be read: {error.strerror}"]) from None
    except ValidationError as error:
        raise ModelError(
            [f"{source}: {'.'.join(map(str, e['loc'])) or 'manifest'}: {e['msg']}" for e in error.errors()]
        ) from None
    problems = [*_wrong_shape(source, manifest), *_wrong_files(path, manifest)]
    if problems:
        raise ModelError(problems)
    return ModelDirectory(path, manifest)


def _wrong_shape(source: Path, manifest: Manifest) -> list[str]:
    problems: list[str] = []
    if manifest.format != FORMAT:
        problems.append(f"{source}: format {manifest.format} is not the supported {FORMAT}")
    if manifest.labels != LABELS:
        problems.append(f"{source}: labels must be {', '.join(LABELS)} in this order")
    if manifest.sentiments != SENTIMENTS:
        problems.append(f"{source}: sentiments must be {', '.join(SENTIMENTS)} in this order")
    if manifest.window_overlap >= manifest.window_tokens - 2:
        problems.append(f"{source}: window_overlap {manifest.window_overlap} leaves no room in a window")
    needed = ["tokenizer.json", "calibration.json", "golden.json", *(variant.file for variant in manifest.variants)]
    problems += [f"{source}: {name} is not listed under files" for name in needed if name not in manifest.files]
    return problems


def _wrong_files(directory: Path, manifest: Manifest) -> list[str]:
    problems: list[str] = []
    for name, entry in manifest.files.items():
        path = directory / name
        if "/" in name or name.startswith("."):
            problems.append(f"{directory / MANIFEST}: {name!r} under files is not the name of a file beside it")
        elif not path.is_file():
            problems.append(f"{path}: missing; the manifest lists it")
        elif path.stat().st_size != entry.bytes:
            problems.append(f"{path}: {path.stat().st_size} bytes instead of {entry.bytes}")
        else:
            problems += _wrong_content(path, entry)
    return problems


def _wrong_content(path: Path, entry: FileEntry) -> list[str]:
    try:
        found = sha256(path)
    except OSError as error:
        return [f"{path}: cannot be read: {error.strerror}"]
    return [] if found == entry.sha256 else [f"{path}: altered: sha256 is {found}, the manifest says {entry.sha256}"]


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(READ_BYTES):
            digest.update(block)
    return digest.hexdigest()
