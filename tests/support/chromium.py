"""The browser of the tests: the system's Chromium, since Playwright's own is on no package registry."""

import os
import shutil
from pathlib import Path

VARIABLE = "MODERATOR_TEST_CHROMIUM"
NEEDED = f"the tests need Chromium; on Debian: apt-get install chromium; or name the program in {VARIABLE}"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def program() -> Path | None:
    """Where it is: what the variable says, or what the system has."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    found = (shutil.which(name) for name in PROGRAMS)
    return next((Path(path) for path in found if path), None)
