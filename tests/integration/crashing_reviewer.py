"""`moderator reviewer` that kills itself at a point of its work.

`python -m tests.integration.crashing_reviewer POINT`, with the settings of a reviewer.
"""

import sys

from moderator import bootstrap_reviewer
from moderator.__main__ import main
from tests.integration.crashing_console import arm

POINTS = ("after decisions", "after verdicts", "before commit", "after commit")

if __name__ == "__main__":
    arm(vars(bootstrap_reviewer), sys.argv[1])
    main(["reviewer"], prog_name="moderator")
