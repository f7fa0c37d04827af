"""The sentences to learn from with their features, and the fingerprint of where they come from."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.heard import FOLDER, MEANINGS, SPELLING, intent_patterns, meanings, spelling
from bot.core.learned.weights import FeatureGroup
from bot.core.sales.products import names_of
from bot.core.understanding.chat_words import words_of
from bot.core.understanding.features import features_of
from bot.core.understanding.intents import Intent
from bot.core.understanding.line_shape import line_shape_of
from bot.core.understanding.reading_signs import sale_signs
from tests.understanding.labelled import FOLDER as LABELLED
from tests.understanding.labelled import entries
from tests.understanding.reading import CATALOGUE, read

__all__ = ["MEMBERS", "Example", "fingerprint", "groups_of", "learning_examples"]

MEMBERS = frozenset(
    name.casefold()
    for name in (
        *("Erni", "Wahyuni", "Rudi", "Hartono", "Dewi", "Anggraini", "Siti", "Aminah"),
        *("Yohanes", "Lende", "Maria", "Goreti", "Andi", "Baso", "Ujang", "Sutisna"),
    )
)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence: its features, its intent, and all intents that would be right."""

    groups: tuple[FeatureGroup, ...]
    intent: str
    also: tuple[str, ...]


def groups_of(text: str, people: frozenset[str] = frozenset()) -> tuple[FeatureGroup, ...]:
    """Returns the features of a sentence about the demo's products and team, and other people."""
    called = names_of(CATALOGUE)
    said = words_of(text, spelling(), called, MEMBERS | people)
    found = read(text)
    shape = line_shape_of(text, found, called, spelling().is_known)
    signs = sale_signs(text, found, shape.left, spelling().is_known)
    means = meanings().in_words(said.typed)
    return features_of(said, means, intent_patterns(), signs, shape.sequences)


def learning_examples(intents: tuple[Intent, ...]) -> list[Example]:
    """Returns the sentences of the tuning half, and those beside the patterns of intents."""
    return [*_labelled(), *_beside_patterns(intents)]


def fingerprint() -> str:
    """Returns the SHA-256 of the sentences, patterns, spellings and meanings learned from."""
    digest = hashlib.sha256()
    for file in (LABELLED / "tuning.txt", SPELLING, *_heard_files()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _heard_files() -> list[Path]:
    return [*sorted(FOLDER.glob("*/*.heard")), *sorted(MEANINGS.glob("*.txt"))]


def _labelled() -> Iterator[Example]:
    for entry in entries("tuning"):
        yield Example(groups_of(entry.text, entry.people), entry.intents[0], entry.intents)


def _beside_patterns(intents: tuple[Intent, ...]) -> Iterator[Example]:
    for intent in intents:
        for example in intent.examples:
            yield Example(groups_of(example), intent.name, (intent.name,))
