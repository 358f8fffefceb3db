"""Long lists of short texts, written as blocks."""


def choices(block: str) -> tuple[str, ...]:
    """Split `block` at bars and line ends into a slot's values; one for "nothing here" is written as a bare `-`."""
    entries = (entry.strip() for line in block.splitlines() for entry in line.split("|"))
    return tuple("" if entry == "-" else entry for entry in entries if entry)


def lines(block: str) -> tuple[str, ...]:
    """Split `block` at line ends into templates, whose bars are the grammar's."""
    return tuple(line.strip() for line in block.splitlines() if line.strip())
