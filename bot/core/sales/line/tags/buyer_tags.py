"""Settles who bought: the rules say whom they see, learned weights whether that is all of it.

Each word is the first of the buyer, a further one, or none. The words that come to most together,
as one name, are the buyer; the line is then read again with that name as one word.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from bot.core.learned.weights import WHOLE, FeatureGroup
from bot.core.sales.buyers import shown_name
from bot.core.sales.line.line_items import read_tokens
from bot.core.sales.line.tags.line_tags import LineTags
from bot.core.sales.line.tags.token_signs import Span, signs_of_tokens
from bot.core.sales.line.tokens import Token, TokenKind
from bot.core.sales.line.written import Written
from bot.core.sales.products import ProductNames

__all__ = ["FIRST", "FURTHER", "NONE", "place_of", "with_tagged_buyer"]

FIRST, FURTHER, NONE = "first", "further", "none"
NAME_TOKENS_MAX = 8
NAME_LETTERS_MIN = 2
_ADDRESS = frozenset({TokenKind.PHONE, TokenKind.PLACE})
_LOOSE_END_WORDS = (
    "di d in at on of yg yang sing sane ingkang nu from who the dari dr ka ke kpd kepada utk untuk"
    " for pe pu pung deng punya tukang bag kel & dan and next"
)
_LOOSE_ENDS = frozenset(_LOOSE_END_WORDS.split())
"""Words with which no name ends: what they lead to is missing."""

TOKENS_MAX = 80
"""In a longer line the rules alone say who bought."""


def with_tagged_buyer(
    tokens: Sequence[Token], called: ProductNames, written: Written, tags: LineTags
) -> Written:
    """Returns the line with the buyer that the weights see; two buyers stay two.

    Args:
        tokens: those of the line.
        called: the names of the products.
        written: what the rules read.
        tags: what was learned.
    """
    if len(tokens) > TOKENS_MAX or len(written.customers) > 1:
        return written
    ruled = place_of(tokens, written.customers[0]) if written.customers else (0, 0)
    if ruled is None or _is_certain(tokens, ruled):
        return written
    start, end = _rounded_off(tokens, _likeliest(_margins(tokens, ruled, tags)))
    if (start, end) == ruled or _cuts_a_name(tokens, (start, end), ruled, tags):
        return written
    if start == end:
        return replace(written, customers=())
    name = shown_name(" ".join(token.as_typed for token in tokens[start:end]).removesuffix("'s"))
    if not _may_be_called(name):
        return written
    one = Token(TokenKind.BUYER, name)
    found = read_tokens((*tokens[:start], one, *tokens[end:]), called)
    return written if _names_goods(written) and not _names_goods(found) else found


def _rounded_off(tokens: Sequence[Token], found: Span) -> Span:
    """Returns a name without a bracket that is not closed, and without a small word at its end.

    `Mama Grace di` of `Mama Grace di pasar`, `Ibu Ratna (Bagian` of `Ibu Ratna (Bagian Keuangan)`.
    """
    start, end = found
    opened = [at for at in range(start, end) if "(" in tokens[at].text]
    if opened and opened[0] > start:
        end = opened[0]
    while end > start + 1 and tokens[end - 1].text.lower() in _LOOSE_ENDS:
        end -= 1
    return start, end


def _names_goods(written: Written) -> bool:
    return any(any(map(str.isalpha, item.query)) for item in written.items)


def _may_be_called(name: str) -> bool:
    """Returns whether anybody is called so: not `A` of `sold a soap`, nor `In1` of `2in1`."""
    words = name.split()
    alone = words[0] if len(words) == 1 else ""
    return len(_letters(name)) >= NAME_LETTERS_MIN and not any(map(str.isdigit, alone))


def _is_certain(tokens: Sequence[Token], ruled: Span) -> bool:
    """Returns whether the rules are right by themselves: an address, or `namanya` in the line.

    `Bu Ani (pasar) 0812 3456 7890` is put together from several places.
    """
    address = any(token.kind in _ADDRESS for token in tokens[slice(*ruled)])
    said = any(token.kind is TokenKind.NAMED for token in tokens)
    return address or (said and ruled[0] < ruled[1])


def _cuts_a_name(tokens: Sequence[Token], found: Span, ruled: Span, tags: LineTags) -> bool:
    """Returns whether only words that nobody else uses are left out: a name, or its end."""
    none_is_seen = found[0] == found[1]
    left_out = tokens[slice(*ruled)] if none_is_seen else tokens[found[1] : ruled[1]]
    shorter = ruled[0] == found[0] < found[1] < ruled[1]
    if none_is_seen and _is_one_capital(tokens, left_out):
        return True  # "to Jenny"
    return (none_is_seen or shorter) and not any(map(tags.is_usual, _lower(left_out)))


def _is_one_capital(tokens: Sequence[Token], name: Sequence[Token]) -> bool:
    """Returns whether a word alone begins with a capital letter, where others do not."""
    begins = [token.as_typed[:1].isupper() for token in tokens[1:] if token.kind is TokenKind.WORD]
    return len(name) == 1 and name[0].as_typed[:1].isupper() and not all(begins)


def _lower(tokens: Sequence[Token]) -> list[str]:
    return [token.text.lower() for token in tokens]


def place_of(tokens: Sequence[Token], name: str) -> Span | None:
    """Returns the last place where a name is written; None if it is written otherwise."""
    wanted = _letters(name)
    letters = [_letters(token.as_typed) for token in tokens]
    for start in range(len(tokens) - 1, -1, -1):
        joined = ""
        for end in range(start, min(len(tokens), start + NAME_TOKENS_MAX)):
            joined += letters[end]
            if joined == wanted and letters[start]:
                return start, end + 1
            if not wanted.startswith(joined):
                break
    return None


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _margins(
    tokens: Sequence[Token], ruled: Span | None, tags: LineTags
) -> list[tuple[int, int, int]]:
    """Returns for each word how far it is a first one, a further one, and none."""
    first, further, none = map(tags.buyers.labels.index, (FIRST, FURTHER, NONE))
    found = []
    for signs in signs_of_tokens(tokens, ruled, tags.is_usual, tags.meaning):
        margins = tags.buyers.margins([FeatureGroup(signs, WHOLE)])
        found.append((margins[first], margins[further], margins[none]))
    return found


def _likeliest(margins: Sequence[tuple[int, int, int]]) -> Span:
    """Returns the words that come to most as one name; equal ends if none is likelier."""
    none: Final = [0, *accumulate(margin[2] for margin in margins)]
    best, most = (0, 0), 0
    for start, (first, _, _) in enumerate(margins):
        gained = first
        for end in range(start + 1, min(len(margins), start + NAME_TOKENS_MAX) + 1):
            if end > start + 1:
                gained += margins[end - 1][1]
            ahead = gained - (none[end] - none[start])
            if ahead > most:
                best, most = (start, end), ahead
    return best
