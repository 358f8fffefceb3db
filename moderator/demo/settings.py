"""Settings of one's own, made fit for the demo: its broker, its samples, its stub of a large model, its console."""

from pathlib import Path

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.config import HttpSettings, InputSettings, Settings
from moderator.console_settings import ConsoleSettings, StoreUrl
from moderator.demo.stub_model import NAME
from moderator.kafka_settings import SecurityProtocol
from moderator.reviewer_settings import ReviewerSettings

FETCH_WAIT_MS = 5  # the embedded broker answers an empty fetch only when its time is up, whatever arrives meanwhile
LOOPBACK = "127.0.0.1"
ANY_PORT = 0

# The console's two members share a group, and the embedded broker has the first one wait for the second for as long as
# a session lasts, but for a second.
CONSOLE_SESSION_MS = 3_000
DRAIN_S = 3.0  # of reviewers at the end; whatever they still have in hand goes with the broker
UNDO_GRACE_S = 3.0  # whoever has decided waits for this before the final verdict shows

# Trust after so few answers proves nothing, so no settings allow it. Here it lets one see within minutes what comes of
# trust; the bounds are as wide as it takes for three that agree to reach them.
PAIRS = 3
FEW = {"fewest_pairs": PAIRS, "window_pairs": 20, "recent_pairs": 5}
REVIEWER = ReviewerSettings(
    model=NAME, overlap=0.5, agreement=0.5, false_allows=0.85, bounds_confidence=0.8
).model_copy(update=FEW)


def for_demo(settings: Settings, broker: EmbeddedBroker) -> Settings:
    """`settings` for the embedded broker, which knows neither TLS nor credentials nor static members, and for the
    samples, which have their fields in the usual places.
    """
    kafka = settings.kafka.model_copy(
        update={
            "bootstrap_servers": broker.bootstrap_servers,
            "security_protocol": SecurityProtocol.PLAINTEXT,
            "sasl_username": None,
            "group_instance_id": None,
            "fetch_max_wait_ms": FETCH_WAIT_MS,
        }
    )
    http = HttpSettings(host=LOOPBACK, port=ANY_PORT)
    return settings.model_copy(update={"kafka": kafka, "input": InputSettings(), "http": http})


def for_reviewer(settings: Settings, base_url: str) -> Settings:
    """`settings` for a reviewer that asks the stub at `base_url`."""
    reviewer = REVIEWER.model_copy(update={"base_url": base_url})
    return settings.model_copy(update={"reviewer": reviewer, "drain_timeout_s": DRAIN_S})


def for_console(settings: Settings, folder: Path) -> Settings:
    """`settings` for a console that keeps its store in `folder`, believes who people say they are, and tells leads by
    which limits the stub is trusted.
    """
    kafka = settings.kafka.model_copy(update={"session_timeout_ms": CONSOLE_SESSION_MS})
    console = ConsoleSettings(
        store_url=StoreUrl(f"sqlite:///{folder / 'console.db'}"),
        host=LOOPBACK,
        port=ANY_PORT,
        undo_grace_s=UNDO_GRACE_S,
        dev_login=True,
        double_review=0.0,  # there is one person
    )
    update = {"kafka": kafka, "console": console, "reviewer": REVIEWER, "drain_timeout_s": DRAIN_S}
    return settings.model_copy(update=update)
