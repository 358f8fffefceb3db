"""Hate, insults and profanity beside their harmless twins: only the stance decides, and no group is known by hate."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from moderator.contracts.labels import Label
from moderator.training.written import (
    aversion,
    blunt,
    contrast,
    counter_speech,
    hate,
    hate_veiled,
    identity_mentions,
    insults,
    profanity,
    quoting,
    reclaimed,
)
from moderator.training.written.grammar import Family, texts, unfold
from moderator.training.written.identities import GROUPS, Group
from moderator.training.written.surroundings import SURROUNDINGS

MODULES = (
    *(aversion, blunt, contrast, counter_speech, hate, hate_veiled, identity_mentions, insults, profanity, quoting),
    reclaimed,
)
FAMILIES = tuple(family for module in MODULES for family in module.FAMILIES)
SEED = 0
HARMLESS_TO_HATEFUL = 1.5  # below it the model learns that a group's name is bad news
WRITTEN = {family.name: tuple(texts(family, SEED)) for family in FAMILIES}


class Zero:
    """Draws the first choice, always."""

    @staticmethod
    def choice(choices: tuple[str, ...]) -> str:
        return choices[0]


def bare(template: str) -> str:
    """A template without the neutral sentences around it: what it teaches."""
    return re.sub("|".join(rf"\{{{name}\}}" for name in SURROUNDINGS), "", template).strip()


def labelled() -> Iterator[tuple[Family, str]]:
    """Every text with its family."""
    for family in FAMILIES:
        for text in WRITTEN[family.name]:
            yield family, text


def mentioned() -> tuple[Counter[str], Counter[str]]:
    """How many harmless and how many hateful texts name each group, in any form of its name, the longest that fits."""
    groups = {form.casefold(): group.people for group in reversed(GROUPS) for form in group if form}
    forms = "|".join(re.escape(form) for form in sorted(groups, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{forms})\b")
    counted: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for family, text in labelled():
        counted[Label.HATE in family.positive].update({groups[form] for form in pattern.findall(text.casefold())})
    return counted


HARMLESS, HATEFUL = mentioned()


def test_names_are_unique() -> None:
    """A family's name is its seed and its line in the reports."""
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_template_unfolds(family: Family) -> None:
    """Each template and each choice of each slot, and a family fills its rows."""
    for template in family.templates:
        assert unfold(template, family.slots, Zero())  # type: ignore[arg-type]
    for choices in family.slots.values():
        for choice in choices:
            assert unfold(choice, family.slots, Zero())  # type: ignore[arg-type]
    assert len(WRITTEN[family.name]) == family.rows


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_texts_are_clean(family: Family) -> None:
    """No bracket or bar of the grammar is left, no doubled full stop, no "a" before a vowel."""
    for text in WRITTEN[family.name]:
        assert not re.search(r"[{}|]|\.\.|\ba [aeio]", text), text


def test_no_text_is_shared_between_labels() -> None:
    """A text has one verdict."""
    verdicts: defaultdict[str, set[tuple[frozenset[Label], frozenset[Label]]]] = defaultdict(set)
    for family, text in labelled():
        verdicts[text.casefold()].add((family.positive, family.unknown))
    assert [text for text, known in verdicts.items() if len(known) > 1] == []


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.people)
def test_groups_are_harmless_more_often_than_hated(group: Group) -> None:
    """Per group, so that no identity term alone moves the score."""
    assert HATEFUL[group.people] >= 20
    assert HARMLESS[group.people] >= HARMLESS_TO_HATEFUL * HATEFUL[group.people]


def test_harmless_texts_lead() -> None:
    """About one text in three is hateful or insulting."""
    abusive = sum(len(WRITTEN[family.name]) for family in FAMILIES if Label.TOXIC in family.positive)
    assert 0.25 < abusive / sum(map(len, WRITTEN.values())) < 0.4


def test_long_texts_are_there_on_both_sides() -> None:
    """Length tells nothing: both sides have paragraphs and single sentences alike."""
    for hateful in (True, False):
        long = [len(text.split()) >= 30 for family, text in labelled() if (Label.HATE in family.positive) == hateful]
        assert 0.2 < sum(long) / len(long) < 0.55


def test_kept_back_families_share_no_template_with_trained_ones() -> None:
    """Otherwise they would tell what was learnt by heart. Hate, insults and harmless texts are all kept back."""
    trained = {bare(template) for family in FAMILIES if not family.kept_back for template in family.templates}
    kept_back = [family for family in FAMILIES if family.kept_back]
    assert trained.isdisjoint(bare(template) for family in kept_back for template in family.templates)
    assert any(Label.HATE in family.positive for family in kept_back)
    assert any(Label.INSULT in family.positive for family in kept_back)
    assert any(not family.positive for family in kept_back)
    assert 0.08 < sum(family.rows for family in kept_back) / sum(family.rows for family in FAMILIES) < 0.2
