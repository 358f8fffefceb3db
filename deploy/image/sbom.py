# noqa: INP001
"""`sbom.py ENVIRONMENT`: writes a CycloneDX bill of materials of the image into ENVIRONMENT/sbom.cdx.json.

It lists the Python packages (as cyclonedx-py finds them), the base's Debian packages, and the model.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

TOOL = ("-m", "cyclonedx_py", "environment", "--output-reproducible", "--spec-version", "1.6")


def main() -> None:
    """Write it, unless it breaks CycloneDX's schema."""
    environment = Path(sys.argv[1])
    found = subprocess.run([sys.executable, *TOOL, environment / "bin/python"], check=True, stdout=subprocess.PIPE)  # noqa: S603
    bom: Bom = Bom.from_json(json.loads(found.stdout))  # type: ignore[attr-defined]  # added by a decorator
    bom.components.update(debian_packages(), models(environment))
    document = JsonV1Dot6(bom).output_as_string(indent=2)
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(document):
        sys.exit(f"the bill of materials breaks CycloneDX's schema: {error}")
    (environment / "sbom.cdx.json").write_text(document)


def debian_packages() -> Iterator[Component]:
    """What dpkg has installed."""
    wanted = ["dpkg-query", "--show", "--showformat", "${Package} ${Version} ${Architecture}\n"]
    listed = subprocess.run(wanted, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    for line in listed.stdout.splitlines():
        name, version, architecture = line.split()
        url = PackageURL("deb", "debian", name, version, {"arch": architecture})
        yield Component(type=ComponentType.LIBRARY, name=name, version=version, purl=url, bom_ref=url.to_string())


def models(environment: Path) -> Iterator[Component]:
    """The variants of the model that the image holds, by their checksums."""
    for source in environment.glob("lib/python3*/site-packages/moderator/models/manifest.json"):
        manifest = json.loads(source.read_text())
        for variant in manifest["variants"]:
            checksum = manifest["files"][variant["file"]]["sha256"]
            yield Component(
                type=ComponentType.MACHINE_LEARNING_MODEL,
                name=f"{manifest['name']} {variant['file']}",
                version=manifest["version"],
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=checksum)],
                bom_ref=variant["file"],
            )


if __name__ == "__main__":
    main()
