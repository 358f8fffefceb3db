"""Rows again with other groups named in them, so that a group's name alone tells nothing of how rude a text is.

Dixon et al. 2018, Measuring and Mitigating Unintended Bias in Text Classification, balance their data with further
harmless texts of a group; exchanging the groups in the texts there are costs none (Park et al. 2018, Reducing Gender
Bias in Abusive Language Detection).
"""

import random
import re
from collections.abc import Sequence

from moderator.contracts.labels import Label
from moderator.training.recipe import Recipe
from moderator.training.rows import Row, digest

SWAPS = "swaps"  # their source name
KEPT = (Label.TOXIC, Label.OBSCENE, Label.INSULT)  # what a text is whoever it names; hate depends on the group
ADJECTIVES = (
    *("gay", "lesbian", "bisexual", "queer", "transgender", "straight", "heterosexual", "female", "male"),
    *("muslim", "jewish", "christian", "catholic", "protestant", "hindu", "buddhist", "sikh", "atheist"),
    *("black", "white", "asian", "african", "latino", "hispanic", "arab", "indian", "chinese", "mexican", "american"),
    *("european", "japanese", "russian", "turkish", "polish", "irish", "nigerian", "somali", "romanian", "canadian"),
    *("blind", "deaf", "disabled", "autistic", "old", "elderly", "young", "foreign", "native", "indigenous"),
)
PEOPLE = (
    *("muslims", "jews", "christians", "catholics", "protestants", "hindus", "buddhists", "sikhs", "atheists"),
    *("gays", "lesbians", "women", "men", "girls", "boys", "blacks", "whites", "asians", "africans", "latinos"),
    *("arabs", "indians", "mexicans", "americans", "europeans", "russians", "turks", "poles", "canadians", "nigerians"),
    *("immigrants", "refugees", "foreigners", "migrants", "veterans", "teenagers", "pensioners"),
)
FORMS = {term: terms for terms in (ADJECTIVES, PEOPLE) for term in terms}
TERM = re.compile(rf"\b(?:{'|'.join(sorted(FORMS, key=len, reverse=True))})\b", re.IGNORECASE)


def swaps(rows: Sequence[Row], recipe: Recipe) -> list[Row]:
    """Each row that names a group and tells whether it is toxic, once more with every group exchanged for another.

    Only of labels that do not depend on the group, and not of rows that are hate. The same for the same seed.
    """
    draw = random.Random(f"{recipe.seed}/{SWAPS}")
    found: dict[bytes, Row] = {}
    for row in rows:
        labels = {str(label): row.labels[label] for label in KEPT if label in row.labels}
        if Label.TOXIC not in labels or row.labels.get(Label.HATE) == 1 or not TERM.search(row.text):
            continue
        others: dict[str, str] = {}  # a group that is named twice stays one group
        text = TERM.sub(lambda match, others=others: exchange(match[0], others, draw), row.text)  # type: ignore[misc]
        found.setdefault(digest(text), Row(text, labels, None, SWAPS, row.tier, row.line))
    return list(found.values())


def exchange(term: str, others: dict[str, str], draw: random.Random) -> str:
    """Another term of the same form, in the same case."""
    key = term.casefold()
    if key not in others:
        others[key] = draw.choice([other for other in FORMS[key] if other != key])
    other = others[key]
    return other.upper() if term.isupper() else other.capitalize() if term[0].isupper() else other
