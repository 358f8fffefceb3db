"""A reviewer who uses the page as a browser without scripts does: reads it, and sends its forms."""

import re
from collections.abc import Sequence
from typing import Any

from fastapi.testclient import TestClient

from moderator.console.store.database import Store
from moderator.console.store.intake import Arrival, take
from moderator.contracts.review import Decision
from tests.contract.console.scene import arrival, model_says


def waiting(store: Store, *arrivals: Arrival, said: Sequence[Decision] = ()) -> None:
    """These come, with what a large model says of them; plain escalation 1 if none is named."""
    take(store, arrivals or [arrival(1)], said, [])


def suggests(number: int, **fields: Any) -> Decision:
    """A large model that leaves that escalation to people, and would allow it."""
    suggestion = {"outcome": "allow", "rationale": "only a figure of speech"}
    refers: dict[str, Any] = {
        "outcome": "escalate",
        "labels": [],
        "rules": [],
        "policy": None,
        "suggestion": suggestion,
    }
    return model_says(number, **(refers | {"referral": "probation"} | fields))


class AtWork:
    """What one reviewer sees and does. `page` is the last one."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = ""

    def look(self, address: str = "/review") -> str:
        """The page there, or the one it leads to."""
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        self.page = answer.text
        return self.page

    def send(self, form: str, **fields: Any) -> int:
        """A form of the page in hand, then where that leads; the status of the form's own answer."""
        answer = self.client.post(f"/review/{form}", data=self.claim() | fields)
        self.page = answer.text
        if answer.status_code == 303:
            self.look(answer.headers["location"])
        return answer.status_code

    def claim(self) -> dict[str, str]:
        """The hidden fields of the page's forms."""
        found = (re.search(f'name="{name}" value="([^"]*)"', self.page) for name in ("job", "lease"))
        return {match[0].split('"')[1]: match[1] for match in found if match}

    def next(self) -> str:
        """Take the next message; the page with it."""
        self.send("next")
        return self.page

    def act(self) -> str:
        """The act that the page offers to undo."""
        found = re.search('name="act" value="([^"]*)"', self.page)
        assert found is not None, "nothing to undo"
        return found[1]
