"""What the tables of `python -m load.scaling` say of what was measured."""

from load.scaling import Case, Measured, in_turn, table

ONE, TWO = Case("one", 1, 1, 4), Case("two", 2, 2, 4)


def test_every_case_is_first_in_its_turn() -> None:
    """A machine that slows down in the middle of a round slows another case each time."""
    order: list[str] = []

    def measured(case: Case) -> Measured:
        order.append(case.name)
        return Measured(100, 1.5)

    found = in_turn([ONE, TWO], 3, measured, lambda _words: None)
    assert order == ["one", "two", "two", "one", "one", "two"]
    assert [len(rounds) for rounds in found.values()] == [3, 3]


def test_ratios_are_of_one_round() -> None:
    """What was measured in different rounds is not compared: the second round here was half as fast."""
    found = {
        ONE: [Measured(100, 1.0), Measured(50, 2.0)],
        TWO: [Measured(200, 1.0), Measured(95, 2.2)],
    }
    *_, one, two = table(found)
    assert one == "| one | 75 | 1.00 x (1.00 to 1.00) | 1.50 | 1.00 x (1.00 to 1.00) |"
    assert two == "| two | 148 | 1.95 x (1.90 to 2.00) | 1.60 | 1.05 x (1.00 to 1.10) |"
