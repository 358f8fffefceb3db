"""The texts and the policy that a profile asks for."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from load.profiles import Texts
from load.texts import generated_texts, near_duplicates, repeating_texts

LONG_TOKENS = 400

_OF: Final[Mapping[Texts, Callable[[int], list[str]]]] = {
    Texts.ORDINARY: generated_texts,
    Texts.REPEATED: repeating_texts,
    Texts.NEAR_DUPLICATES: near_duplicates,
    Texts.LONG: lambda count: generated_texts(count, median_tokens=LONG_TOKENS),
}


def texts_of(kind: Texts, count: int) -> list[str]:
    """`count` texts of a kind, the same in every run."""
    return _OF[kind](count)


def write_policy(default: Path, tenants: Sequence[str], target: Path) -> None:
    """The policy file `default`, and an override of its own for each of the tenants: one is stricter than the next."""
    overrides = (
        f'\n[[overrides]]\ntenant = "{tenant}"\n'
        f"labels = {{ toxic = {{ escalate_at = {0.1 + 0.05 * number:.2f}, block_at = {0.5 + 0.05 * number:.2f} }} }}\n"
        for number, tenant in enumerate(tenants)
    )
    target.write_text(default.read_text(encoding="utf-8") + "".join(overrides), encoding="utf-8")
