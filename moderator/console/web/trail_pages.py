"""The audit trail: to look through, and to take along."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from moderator.console.store.database import Store
from moderator.console.store.trail import Entry, Step, Wanted, export, search
from moderator.console.web.desk import DeskNeeded
from moderator.console.web.identity import Auditor
from moderator.console.web.pages import render

PAGE = 50  # entries; a screen or two
COLUMNS = ("number", "at", "step", "actor", "job_id", "message_id", "decision_id", "why")
AT_ONCE = 200  # lines in one chunk of an answer
LAST_NUMBER = (1 << 63) - 1  # that a database counts to

# What a spreadsheet would take for a formula (OWASP, "CSV Injection"); an actor, an id and a reason are others' words.
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)

router = APIRouter()


class Chosen:
    """The filter that the address of a page names; a step that is none filters nothing."""

    def __init__(self, request: Request) -> None:
        given = request.query_params
        self.about = given.get("about", "").strip()
        self.actor = given.get("actor", "").strip()
        self.step = next((step for step in Step if step == given.get("step")), None)

    @property
    def query(self) -> dict[str, str]:
        """As an address holds it."""
        fields = {"about": self.about, "actor": self.actor, "step": self.step or ""}
        return {name: value for name, value in fields.items() if value}

    def at(self, path: str, **more: object) -> str:
        """The address of `path` under the same filter."""
        query = urlencode({**self.query, **more})
        return f"{path}?{query}" if query else path

    def wanted(self, store: Store) -> Wanted:
        """For the store. What an id is of, it does not tell: a job's and its first verdict's, which are the same, a
        message's, or that of the verdict in force. Raises StoreUnavailable.
        """
        chosen = Wanted(actor=self.actor or None, step=self.step)
        if not self.about:
            return chosen
        for one in (Wanted(job_id=self.about), Wanted(message_id=self.about)):
            if search(store, one, limit=1):
                return replace(one, actor=chosen.actor, step=chosen.step)
        return replace(chosen, verdict_id=self.about)


ChosenNeeded = Annotated[Chosen, Depends(Chosen)]


@router.get("/trail")
def trail(
    request: Request,
    desk: DeskNeeded,
    chosen: ChosenNeeded,
    _: Auditor,
    before: Annotated[int | None, Query(ge=1, le=LAST_NUMBER)] = None,
) -> HTMLResponse:
    """A page of it, the newest first, from the number `before` down."""
    entries = search(desk.store, chosen.wanted(desk.store), before=before, limit=PAGE + 1)
    return render(
        request,
        "trail.html",
        chosen=chosen,
        steps=list(Step),
        entries=entries[:PAGE],
        before=before,
        older=entries[PAGE - 1].number if len(entries) > PAGE else None,
    )


@router.get("/trail.csv")
def as_csv(desk: DeskNeeded, chosen: ChosenNeeded, _: Auditor) -> StreamingResponse:
    """All that the filter leaves, for a spreadsheet; the oldest first."""
    return _download(export(desk.store, chosen.wanted(desk.store)), _csv_lines, "text/csv; charset=utf-8", "csv")


@router.get("/trail.jsonl")
def as_json_lines(desk: DeskNeeded, chosen: ChosenNeeded, _: Auditor) -> StreamingResponse:
    """All that the filter leaves, for programs; the oldest first."""
    return _download(export(desk.store, chosen.wanted(desk.store)), _json_lines, "application/jsonl", "jsonl")


def csv_cell(value: object) -> str:
    """`value` as no spreadsheet calculates it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _download(
    entries: Iterator[Entry], lines: Callable[[Iterable[Entry]], Iterator[str]], kind: str, ending: str
) -> StreamingResponse:
    """Streamed; the first part is read before anything is answered, so that a store that is away is told as such."""
    chunks = _chunks(lines(entries))
    first = list(islice(chunks, 1))
    named = {"Content-Disposition": f'attachment; filename="moderator-trail.{ending}"'}
    return StreamingResponse(chain(first, chunks), media_type=kind, headers=named)


def _chunks(lines: Iterator[str]) -> Iterator[str]:
    while chunk := "".join(islice(lines, AT_ONCE)):
        yield chunk


def _csv_lines(entries: Iterable[Entry]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    for row in chain([COLUMNS], ([csv_cell(value) for value in _fields(entry).values()] for entry in entries)):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    return (json.dumps(_fields(entry), ensure_ascii=False) + "\n" for entry in entries)


def _fields(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in COLUMNS} | {"at": entry.at.isoformat()}
