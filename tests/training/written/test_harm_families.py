"""The written families of threat, self-harm and sexual content: distinct, decent, and balanced by look-alikes."""

import random
import re

import pytest

from moderator.contracts.labels import Label
from moderator.training.written import (
    self_harm,
    self_harm_lookalikes,
    self_harm_support,
    sexual,
    sexual_information,
    sexual_lookalikes,
    sexual_offers,
    threat,
    threat_lookalikes,
    violence,
    violence_lookalikes,
)
from moderator.training.written.grammar import Family, texts, unfold

SIDES = {
    Label.THREAT: (
        (*threat.FAMILIES, *violence.FAMILIES),
        (*threat_lookalikes.FAMILIES, *violence_lookalikes.FAMILIES),
    ),
    Label.SELF_HARM: (self_harm.FAMILIES, (*self_harm_lookalikes.FAMILIES, *self_harm_support.FAMILIES)),
    Label.SEXUAL: (
        (*sexual.FAMILIES, *sexual_offers.FAMILIES),
        (*sexual_lookalikes.FAMILIES, *sexual_information.FAMILIES),
    ),
}
FAMILIES = tuple(family for sides in SIDES.values() for side in sides for family in side)
OF_MINORS = re.compile(
    r"\b(child\w*|kids?|teen\w*|minors?|school\w*|pupils?|students?|young\w*|youth|boys?|girls?|sons?|daughters?|"
    r"bab(y|ies)|juniors?|campus|classmates?|college|under\s?age|years?[ -]old|nephews?|nieces?|brothers?|sisters?)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?:|www\.|\b\w+\.(com|net|org)\b|@\w|#\w")


@pytest.fixture(scope="module")
def unfolded() -> dict[str, list[str]]:
    """Every text of every family, by the family's name."""
    return {family.name: list(texts(family, seed=7)) for family in FAMILIES}


def named(family: Family) -> str:
    """Return the name that pytest shows for `family`."""
    return family.name


def test_names_are_unique() -> None:
    """A name is a seed and a line of the evaluation."""
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES, ids=named)
def test_every_template_comes_to_an_end_without_a_part_left_open(family: Family) -> None:
    """A misspelt slot or a stray brace would end in what the model reads."""
    for template in family.templates:
        for seed in range(20):
            text = unfold(template, family.slots, random.Random(seed))
            assert text
            assert not re.search(r"[{}|\\]| / ", text)


@pytest.mark.parametrize("family", FAMILIES, ids=named)
def test_a_family_gives_all_the_texts_it_promises(family: Family, unfolded: dict[str, list[str]]) -> None:
    """A family too poor for its rows would shift the balance unseen."""
    assert len(unfolded[family.name]) == family.rows >= 150


@pytest.mark.parametrize("label", SIDES)
def test_the_side_tells_the_label(label: Label) -> None:
    """A look-alike that carries a label would teach the opposite."""
    with_label, without = SIDES[label]
    assert all(label in family.positive for family in with_label)
    assert not any(family.positive for family in without)
    assert not any(family.positive & family.unknown for family in with_label)


@pytest.mark.parametrize("label", SIDES)
def test_both_sides_keep_a_family_back_for_evaluation(label: Label) -> None:
    """Precision and recall on unseen wording both need a family."""
    for side in SIDES[label]:
        assert any(family.kept_back for family in side)
        assert any(not family.kept_back for family in side)


def test_a_family_kept_back_shares_no_template_with_a_trained_one() -> None:
    """Otherwise the evaluation asks what was learnt by heart."""
    trained = {template for family in FAMILIES if not family.kept_back for template in family.templates}
    assert not trained & {template for family in FAMILIES if family.kept_back for template in family.templates}


def test_no_text_is_both_harmful_and_harmless(unfolded: dict[str, list[str]]) -> None:
    """One text has one verdict."""
    verdicts: dict[str, set[frozenset[Label]]] = {}
    for family in FAMILIES:
        for text in unfolded[family.name]:
            verdicts.setdefault(text.casefold(), set()).add(family.positive)
    assert not [text for text, verdict in verdicts.items() if len(verdict) > 1]


def test_the_two_sides_of_a_label_are_about_as_large(unfolded: dict[str, list[str]]) -> None:
    """A lopsided label would be scored by its topic alone."""
    for sides in SIDES.values():
        with_label, without = (sum(len(unfolded[family.name]) for family in side) for side in sides)
        assert 0.4 < with_label / (with_label + without) < 0.6


def test_a_third_of_the_texts_is_long(unfolded: dict[str, list[str]]) -> None:
    """Length must not give the class away, on any side."""
    for sides in SIDES.values():
        for side in sides:
            lengths = [len(text.split()) for family in side for text in unfolded[family.name]]
            assert 0.25 < sum(length >= 40 for length in lengths) / len(lengths) < 0.5
            assert max(lengths) <= 160


@pytest.mark.parametrize("family", [*sexual.FAMILIES, *sexual_offers.FAMILIES], ids=named)
def test_sexual_families_know_adults_alone(family: Family) -> None:
    """Nothing sexual is ever written about minors or relatives."""
    words = [*family.templates, *(value for values in family.slots.values() for value in values)]
    assert not [word for word in words if OF_MINORS.search(word)]


@pytest.mark.parametrize("family", FAMILIES, ids=named)
def test_no_text_leads_to_an_address_or_an_account(family: Family, unfolded: dict[str, list[str]]) -> None:
    """Invented text must not point at anybody real."""
    assert not [text for text in unfolded[family.name] if ADDRESS.search(text)]
