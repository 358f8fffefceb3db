"""Which messages a reviewer wants, as the address of the page says it: kept there, it can be a bookmark."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from moderator.console.store.queue import Filter
from moderator.contracts.labels import LABELS
from moderator.contracts.message import TextSource


class Wanted:
    """What the query of a page's address asks for; a word that is none of its field's asks for nothing."""

    def __init__(self, request: Request) -> None:
        given = request.query_params
        label, source = given.get("label"), given.get("source")
        self.label = next((each for each in LABELS if each == label), None)
        self.source = next((each for each in TextSource if each == source), None)
        self.policy_id = given.get("policy") or None
        self.language = given.get("language", "").strip() or None
        self.tenant = given.get("tenant", "").strip() or None

    @property
    def chosen(self) -> dict[str, str]:
        """The fields that narrow the queue."""
        fields = {
            "label": self.label,
            "policy": self.policy_id,
            "language": self.language,
            "source": self.source,
            "tenant": self.tenant,
        }
        return {name: str(value) for name, value in fields.items() if value is not None}

    def filter(self, *, severe: bool | None, among: frozenset[str] | None) -> Filter:
        """For the store; `severe` is not the reviewer's choice but their day's, `among` is what they may decide."""
        return Filter(self.label, self.policy_id, self.language, self.source, self.tenant, severe, among)

    def at(self, path: str, **more: str) -> str:
        """The address of `path` for the same wishes."""
        query = urlencode(self.chosen | more)
        return f"{path}?{query}" if query else path


async def _wanted(request: Request) -> Wanted:
    return Wanted(request)


WantedNeeded = Annotated[Wanted, Depends(_wanted)]
