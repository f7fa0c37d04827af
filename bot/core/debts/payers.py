"""Which of a seller's customers a line about money means."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.core.customers.customer_keys import NameParts, name_key, parts_of, plain_title
from bot.core.customers.similar_customers import KnownName, similar_customers
from bot.core.sales.line.words.everyday_words import is_everyday

__all__ = ["Payers", "payers_in"]

WORDS_MAX: Final = 24
LETTERS_MIN: Final = 2
OFFERED_MAX: Final = 6


@dataclass(frozen=True, slots=True)
class Payers:
    """The customers who may be meant.

    Attributes:
        ids: each once, the likeliest first; empty if no name is known.
        is_certain: whether the first one is meant without a doubt.
    """

    ids: tuple[int, ...] = ()
    is_certain: bool = False


class _Fit(NamedTuple):
    """How well a known name fits: all of its words, the same title, how many words."""

    whole: bool
    titled: int
    words: int


def payers_in(text: str, known: Iterable[KnownName], owing: Collection[int]) -> Payers:
    """Returns the customers whose names stand in a line.

    One who owes something goes before another who fits as well; a name that fits only in part, or
    is spelled otherwise, is never certain.

    Args:
        text: a line, or what is left of it without amounts and days.
        known: all names of the seller's customers.
        owing: the customers who owe something.
    """
    names = tuple(known)
    words = name_key(text).split()[:WORDS_MAX]
    fits: dict[int, _Fit] = {}
    for each in names:
        fit = _fit(words, parts_of(each.key))
        if fit is not None and (each.id not in fits or fit > fits[each.id]):
            fits[each.id] = fit
    if not fits:
        close = {
            one.id: None for name in _spelled(words) for one in similar_customers(name, names)
        }
        return Payers(tuple(sorted(close, key=lambda one: one not in owing))[:OFFERED_MAX])
    best = max(fits.values())
    first = [one for one, fit in fits.items() if fit == best]
    chosen = [one for one in first if one in owing] or first
    others = [one for one in fits if one in owing and one not in chosen]
    alone = len(chosen) == 1 and best.whole and (chosen[0] in owing or not others)
    return Payers((*chosen, *([] if alone else others))[:OFFERED_MAX], alone)


def _fit(words: list[str], name: NameParts) -> _Fit | None:
    """Returns how a name fits; None if another title, or another number, stands in the line."""
    if not name.words or not set(name.numbers) <= set(words):
        return _fit_in_part(words, name)
    count = len(name.words)
    for at in range(len(words) - count + 1):
        if tuple(words[at : at + count]) == name.words and _may_be(words, at, name):
            return _Fit(True, _titled(words, at, name), count)
    return _fit_in_part(words, name)


def _fit_in_part(words: list[str], name: NameParts) -> _Fit | None:
    """Returns how the first word of a longer name fits, such as Bu Ani of Bu Ani RT 3."""
    longer = len(name.words) > 1 or name.numbers
    if not name.words or not longer or is_everyday(name.words[0]):
        return None
    for at, word in enumerate(words):
        if word == name.words[0] and len(word) >= LETTERS_MIN and _may_be(words, at, name):
            return _Fit(False, _titled(words, at, name), 1)
    return None


def _may_be(words: list[str], at: int, name: NameParts) -> bool:
    said = plain_title(words[at - 1]) if at else ""
    return not said or not name.title or said == name.title


def _titled(words: list[str], at: int, name: NameParts) -> int:
    said = plain_title(words[at - 1]) if at else ""
    return int(said == name.title)


def _spelled(words: list[str]) -> Iterable[str]:
    """Yields what may be a name that is spelled otherwise: behind a title, or all of it."""
    places = [at for at, word in enumerate(words) if plain_title(word) and at + 1 < len(words)]
    for at in places or [-1]:
        before = [words[at]] if at >= 0 else []
        for count in (2, 1):
            rest = words[at + 1 : at + 1 + count]
            if rest and not all(map(is_everyday, rest)):
                yield " ".join([*before, *rest])
