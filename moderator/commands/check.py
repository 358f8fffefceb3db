"""`moderator check`: would an agent with these settings work?"""

import asyncio
import sys
import time

import click
from prometheus_client import CollectorRegistry

from moderator.adapters.kafka_check import check_broker
from moderator.adapters.span_export import exported
from moderator.bootstrap import load_judgement
from moderator.commands.failures import reported_failures
from moderator.config import Settings, load_settings
from moderator.errors import ConfigError, ModelError
from moderator.exit_codes import ExitCode, exit_code
from moderator.shadow.on_trial import load_shadow_policy
from moderator.telemetry.log import set_up_logging
from moderator.telemetry.metrics import Metrics

CODES = {"connection": ExitCode.CONFIG, "broker": ExitCode.UNAVAILABLE}  # of a line that fails; the others are rights


@click.command()
def check() -> None:
    """Check settings, policy, model, golden set, broker, topics and rights: a line each.

    Exit codes: 0 all well, 2 settings or policy, 3 model, 4 broker unavailable, 5 topics or rights.
    """
    with reported_failures():
        try:
            settings = load_settings()
        except ConfigError as error:
            _fail("settings", error.problems)
            sys.exit(exit_code(error))
        set_up_logging("CRITICAL", console=True)  # every finding is a line of its own
        _pass("settings", "valid")
        checks = (_check_judgement, _check_shadow, _check_tracing, _check_kafka)
        sys.exit(max(check_part(settings) for check_part in checks))


def _check_judgement(settings: Settings) -> ExitCode:
    started = time.monotonic()
    try:
        judgement = load_judgement(settings, Metrics(CollectorRegistry()))
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


def _check_kafka(settings: Settings) -> ExitCode:
    code = ExitCode.OK
    for line in asyncio.run(check_broker(settings.kafka, settings.topics, shadow=settings.shadow.by_agents)):
        if line.ok:
            _pass(line.name, line.detail)
        else:
            _fail(line.name, (line.detail,))
            code = max(code, CODES.get(line.name, ExitCode.RIGHTS))
    return code


def _pass(name: str, detail: str) -> None:
    click.echo(f"{click.style('ok  ', fg='green')} {name:<12} {detail}")


def _fail(name: str, problems: tuple[str, ...]) -> None:
    for problem in problems:
        click.echo(f"{click.style('FAIL', fg='red')} {name:<12} {problem}")
