"""`moderator check`: would an agent, or a shadow, with these settings work?"""

import asyncio
import sys
import time
from collections.abc import Callable, Collection

import click
from prometheus_client import CollectorRegistry

from moderator.adapters.kafka_check import Finding, check_broker
from moderator.adapters.span_export import exported
from moderator.commands.failures import reported_failures
from moderator.config import Settings, TopicSettings, load_settings
from moderator.errors import ConfigError, ModelError
from moderator.exit_codes import ExitCode, exit_code
from moderator.judgement import Judgement, load_judgement, load_model_on_trial
from moderator.kafka_settings import KafkaSettings
from moderator.shadow.on_trial import as_shadow, load_shadow_policy, topics_in_use
from moderator.telemetry.log import set_up_logging
from moderator.telemetry.metrics import Metrics

COLOURS = {Finding.OK: "green", Finding.NOTE: "yellow", Finding.FAIL: "red"}
CODES = {"connection": ExitCode.CONFIG, "broker": ExitCode.UNAVAILABLE}  # of a line that fails; the others are rights


@click.command()
@click.option("--shadow", is_flag=True, help="For `agent --shadow`: the model on trial, its group and topic")
def check(*, shadow: bool) -> None:
    """Check settings, policy, model, golden set, broker, topics and rights: a line each.

    Exit codes: 0 all well, 2 settings or policy, 3 model, 4 broker unavailable, 5 topics or rights.
    """
    with reported_failures():
        try:
            loaded = load_settings()
            settings = as_shadow(loaded) if shadow else loaded
        except ConfigError as error:
            _fail("settings", error.problems)
            sys.exit(exit_code(error))
        set_up_logging("CRITICAL", console=True)  # every finding is a line of its own
        _pass("settings", "valid")
        judged = _check_judgement(settings, load_model_on_trial if shadow else load_judgement)
        tried = ExitCode.OK if shadow else _check_shadow(settings)
        used = topics_in_use(settings, member=shadow)
        sys.exit(max(judged, tried, _check_tracing(settings), _check_kafka(settings.kafka, loaded.topics, used)))


def _check_judgement(settings: Settings, load: Callable[[Settings, Metrics], Judgement]) -> ExitCode:
    started = time.monotonic()
    try:
        judgement = load(settings, Metrics(CollectorRegistry()))
    except (ConfigError, ModelError) as error:
        _fail("model" if isinstance(error, ModelError) else "policy", error.problems)
        return exit_code(error)
    versions = judgement.versions
    _pass("policy", f"version {judgement.policy.version}, hash {versions.policy}")
    took = time.monotonic() - started
    _pass(
        "model",
        f"{versions.model} on {versions.provider}, {judgement.classifier.threads} threads, ready in {took:.1f} s",
    )
    languages = ", ".join(judgement.classifier.languages) or "none named"
    _pass("languages", f"{languages}; language check: {judgement.classifier.language_check.scope}")
    _pass("golden set", f"reproduced, largest difference {judgement.golden_difference:.5f}")
    judgement.classifier.close()
    return ExitCode.OK


def _check_shadow(settings: Settings) -> ExitCode:
    try:
        policy = load_shadow_policy(settings)
    except ConfigError as error:
        _fail("shadow", error.problems)
        return exit_code(error)
    if policy:
        _pass("shadow", f"policy version {policy.version}, hash {policy.hash}, on trial")
    return ExitCode.OK


def _check_tracing(settings: Settings) -> ExitCode:
    try:
        with exported(settings.tracing, "check"):
            pass
    except ConfigError as error:
        _fail("tracing", error.problems)
        return exit_code(error)
    if settings.tracing.endpoint:
        _pass("tracing", f"spans go to {settings.tracing.endpoint}")
    return ExitCode.OK


def _check_kafka(settings: KafkaSettings, topics: TopicSettings, used: Collection[str]) -> ExitCode:
    code = ExitCode.OK
    for line in asyncio.run(check_broker(settings, topics, used)):
        _tell(line.finding, line.name, line.detail)
        if line.finding is Finding.FAIL:
            code = max(code, CODES.get(line.name, ExitCode.RIGHTS))
    return code


def _pass(name: str, detail: str) -> None:
    _tell(Finding.OK, name, detail)


def _fail(name: str, problems: tuple[str, ...]) -> None:
    for problem in problems:
        _tell(Finding.FAIL, name, problem)


def _tell(finding: Finding, name: str, detail: str) -> None:
    click.echo(f"{click.style(f'{finding:<4}', fg=COLOURS[finding])} {name:<12} {detail}")
