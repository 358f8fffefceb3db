"""Diagrams drawn while the site is built, so that a page loads nothing from elsewhere and needs no script."""

import hashlib
from typing import Any

import mermaidx

# Close together, so that words stay large in the width of a page; its colours come from docs/site.css.
CONFIG = {"flowchart": {"nodeSpacing": 24, "rankSpacing": 30, "padding": 8}, "sequence": {"mirrorActors": False}}


def drawn(source: str, *_: Any, **__: Any) -> str:
    """A fence of Mermaid's language as inline SVG; the arguments are those of pymdownx.superfences' formatters."""
    drawing = mermaidx.render(source, theme="neutral", config=CONFIG)
    svg = drawing.svg() if callable(drawing.svg) else drawing.svg
    # Ids are of the page: those of two diagrams on one must differ.
    svg = svg.replace("my-svg", f"diagram-{hashlib.sha256(source.encode()).hexdigest()[:8]}")
    return f'<div class="diagram">{svg}</div>'
