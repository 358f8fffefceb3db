"""Whether a text is in a language that the model reads, told from its script and its commonest words."""

import re
import string
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PROFILES = Path(__file__).with_name("languages.toml")
LATIN = "latin"

# A lone foreign letter is a face (as in the shrug) or stands in for a look-alike; two that differ begin a word.
FEWEST_FOREIGN_LETTERS = 2

# Names hold a foreign word here and there; two that differ, and more than twice as many as the model's own, are a
# sentence. What that makes of English and of others is measured in docs/operations.md.
FEWEST_FOREIGN_WORDS = 2
FOREIGN_WORDS_PER_OWN = 2

_MASKS = re.compile(r"@user|\bhttp\b")  # what stands for handles and URLs is of no language
_LATIN = "[a-z\u00df-\u00f6\u00f8-\u024f\u1e01-\u1eff]+"  # in small letters
_LATIN_WORD = re.compile(f"{_LATIN}(?:'{_LATIN})*")
_APOSTROPHE = "\u2019"


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profile file: each script as a character class, the scripts of each language, and the words and the letters
    beyond a-z of languages in Latin script; languages that no list of words can tell apart share one.
    """

    classes: dict[str, str]
    scripts: dict[str, set[str]]
    words: dict[tuple[str, ...], set[str]]
    letters: dict[str, str]


@cache
def profiles() -> Profiles:
    """What is known of languages."""
    table: dict[str, Any] = tomllib.loads(PROFILES.read_text(encoding="utf-8"))
    scripts: dict[str, set[str]] = {}
    for script, languages in table["languages"].items():
        for language in languages.split():
            scripts.setdefault(language, set()).add(script)
    return Profiles(
        classes={script: _character_class(ranges) for script, ranges in table["ranges"].items()},
        scripts=scripts,
        words={
            tuple(languages.split()): set(_also_plain(words.split())) for languages, words in table["words"].items()
        },
        letters={
            language: letters for languages, letters in table["letters"].items() for language in languages.split()
        },
    )


class LanguageCheck:
    """Tells texts that a model of some languages cannot read. Unsure, it takes a text for one that can be read.

    `scope` says what it goes by: "script and words"; "script" alone where it has no words of one of the languages;
    "off" where it does not know one of them, so that every text counts as readable.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        """`languages` are BCP 47 tags; the primary subtag counts."""
        known = profiles()
        own = {tag.partition("-")[0].lower() for tag in languages}
        scripts = {script for language in own for script in known.scripts.get(language, ())}
        in_latin = {language for language in own if LATIN in known.scripts.get(language, ())}
        with_words = {language for group in known.words for language in group}
        self._by_script = bool(own) and own <= known.scripts.keys()
        self._by_words = self._by_script and bool(in_latin) and in_latin <= with_words
        self.scope = "script and words" if self._by_words else "script" if self._by_script else "off"
        self._latin = LATIN in scripts
        self._own_script = re.compile(f"[{''.join(known.classes[script] for script in sorted(scripts or {LATIN}))}]+")
        self._letters = frozenset(string.ascii_lowercase + "'").union(
            *(known.letters.get(language, "") for language in in_latin)
        )
        own_words = {word for group, words in known.words.items() if in_latin & {*group} for word in words}
        groups_of: dict[str, list[tuple[str, ...]]] = {}
        for group, words in known.words.items():
            if not in_latin & {*group}:
                for word in words:
                    groups_of.setdefault(word, []).append(group)
        self._neutral_words = frozenset(own_words & groups_of.keys())
        self._own_words = frozenset(own_words - self._neutral_words)
        self._foreign_words = {word: tuple(groups_of[word]) for word in groups_of.keys() - own_words}

    def reads(self, text: str) -> bool:
        """Whether the model may be asked about `text`, which is normalised. Takes linear time."""
        if self._by_script and not (self._latin and text.isascii()) and self._is_in_foreign_script(text):
            return False
        return not (self._by_words and self._is_in_foreign_words(text))

    def _is_in_foreign_script(self, text: str) -> bool:
        """Half of its letters or more are of scripts that none of the model's languages uses."""
        text = _MASKS.sub("", text)
        letters = sum(map(str.isalpha, text))
        foreign = [letter for letter in self._own_script.sub("", text) if letter.isalpha()]
        return 2 * len(foreign) >= letters and len(set(foreign)) >= FEWEST_FOREIGN_LETTERS

    def _is_in_foreign_words(self, text: str) -> bool:
        """Of its distinct words, those of one other language and those with letters that the model's languages lack are
        more than twice as many as those that only the model's languages have.
        """
        words = set(_LATIN_WORD.findall(text.lower().replace(_APOSTROPHE, "'")))
        foreign = words & self._foreign_words.keys()
        strange = 0
        if not text.isascii():
            rest = words - foreign - self._own_words - self._neutral_words
            strange = sum(not self._letters.issuperset(word) for word in rest)
        if len(foreign) + strange < FEWEST_FOREIGN_WORDS:
            return False
        found = Counter(group for word in foreign for group in self._foreign_words[word])
        count = max(found.values(), default=0) + strange
        own = len(words & self._own_words)
        return count >= FEWEST_FOREIGN_WORDS and count > FOREIGN_WORDS_PER_OWN * own


def _character_class(ranges: str) -> str:
    """Ranges such as "0400-052F 1C80-1C8F" as the inside of a regular expression's set."""
    return "".join(
        f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}"
        for first, _, last in (span.partition("-") for span in ranges.split())
    )


def _also_plain(words: Iterable[str]) -> Iterable[str]:
    """`words`, and each without its diacritics, as people type them in haste."""
    for word in words:
        yield word
        yield "".join(part for part in unicodedata.normalize("NFD", word) if not unicodedata.combining(part))
