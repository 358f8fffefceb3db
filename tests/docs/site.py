"""The site, built once for all tests of it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def built(folder: Path) -> subprocess.CompletedProcess[str]:
    """`make docs` into `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},  # of the theme, about its own future
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
