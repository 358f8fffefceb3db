"""Write docs/reference anew from the program, or compare only: `python -m handbook [--check]`."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from handbook.commands_page import commands_page
from handbook.errors_page import errors_page
from handbook.links import ROOT
from handbook.metrics_page import metrics_page
from handbook.schemas_page import schemas_page
from handbook.settings_page import settings_page

FOLDER = ROOT / "docs" / "reference"


def pages() -> Mapping[str, str]:
    """Every page of the reference by the name of its file."""
    return {
        "settings.md": settings_page(),
        "metrics.md": metrics_page(),
        "errors.md": errors_page(),
        "cli.md": commands_page(),
        "schemas.md": schemas_page(),
    }


def main(arguments: list[str]) -> int:
    """1 when pages differ that were only to be compared."""
    parser = argparse.ArgumentParser(prog="python -m handbook", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they are written")
    parser.add_argument("--check", action="store_true", help="write nothing, name what differs")
    chosen = parser.parse_args(arguments)
    written = pages()
    paths = {name: chosen.folder / name for name in written}
    stale = [n for n, p in paths.items() if not p.is_file() or p.read_text(encoding="utf-8") != written[n]]
    if chosen.check:
        for name in stale:
            print(f"{paths[name]} is not what the program says: make reference", file=sys.stderr)
        return 1 if stale else 0
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        paths[name].write_text(written[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
