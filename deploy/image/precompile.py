# noqa: INP001
"""`precompile.py COMMAND..`, by the image's own Python: imports the commands and compiles what that has loaded.

Nothing can be written when they run, and all that is installed, compiled, would be 30 MB more.
"""

import py_compile
import sys
from importlib import import_module

from moderator.__main__ import COMMANDS

PACKAGES = f"{sys.prefix}/"


def main() -> None:
    """Fails where one of those that are named cannot be imported; what others lack is not in the image."""
    for command in COMMANDS:
        try:
            import_module(f"moderator.commands.{command.replace('-', '_')}")
        except ModuleNotFoundError:
            if command in sys.argv[1:]:
                raise
    sources = [getattr(module, "__file__", None) for module in sys.modules.values()]
    loaded = {source for source in sources if source and source.startswith(PACKAGES) and source.endswith(".py")}
    # By hash, never compared: layers do not keep times.
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    for source in sorted(loaded):
        py_compile.compile(source, doraise=True, invalidation_mode=unchecked)
    print(f"{len(loaded)} modules compiled")  # noqa: T201


if __name__ == "__main__":
    main()
