"""The command line of `moderator report`: what goes together, what is no address, and the tables."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from prometheus_client import CollectorRegistry, start_http_server

from moderator.__main__ import main
from moderator.exit_codes import ExitCode
from moderator.telemetry.metrics import Metrics

ELSEWHERE = "http://127.0.0.1:1"  # nobody listens


def report(*arguments: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(main, ["report", *arguments])


@pytest.fixture
def page() -> Iterator[str]:
    """Of an agent that has answered 2,000 messages."""
    metrics = Metrics(CollectorRegistry())
    metrics.model_info.labels("model", "policy", "provider", "1").set(1)
    metrics.messages.labels("allow").inc(2_000)
    metrics.cpu_seconds.labels("infer").inc(0.001)
    server, thread = start_http_server(0, "127.0.0.1", metrics.registry)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give --prometheus, or --metrics"),
        (["--prometheus", ELSEWHERE, "--metrics", ELSEWHERE], "give --prometheus, or --metrics"),
        (["--metrics", ELSEWHERE, "--since", "1h"], "--since and --namespace go with --prometheus"),
        (["--metrics", ELSEWHERE, "--namespace", "trust"], "--since and --namespace go with --prometheus"),
        (["--metrics", ELSEWHERE, "--metrics", ELSEWHERE], "would count twice"),
        (["--metrics", "127.0.0.1:8080"], "'--metrics': is no URL"),
        (["--prometheus", "ftp://127.0.0.1"], "'--prometheus': is no URL"),
        (["--prometheus", "http://"], "'--prometheus': is no URL"),
        (["--prometheus", "http://[::1"], "'--prometheus': is no URL"),
        (["--prometheus", "http://host:99999"], "'--prometheus': is no URL"),
        (["--prometheus", "http://host\n"], "'--prometheus': is no URL"),
        (["--metrics", "http://a..b"], "--metrics http://a..b: no host"),
        (["--prometheus", f"http://{'a' * 64}"], "no host"),
        (["--prometheus", ELSEWHERE, "--namespace", 'a"} or up{a="'], "is no namespace"),
        (["--prometheus", ELSEWHERE, "--since", "yesterday"], "is no duration"),
        (["--prometheus", ELSEWHERE, "--since", "0s"], "--since"),
        (["--prometheus", ELSEWHERE, "--since", "999999999d"], "--since"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], told: str) -> None:
    """Before anything is asked, by the option's name."""
    done = report(*arguments)
    assert (done.exit_code, done.stdout) == (ExitCode.CONFIG, "")
    assert told in done.stderr


def test_nobody_answers() -> None:
    """A script can try again."""
    done = report("--metrics", ELSEWHERE)
    assert done.exit_code == ExitCode.UNAVAILABLE
    assert f"--metrics {ELSEWHERE}: no answer" in done.stderr


def test_a_page_as_tables(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the currency of the settings; no colours where no terminal is."""
    monkeypatch.setenv("MODERATOR_COSTS__CURRENCY", "EUR")
    done = report("--metrics", page)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "2,000 messages answered since their programs started; seen: 1 x agent"
    assert "EUR/million" in done.stdout
    assert any(line.startswith("mini model: infer") and line.split()[3] == "0.001" for line in lines)
    assert "\x1b" not in done.stdout
