"""Finds the products of a line about a sale, and leaves out what is none of it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

from bot.core.sales.line.written import Written, WrittenItem
from bot.core.sales.products import ProductMatch, ProductNames, find_named, is_like_goods

__all__ = ["SCORE_NEAR_MIN", "match_of", "matched"]

SCORE_NEAR_MIN = 70
PRICE_LEFT_MIN = 20
PARTS_MIN = 2


def matched(written: Written, called: ProductNames) -> tuple[Written, list[ProductMatch]]:
    """Returns a line without what is no part of the sale, and the product of each item."""
    matches = [match_of(item.query, called) for item in written.items]
    written, matches = _without_leftovers(written, matches)
    written, matches = _made_precise(written, matches, called)
    written, matches = _divided(written, matches, called)
    written, matches = _said_twice(written, matches)
    return _without_chatter(written, matches)


def match_of(query: str, called: ProductNames) -> ProductMatch:
    """Returns the product of an item; words that resemble no product are left aside."""
    match = find_named(query, called)
    if match.product is not None:
        return match
    words = query.split()
    alike = [is_like_goods(word, called) for word in words]
    if not any(alike) or all(alike):
        return match
    # "sabun sirih" may be a soap that is not sold, so words behind a single one are not left out.
    first = alike.index(True)
    kept = words[first:] if sum(alike) == 1 else list(compress(words, alike))
    shorter = find_named(" ".join(kept), called)
    return shorter if shorter.score >= match.score else match


def _without_leftovers(
    written: Written, matches: list[ProductMatch]
) -> tuple[Written, list[ProductMatch]]:
    """Leave out numbers without goods beside goods; a large one is the price of the only item."""
    pairs = list(zip(written.items, matches, strict=True))
    left = [item.query for item, match in pairs if _is_a_number(item) and not match.closest]
    kept = [(item, match) for item, match in pairs if not _is_a_number(item) or match.closest]
    if not left or not any(match.closest for _, match in kept):
        return written, matches
    item, match = kept[0]
    if len(kept) == len(left) == 1 and not item.is_priced and int(left[0]) >= PRICE_LEFT_MIN:
        kept = [(replace(item, bare=left[0]), match)]
    return replace(written, items=tuple(item for item, _ in kept)), [match for _, match in kept]


def _made_precise(
    written: Written, matches: list[ProductMatch], called: ProductNames
) -> tuple[Written, list[ProductMatch]]:
    """Put words that say which one is meant to their goods: `zaitun 2, yang sabun`."""
    items: list[WrittenItem] = []
    found: list[ProductMatch] = []
    for item, match in zip(written.items, matches, strict=True):
        bare = not item.is_counted and not item.is_priced
        if bare and items and items[-1].is_counted and found[-1].product is None:
            words = f"{items[-1].query} {item.query}"
            precise = match_of(words, called)
            turned = f"{item.query} {items[-1].query}"
            precise = precise if precise.product else match_of(turned, called)
            if precise.product is not None:
                items[-1] = replace(items[-1], query=words)
                found[-1] = precise
                continue
        items.append(item)
        found.append(match)
    return replace(written, items=tuple(items)), found


def _divided(
    written: Written, matches: list[ProductMatch], called: ProductNames
) -> tuple[Written, list[ProductMatch]]:
    """Leave out goods that the line divides: `5 sabun: 3 sereh, 2 kopi`, or `3 sabun: a, b, c`."""
    if len(matches) < PARTS_MIN + 1:
        return written, matches
    whole, *parts = written.items
    counted = all(part.is_counted for part in parts)
    numbers = [part.quantity if counted else 1 for part in parts]
    if len(whole.goods) != 1 or whole.is_priced or not _make(whole.quantity, numbers):
        return written, matches
    if not counted and any(part.is_counted for part in parts):
        return written, matches
    called_so = [f"{whole.query} {part.query}" for part in parts]
    found = [match_of(words, called) for words in called_so]
    certain = matches[0].product is not None and all(match.product for match in matches[1:])
    if certain or not all(match.product for match in found):
        return written, matches
    items = tuple(
        replace(part, query=words, quantity=number)
        for part, words, number in zip(parts, called_so, numbers, strict=True)
    )
    return replace(written, items=items), found


def _said_twice(
    written: Written, matches: list[ProductMatch]
) -> tuple[Written, list[ProductMatch]]:
    """Put what is said again of goods to them: `zaitun 3, kopi 2. yang zaitun 60an`."""
    items: list[WrittenItem] = []
    found: list[ProductMatch] = []
    for item, match in zip(written.items, matches, strict=True):
        at = _told_before(item, match, items, found)
        if at is None:
            items.append(item)
            found.append(match)
        elif item.is_priced:
            prices = replace(items[at], bare=item.bare, each=item.each, total=item.total)
            items[at] = prices
    return replace(written, items=tuple(items)), found


def _told_before(
    item: WrittenItem,
    match: ProductMatch,
    items: Sequence[WrittenItem],
    found: Sequence[ProductMatch],
) -> int | None:
    """Returns the place of the counted goods that are named again, for their price or at all."""
    meant = match.closest if match.product is None else (match.product,)
    fitting = [
        at
        for at, (other, one) in enumerate(zip(items, found, strict=True))
        if other.is_counted and one.product is not None and one.product in meant
    ]
    if len(fitting) != 1:
        return None
    other = items[fitting[0]]
    again = item.quantity == other.quantity and item.is_priced is not other.is_priced
    bare = not item.is_counted and not (item.is_priced and other.is_priced)
    certain = match.product is not None
    return fitting[0] if (again and certain) or (bare and (item.is_priced or certain)) else None


def _make(whole: int | str | None, parts: Sequence[int | str | None]) -> bool:
    """Returns whether the quantities of the parts make that of the whole."""
    return whole is not None and whole == sum(each for each in parts if isinstance(each, int))


def _is_a_number(item: WrittenItem) -> bool:
    return item.query.isdigit() and not item.beside and not item.is_counted and not item.is_priced


def _without_chatter(
    written: Written, matches: list[ProductMatch]
) -> tuple[Written, list[ProductMatch]]:
    """Leave out words that are no article: no number, no comma before them, like no product."""
    pairs = [
        (item, match)
        for item, match in zip(written.items, matches, strict=True)
        if item.listed
        or item.quantity is not None
        or item.is_priced
        or not item.query.replace(" ", "").isalpha()
        or match.score >= SCORE_NEAR_MIN
    ]
    pairs = [pair for pair in pairs if not _is_named_elsewhere(pair, pairs)]
    if any(item.is_counted and match.product for item, match in pairs):
        listed = [*(item.listed for item, _ in pairs[1:]), False]
        pairs = [
            pair
            for pair, behind in zip(pairs, listed, strict=True)
            if behind or not _is_only_mentioned(*pair)
        ]
    if not pairs or len(pairs) == len(matches):
        return written, matches
    kept = tuple(item for item, _ in pairs)
    return replace(written, items=kept), [match for _, match in pairs]


def _is_only_mentioned(item: WrittenItem, match: ProductMatch) -> bool:
    """Returns whether goods without number and price stand inside a sentence: `dari kebun teh`."""
    bare = not item.is_counted and not item.is_priced
    return bare and not item.beside and not (item.listed and match.product is not None)


def _is_named_elsewhere(
    pair: tuple[WrittenItem, ProductMatch], pairs: Sequence[tuple[WrittenItem, ProductMatch]]
) -> bool:
    """Returns whether the goods are counted elsewhere too: `sabunnya habis, sabun kopi 2`."""
    item, match = pair
    if item.listed or item.is_counted or item.is_priced or not match.closest:
        return False
    return any(
        other is not item and other.is_counted and found.product in match.closest
        for other, found in pairs
    )
