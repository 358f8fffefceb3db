"""Families of spam and of harmless text: sound templates, honest labels, nothing shared across verdicts."""

import random

import pytest

from moderator.contracts.labels import Label
from moderator.training.written import (
    everyday_opinions,
    everyday_registers,
    hard_words_figurative,
    hard_words_questions,
    hard_words_technical,
    spam,
    spam_lookalikes,
)
from moderator.training.written.grammar import Family, texts, unfold
from moderator.training.written.lists import choices, lines

HARMLESS = (
    *everyday_opinions.FAMILIES,
    *everyday_registers.FAMILIES,
    *hard_words_figurative.FAMILIES,
    *hard_words_questions.FAMILIES,
    *hard_words_technical.FAMILIES,
    *spam_lookalikes.FAMILIES,
)
FAMILIES = (*spam.FAMILIES, *HARMLESS)
SEED = 11


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_template_unfolds_to_plain_text(family: Family) -> None:
    """No slot is missing and no brace or bar is left over."""
    draw = random.Random(SEED)
    for template in family.templates:
        for _ in range(5):
            text = unfold(template, family.slots, draw)
            assert text
            assert not set(text) & set("{}|")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_families_are_rich_enough_for_their_rows(family: Family) -> None:
    """Every family fills its number of rows with distinct texts from eight templates or more."""
    assert len(family.templates) >= 8
    assert len(list(texts(family, SEED))) == family.rows


def test_names_are_unique_and_templates_belong_to_one_family() -> None:
    """A family kept back that shares a template with a trained one would measure nothing."""
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)
    trained = {template for family in FAMILIES if not family.kept_back for template in family.templates}
    kept_back = {template for family in FAMILIES if family.kept_back for template in family.templates}
    assert kept_back
    assert not trained & kept_back


def test_spam_is_told_from_harmless_text_by_its_words() -> None:
    """No text is written on both sides."""
    written = {text.casefold() for family in spam.FAMILIES for text in texts(family, SEED)}
    assert not written & {text.casefold() for family in HARMLESS for text in texts(family, SEED)}


def test_labels_are_what_the_modules_say() -> None:
    """Spam is spam alone; the rest is nothing at all; only dating bait leaves a label open."""
    assert all(family.positive == {Label.SPAM} for family in spam.FAMILIES)
    assert {family.name for family in FAMILIES if family.unknown} == {"spam/dating"}
    assert not any(family.positive for family in HARMLESS)


def test_blocks_split_into_values_and_templates() -> None:
    """Bars part values but belong to the grammar within templates; a dash stands for nothing."""
    assert choices("a | b c\n  d | -") == ("a", "b c", "d", "")
    assert lines("\n  {a|b} c\n\n d\n") == ("{a|b} c", "d")
