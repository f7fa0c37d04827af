"""What speaks for and against a word being part of the buyer: itself, and what is around it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bot.core.sales.buyers import SECOND_TITLES, SHOPS, TITLES, TO
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    BUYING,
    CALLS,
    FILLERS,
    KIN,
    OF_MINE,
    PASSIVE,
    PEOPLE,
    PLACES_BEHIND,
    RELATING,
    TRADES,
)

__all__ = ["Span", "signs_of_tokens"]

Span = tuple[int, int]
"""The places of the first word of a buyer, and behind the last one."""

_SORTS: Final = {
    "title": TITLES,
    "second title": SECOND_TITLES,
    "shop": SHOPS,
    "to": TO,
    "relative": KIN,
    "about": ABOUT_BUYERS,
    "buying": BUYING,
    "bought by": PASSIVE,
    "call": CALLS,
    "filler": FILLERS,
    "mine": OF_MINE,
    "place": PLACES_BEHIND,
    "relating": RELATING,
    "trade": TRADES,
    "person": PEOPLE,
}
_OF_THE_LINE: Final = ("title", "named", "shop", "own", "goods", "unknown", "buying", "to")
"""Sorts of which it matters whether one is anywhere before or behind."""
_AROUND: Final = (-3, -2, -1, 1, 2, 3)
_ENDINGS: Final = (2, 3, 4)
_STOPS: Final = frozenset({TokenKind.PAUSE, TokenKind.BREAK, TokenKind.AND})
_DIGITS_MAX = 4
_SHORT_MAX = 3


def signs_of_tokens(
    tokens: Sequence[Token],
    ruled: Span | None,
    is_usual: Callable[[str], bool],
    meaning: Callable[[Sequence[str]], frozenset[str]],
) -> list[frozenset[str]]:
    """Returns the signs of each token.

    Args:
        tokens: those of a line.
        ruled: where the rules see the buyer, with equal ends if nowhere; None if they see a
            name that is not written so.
        is_usual: whether a word is one that everybody uses, and so hardly a name.
        meaning: what words mean.
    """
    sorts = [_sorts(token, is_usual, meaning) for token in tokens]
    around: list[frozenset[str]] = [frozenset()] * max(_AROUND)
    placed = [*around, *sorts, *around]
    before, behind = _marks_before(sorts), _marks_behind(sorts)
    return [
        frozenset(
            (
                *_of_itself(token, sorts[at]),
                *_of_neighbours(placed, at + len(around)),
                *(f"< {sort}" for sort in before[at]),
                *(f"> {sort}" for sort in behind[at]),
                *_of_rules(ruled, at, sorts[at]),
                *_capitals(tokens, at),
            )
        )
        for at, token in enumerate(tokens)
    ]


def _sorts(
    token: Token,
    is_usual: Callable[[str], bool],
    meaning: Callable[[Sequence[str]], frozenset[str]],
) -> frozenset[str]:
    """Returns the sorts of a token, and the word itself."""
    if token.kind is TokenKind.NUMBER:
        return frozenset({f"number {min(len(token.text), _DIGITS_MAX)}"})
    if token.kind in _STOPS:
        return frozenset({token.kind.name.lower(), f"={token.text.lower()}"})
    if token.kind is not TokenKind.WORD:
        return frozenset({token.kind.name.lower()})
    if token.goods:
        return frozenset({"goods"})
    word = token.as_typed.lower()
    found = {sort for sort, words in _SORTS.items() if word in words}
    if is_usual(word):
        found.add("usual")
    means = (f"means {each}" for each in meaning([word]))
    return frozenset((*(found or ("unknown",)), f"={word}", *means))


def _of_itself(token: Token, sorts: frozenset[str]) -> Iterator[str]:
    yield from sorts
    if token.kind is TokenKind.WORD and not token.goods:
        word = token.as_typed.lower()
        for length in _ENDINGS:
            yield f"{word[:length]}-"
            yield f"-{word[-length:]}"
        if len(word) <= _SHORT_MAX:
            yield f"{len(word)} letters"


def _of_neighbours(placed: Sequence[frozenset[str]], at: int) -> Iterator[str]:
    end = frozenset({"end"})
    here, left, right = placed[at], placed[at - 1] or end, placed[at + 1] or end
    for steps in _AROUND:
        for sort in placed[at + steps] or end:
            yield f"{steps} {sort}"
    for sort in here:
        for other in left:
            yield f"{other}|{sort}."
        for other in right:
            yield f".{sort}|{other}"
    for one in left:
        for other in right:
            yield f"{one}|.|{other}"


def _marks_before(sorts: Sequence[frozenset[str]]) -> list[tuple[str, ...]]:
    """Returns for each place the sorts of the line that are somewhere before it."""
    found: dict[str, None] = {}
    marks = []
    for each in sorts:
        marks.append(tuple(found))
        found |= dict.fromkeys(sort for sort in _OF_THE_LINE if sort in each)
    return marks


def _marks_behind(sorts: Sequence[frozenset[str]]) -> list[tuple[str, ...]]:
    return _marks_before(sorts[::-1])[::-1]


def _of_rules(ruled: Span | None, at: int, sorts: frozenset[str]) -> Iterator[str]:
    """Yield how the token lies to the buyer that the rules see."""
    if ruled is None:
        yield "rules: a name that is not here"
        return
    start, end = ruled
    if start == end:
        where = "rules: nobody"
    elif start <= at < end:
        where = "rules: first" if at == start else "rules: further"
    elif at == end:
        where = "rules: just behind"
    elif at == start - 1:
        where = "rules: just before"
    else:
        where = "rules: elsewhere"
    yield where
    for sort in sorts:
        yield f"{where}|{sort}"


def _capitals(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """Yield which of this word and its neighbours begins with a capital, where not all do."""
    if all(token.as_typed[:1].isupper() for token in tokens if token.kind is TokenKind.WORD):
        return
    for steps in (-1, 0, 1):
        if 0 <= at + steps < len(tokens) and tokens[at + steps].as_typed[:1].isupper():
            yield f"{steps} capital"
