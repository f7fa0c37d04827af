"""Settles who bought: the rules say whom they see, learned weights whether that is all of it.

Each word is the first of the buyer, a further one, or none. The words that come to most together,
as one name, are the buyer; the line is then read again with that name as one word.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from bot.core.input.quantity import PACKS
from bot.core.learned.weights import WHOLE, FeatureGroup
from bot.core.sales.buyers import shown_name
from bot.core.sales.line.brackets import described_in_brackets
from bot.core.sales.line.line_items import read_tokens
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.tags.line_tags import LineTags
from bot.core.sales.line.tags.name_ends import LOOSE_ENDS, Margins, continued
from bot.core.sales.line.tags.token_signs import Span, signs_of_tokens
from bot.core.sales.line.words.part_paid import ENTRUSTED, ITS_MONEY, OWED_STILL
from bot.core.sales.line.words.vocabulary import KIN
from bot.core.sales.line.written import Written
from bot.core.sales.products import ProductNames

__all__ = ["FIRST", "FURTHER", "NONE", "place_of", "with_tagged_buyer"]

FIRST, FURTHER, NONE = "first", "further", "none"
NAME_TOKENS_MAX = 8
NOBODY_MIN: Final = 300
"""So far ahead it has to be that a person whom the rules see is none, for none to be the buyer."""

OTHER_PERSON_MIN: Final = 1_000
"""In the labelled lines in which the rules see the wrong person, it is nearly always 2,000."""

NAME_LETTERS_MIN = 2
_STOPS = frozenset({TokenKind.BREAK, TokenKind.LINE})
_ADDRESS = frozenset({TokenKind.PHONE, TokenKind.PLACE})
_SHORT_TO = frozenset({"k"})
_HER = frozenset({"nya"})
"""Between a relative and a name it is no end: `mamah nya Dinda`."""

_ASPECT_WORDS = (
    "akhirnya barusan sudah udah sdh udh cari saw plg juga jg lagi langsung malah already"
)
_ASPECTS = frozenset(_ASPECT_WORDS.split())
_ENDS = LOOSE_ENDS | OWED_STILL | PACKS | _ASPECTS
_IN_LAW = ["in", "law"]
PRICES_MIN = 20
OTHERS_MAX = 3
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
    if ruled is None or _has_an_address(tokens, ruled) or _is_all_else_said(tokens, ruled):
        return written
    margins = _margins(tokens, ruled, tags)
    seen = _rounded_off(tokens, _seen(margins, ruled))
    if _is_named(tokens, ruled) or _keeps_money(tokens, seen):
        seen = ruled
    further = continued(tokens, _with_relative(tokens, ruled, seen), margins, tags)
    start, end = _rounded_off(tokens, further) if further[0] < further[1] else further
    if [token.word for token in tokens[end : end + 2]] == _IN_LAW and start < end:
        end += len(_IN_LAW)  # "my sister in law"
    if (start, end) == ruled or _cuts_a_name(tokens, (start, end), ruled, tags):
        return written
    if start == end:
        return replace(written, customers=())
    typed = " ".join(token.as_typed for token in tokens[start:end]).replace(" .", ".")
    name = shown_name(typed.removesuffix("'s"))
    if not _may_be_called(name):
        return written
    if (told := described_in_brackets(tokens, end)) is not None:
        name, end = f"{name} {told[0]}", told[1]
    one = Token(TokenKind.BUYER, name)
    before = start - (start > 0 and tokens[start - 1].word in _SHORT_TO)
    found = read_tokens((*tokens[:before], one, *tokens[end:]), called)
    return written if _names_goods(written) and not _names_goods(found) else found


def _is_all_else_said(tokens: Sequence[Token], ruled: Span) -> bool:
    """Returns whether goods and their number leave one person alone: `sabun tetangga 3`."""
    others = [token for at, token in enumerate(tokens) if not ruled[0] <= at < ruled[1]]
    plain = all(token.goods or 0 < (token.number or 0) < PRICES_MIN for token in others)
    return ruled[1] - ruled[0] == 1 and plain and len(others) <= OTHERS_MAX


def _keeps_money(tokens: Sequence[Token], name: Span) -> bool:
    """Returns whether the money is with a person: `uangnya dititip ke bu RT`."""
    words = [token.word for token in tokens[max(0, name[0] - 3) : name[0]]]
    return not ITS_MONEY.isdisjoint(words) and not ENTRUSTED.isdisjoint(words)


def _with_relative(tokens: Sequence[Token], ruled: Span, seen: Span) -> Span:
    """Returns a name together with whose relative it is: `Wulan istrinya bang Jek`."""
    related = 0 < ruled[1] == seen[0] - 1 and tokens[ruled[1]].word in KIN
    return (ruled[0], seen[1]) if related and seen[1] - ruled[0] <= NAME_TOKENS_MAX else seen


def _rounded_off(tokens: Sequence[Token], found: Span) -> Span:
    """Returns a name without a bracket that is not closed, and without a small word at its end.

    `Mama Grace di` of `Mama Grace di pasar`, `Ibu Ratna (Bagian` of `Ibu Ratna (Bagian Keuangan)`.
    No name goes on behind a comma.
    """
    start, end = found
    stops = [at for at in range(start, end) if tokens[at].kind in _STOPS]
    if stops and stops[0] > start:
        end = stops[0]
    opened = [at for at in range(start, end) if "(" in tokens[at].text]
    if opened and opened[0] > start:
        end = opened[0]
    while end > start + 1 and tokens[end - 1].text.lower() in _ENDS:
        end -= 1
    return start, end


def _names_goods(written: Written) -> bool:
    return any(any(map(str.isalpha, item.query)) for item in written.items)


def _may_be_called(name: str) -> bool:
    """Returns whether anybody is called so: not `A` of `sold a soap`, nor `In1` of `2in1`."""
    words = name.split()
    alone = words[0] if len(words) == 1 else ""
    return len(_letters(name)) >= NAME_LETTERS_MIN and not any(map(str.isdigit, alone))


def _has_an_address(tokens: Sequence[Token], ruled: Span) -> bool:
    """Returns whether the name is put together from several places: `Bu Ani (pasar) 0812 3456`."""
    return any(token.kind in _ADDRESS for token in tokens[slice(*ruled)])


def _is_named(tokens: Sequence[Token], ruled: Span) -> bool:
    """Returns whether the rules are right by themselves: the line has `namanya` in it."""
    return ruled[0] < ruled[1] and any(token.kind is TokenKind.NAMED for token in tokens)


def _cuts_a_name(tokens: Sequence[Token], found: Span, ruled: Span, tags: LineTags) -> bool:
    """Returns whether only words that nobody else uses are left out: a name, or its end."""
    none_is_seen = found[0] == found[1]
    left_out = tokens[slice(*ruled)] if none_is_seen else tokens[found[1] : ruled[1]]
    shorter = ruled[0] == found[0] < found[1] < ruled[1]
    if none_is_seen and _is_one_capital(tokens, left_out):
        return True  # "to Jenny"
    words = [word for word in _lower(left_out) if word not in _HER]
    return (none_is_seen or shorter) and not any(
        word in _ASPECTS or tags.is_usual(word) for word in words
    )


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


def _margins(tokens: Sequence[Token], ruled: Span | None, tags: LineTags) -> Margins:
    """Returns for each word how far it is a first one, a further one, and none."""
    first, further, none = map(tags.buyers.labels.index, (FIRST, FURTHER, NONE))
    found = []
    for signs in signs_of_tokens(tokens, ruled, tags.is_usual, tags.meaning):
        margins = tags.buyers.margins([FeatureGroup(signs, WHOLE)])
        found.append((margins[first], margins[further], margins[none]))
    return found


def _seen(margins: Margins, ruled: Span) -> Span:
    """Returns the likeliest name; another person than the rules see only far ahead of theirs."""
    best = _likeliest(margins)
    if best[0] == best[1] and ruled[0] < ruled[1]:
        return best if _ahead(margins, ruled) < -NOBODY_MIN else ruled
    elsewhere = ruled[0] < ruled[1] and (best[0] >= ruled[1] or best[1] <= ruled[0])
    if best[0] == best[1] or not elsewhere:
        return best
    return best if _ahead(margins, best) - _ahead(margins, ruled) >= OTHER_PERSON_MIN else ruled


def _ahead(margins: Margins, name: Span) -> int:
    """Returns how far words are a name rather than none."""
    (first, _, none), *others = margins[slice(*name)]
    return first - none + sum(further - none for _, further, none in others)


def _likeliest(margins: Margins) -> Span:
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
