"""A person at a browser of their own, in which nothing may happen that they did not ask for."""

from typing import Self

from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Request, expect

from moderator.console.web.identity import Role

PATIENCE_MS = 20_000  # for a loaded machine; nothing waits so long when all is well
# What the browser and htmx say of an answer that is an error: the tests that cause one look at its page.
OF_AN_ANSWER = ("Failed to load resource: the server responded", "Response Status Error Code")

expect.set_options(timeout=PATIENCE_MS)


class Seat:
    """Theirs. `problems` is all that pages may never do: dialogs, errors, and requests to other places."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.problems: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("dialog", self._on_dialog)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.context.on("request", self._on_request)

    def _on_dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(OF_AN_ANSWER):
            self.problems.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:image/svg+xml")):
            self.problems.append(f"request: {request.url}")

    def sign_in(self, name: str, role: Role) -> Self:
        """As the development login's form does."""
        self.page.request.post(
            f"{self.address}/login",
            form={"name": name, "role": role},
            headers={"Origin": self.address},
            max_redirects=0,
        )
        self.go("/")
        return self

    def go(self, path: str) -> None:
        """Open the page there."""
        self.page.goto(f"{self.address}{path}")

    def press(self, *keys: str) -> None:
        """One after the other, where the focus is; once the page's scripts are there to hear them."""
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Letter by letter, where the focus is."""
        self.page.keyboard.type(words)

    @property
    def text(self) -> Locator:
        """The message in question."""
        return self.page.locator("#text")

    def sees(self, words: str) -> None:
        """Wait until a message with these words is in hand, unmasked."""
        expect(self.text).to_contain_text(words)

    def is_told(self, words: str) -> None:
        """Wait until the page says so once."""
        expect(self.page.locator(".flash")).to_contain_text(words)

    def has_done(self, words: str) -> None:
        """Wait until the page says that it was done, and perhaps offers to undo it."""
        expect(self.page.locator(".undo")).to_contain_text(words)

    @property
    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width
