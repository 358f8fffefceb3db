"""The demo's parts agree on what they go by."""

from pathlib import Path

from moderator.config import Settings
from moderator.demo.settings import for_console, for_reviewer


def test_leads_are_told_the_limits_by_which_the_stub_is_trusted(tmp_path: Path) -> None:
    """The console shows on probation what the reviewer has on probation."""
    decides_by = for_reviewer(Settings(), "http://127.0.0.1:1/v1").reviewer
    told = for_console(Settings(), tmp_path).reviewer
    assert told.model_dump(exclude={"base_url"}) == decides_by.model_dump(exclude={"base_url"})
