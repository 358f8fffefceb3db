"""Where a page's links lead on the site: the pages are written for the repository, which holds more than docs/."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = "docs/"
BESIDE = ("CHANGELOG.md", "SECURITY.md", "models/MODEL_CARD.md")
"""Pages of the site that stand elsewhere in the repository."""

LINK = re.compile(r"\[(?P<words>[^][]*)\]\((?!\w+:)(?P<target>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")


def in_repository(uri: str) -> str:
    """Path in the repository of what the site has at `uri`."""
    return uri if uri in BESIDE or not (ROOT / DOCS / uri).exists() else DOCS + uri


def uri_of(path: str) -> str:
    """Where the site has the repository's `path`; the README's place is taken by the first page."""
    return "index.md" if path == "README.md" else path.removeprefix(DOCS)


def targets(uri: str, markdown: str) -> Iterator[str]:
    """Paths in the repository that a page's links lead to."""
    return (_path(uri, link["target"]) for link in LINK.finditer(markdown))


def for_site(uri: str, markdown: str) -> str:
    """The page with its links as the site has them. Folders are not on the site: of a link to one its words stay."""

    def link(found: re.Match[str]) -> str:
        path = _path(uri, found["target"])
        if (ROOT / path).is_dir():
            return found["words"]
        to = posixpath.relpath(uri_of(path), posixpath.dirname(uri) or ".")
        return f"[{found['words']}]({to}{found['anchor'] or ''})"

    return LINK.sub(link, markdown)


def _path(uri: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(in_repository(uri)), target))
