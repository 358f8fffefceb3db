"""Write the rules and dashboards into deploy/helm/files, or compare only: `python -m monitoring [--check]`."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from grafana_foundation_sdk.builders.dashboard import Dashboard
from grafana_foundation_sdk.cog.encoder import JSONEncoder

from monitoring.on_call import on_call
from monitoring.rules import RUNBOOKS, rules_file
from monitoring.trust_and_safety import trust_and_safety

FOLDER = Path(__file__).parents[1] / "deploy" / "helm" / "files"


def dashboard_file(board: Dashboard) -> str:
    """As Grafana imports it."""
    return JSONEncoder(indent=2, ensure_ascii=False).encode(board.build()) + "\n"


def files(runbooks: str = RUNBOOKS) -> Mapping[str, str]:
    """What is generated, by its path in the folder."""
    return {
        "rules.yaml": rules_file(runbooks),
        "dashboards/on-call.json": dashboard_file(on_call()),
        "dashboards/trust-and-safety.json": dashboard_file(trust_and_safety()),
    }


def main(arguments: list[str]) -> int:
    """1 when files differ that were only to be compared."""
    parser = argparse.ArgumentParser(prog="python -m monitoring", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they are written")
    parser.add_argument("--runbooks", default=RUNBOOKS, metavar="URL", help="where docs/runbooks.md is served")
    parser.add_argument("--check", action="store_true", help="write nothing, name what differs")
    chosen = parser.parse_args(arguments)
    stale = [
        path
        for name, text in files(chosen.runbooks).items()
        if not (path := chosen.folder / name).exists() or path.read_text(encoding="utf-8") != text
    ]
    if chosen.check:
        for path in stale:
            print(f"{path} is not what monitoring/ says: make monitoring", file=sys.stderr)
        return 1 if stale else 0
    for name, text in files(chosen.runbooks).items():
        path = chosen.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
