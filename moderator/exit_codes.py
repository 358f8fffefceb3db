"""What the program's exit status means; supervisors and scripts rely on these numbers."""

from enum import IntEnum

from moderator.errors import ConfigError, ModelError, TransientError


class ExitCode(IntEnum):
    """Exit status of every subcommand."""

    OK = 0
    FAILED = 1  # a bug, or what the subcommand was asked for did not hold
    CONFIG = 2  # settings or policy; also wrong usage of the command line
    MODEL = 3
    UNAVAILABLE = 4  # a broker that does not answer
    RIGHTS = 5  # it answers, but a topic or a right is missing, or a topic is not as wanted


def exit_code(error: BaseException) -> ExitCode:
    """The status to end with on `error`."""
    match error:
        case ConfigError():
            return ExitCode.CONFIG
        case ModelError():
            return ExitCode.MODEL
        case TransientError():
            return ExitCode.UNAVAILABLE
        case _:
            return ExitCode.FAILED
