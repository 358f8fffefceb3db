"""Errors to what a user reads and what a supervisor sees: a line a problem on stderr, and the exit code."""

import errno
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

from moderator.errors import ConfigError, ModelError, ModeratorError
from moderator.exit_codes import ExitCode, exit_code

# A disk that is full or broken; the words for these are the system's and quote nobody.
DEVICE_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


@contextmanager
def reported_failures() -> Iterator[None]:
    """End the program with the right exit code on any error, saying why without quoting what a user wrote."""
    try:
        yield
    except (ConfigError, ModelError) as error:
        for problem in error.problems:
            click.secho(problem, fg="red", err=True)
        sys.exit(exit_code(error))
    except ModeratorError as error:
        click.secho(f"{type(error).__name__}: {error}", fg="red", err=True)
        sys.exit(exit_code(error))
    except BrokenPipeError:
        sys.exit(ExitCode.FAILED)  # whoever read our output has left
    except Exception as error:  # noqa: BLE001  the last line of defence
        if isinstance(error, OSError) and error.errno in DEVICE_ERRORS:
            click.secho(f"input or output: {error.strerror}", fg="red", err=True)
            sys.exit(ExitCode.FAILED)
        # A bug. Its own words may hold a message's text, so only its type and the way to it are shown.
        click.secho(
            f"{type(error).__name__}, a bug in this program; nothing was committed. Raised at:", fg="red", err=True
        )
        click.echo("".join(traceback.format_tb(error.__traceback__)), err=True)
        sys.exit(ExitCode.FAILED)
