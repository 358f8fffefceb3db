"""Garbage collection for a program that has loaded much for good and makes many objects that live shortly."""

import gc

# Net allocations between two looks at the young objects, about those of a batch of verdicts. At Python's 700 a batch is
# looked through twenty times while it is being made.
YOUNG_OBJECTS = 20_000


def exempt_what_is_loaded() -> None:
    """Never look again for garbage among the objects that exist now; call it when start-up is done.

    A full collection would go through a hundred thousand modules, classes and functions, and all threads would stand
    still for the 50 ms that this takes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
