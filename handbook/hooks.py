"""What mkdocs calls while it builds the site (`hooks` in mkdocs.yml)."""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook.diagrams import drawn
from handbook.links import BESIDE, ROOT, for_site, targets, uri_of

# "```json verdict": which contract an example is of, for the tests; the site's reader of fences knows one word only.
FENCE = re.compile(r"^```(\w+) \w+$", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Diagrams are drawn by us."""
    fence = {"name": "mermaid", "class": "diagram", "format": drawn}
    config.mdx_configs.setdefault("pymdownx.superfences", {})["custom_fences"] = [fence]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """What the pages link to elsewhere in the repository becomes part of the site."""
    for path in BESIDE:
        files.append(_beside(path, config))
    for page in list(files.documentation_pages()):
        for path in targets(page.src_uri, Path(page.abs_src_path or "").read_text(encoding="utf-8")):
            if (ROOT / path).is_file() and files.get_file_from_path(uri_of(path)) is None:
                files.append(_beside(path, config))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A page that was written for the repository, as the site wants it."""
    del config, files
    return for_site(page.file.src_uri, FENCE.sub(r"```\1", markdown))


def _beside(path: str, config: MkDocsConfig) -> File:
    return File.generated(config, path, abs_src_path=str(ROOT / path))
