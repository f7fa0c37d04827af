"""Carries a buyer's name on to the words behind it that describe them: `Mang Ojo pos ronda`.

Nobody can list what people are called by. But where a name stands in front of goods, a number or
the end of a clause, a few words between that say nothing else belong to it.
"""

from collections.abc import Sequence
from typing import Final

from bot.core.input.day_words import TOMORROW
from bot.core.input.quantity import UNITS
from bot.core.sales.buyers import TO
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.tags.line_tags import LineTags
from bot.core.sales.line.tags.token_signs import Span
from bot.core.sales.line.words.part_paid import HANDED_OVER, OWED_STILL
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    ARTICLES,
    FILLERS,
    FIRST,
    KIN,
    MORE,
    OF_MINE,
    ONE,
    PRICES,
    RELATING,
    REVISING,
)

__all__ = ["LOOSE_ENDS", "Margins", "continued"]

Margins = Sequence[tuple[int, int, int]]
"""For each word, how far it is the first of a buyer, a further one, and none; in thousandths."""

_LOOSE: Final = (
    "di d in at on of ka ke kpd kepada utk untuk for pe pu pung deng punya tukang bag kel & dan"
    " and next my the from"
)
LOOSE_ENDS: Final = RELATING | frozenset(_LOOSE.split())
"""Words with which no name ends: what they lead to is missing."""

WORDS_MAX = 3
WORDS_BEFORE_MAX = 2
CLAUSE_WORDS_MAX = 2
"""As many may stand in front of a comma behind which no goods follow."""

DOUBT_MAX: Final = 1_800
"""So far from the name a word may be and still belong to it, where nothing speaks against it.

Of 1,200 sales that were not learned from, this gets 28 more right and costs none.
"""

DOUBT_TOLD_MAX: Final = 2_600
"""The same behind `yang`, which says that the buyer is described: `yg pinter nyanyi`."""

_TELLS: Final = (
    "buy order pick_up withdraw message want visit pay transfer consign report own_use show"
)
_ELSE: Final = frozenset(_TELLS.split())
"""What a word behind a name means where it tells what the buyer did."""

_WORDS: Final = "td tadi ya yah juga pa kanggo biar buat beserta"
_NO_NAME: Final = (
    FILLERS | FIRST | MORE | ONE | REVISING | TO | UNITS | OWED_STILL | HANDED_OVER
    | frozenset(TOMORROW) | frozenset(_WORDS.split())
    | {f"{one}{unit}" for one in ("se", "sa") for unit in UNITS}
)  # fmt: skip
_ITS: Final = frozenset({"my", "the"})
_KIN: Final = "cousin sister brother aunt auntie uncle niece nephew mom mum dad classmate roommate"
_RELATED: Final = KIN | ABOUT_BUYERS | frozenset(_KIN.split())
_GOES_ON: Final = frozenset(
    {TokenKind.NUMBER, TokenKind.LINE, TokenKind.MONEY, TokenKind.DISCOUNT}
)
_CLAUSE: Final = frozenset({TokenKind.BREAK, TokenKind.PAUSE})


def continued(tokens: Sequence[Token], found: Span, margins: Margins, tags: LineTags) -> Span:
    """Returns a name with the words that describe the buyer; no name stays none.

    Args:
        tokens: those of the line.
        found: where the name is.
        margins: how far each token is a part of it.
        tags: what was learned.
    """
    start, end = found
    if start == end or tokens[start].word in ARTICLES:
        return found  # "a nice day"
    end = _related(tokens, found, tags)
    behind = _described(tokens, end, tags)
    if behind > end and _are_of_the_name(tokens[end:behind], margins[end:behind], tags):
        end = behind
    before, margins_before = tokens[:start], margins[:start]
    if len(before) <= WORDS_BEFORE_MAX and not any(
        not _is_word(token) or tags.is_usual(token.word) for token in before
    ):
        start = 0 if _are_of_the_name(before, margins_before, tags) else start
    return start, end


def _related(tokens: Sequence[Token], found: Span, tags: LineTags) -> int:
    """Returns where words end that say whose she is: `from my gym`, `Dewi teman saya`."""
    start, end = found
    is_mine = tokens[end - 1].word in _RELATED and _word(tokens, end) in OF_MINE - _ITS
    if is_mine and end - start > 1:
        return end + 1
    stop = end + (_word(tokens, end) == "from")
    stop += _word(tokens, stop) in _ITS
    if stop == end:
        return end
    is_told = _word(tokens, end) == "from" or _word(tokens, stop) in _RELATED
    if not is_told or not _word(tokens, stop) or _tells(tokens[stop], tags):
        return end
    return stop + 1


def _word(tokens: Sequence[Token], at: int) -> str:
    """Returns the word at a place; nothing if it is of goods, or no word."""
    return tokens[at].word if at < len(tokens) and _is_word(tokens[at]) else ""


def _described(tokens: Sequence[Token], end: int, tags: LineTags) -> int:
    """Returns where a description that begins here ends; here if there is none."""
    stop = end
    while stop < len(tokens) and _is_word(tokens[stop]) and not _tells(tokens[stop], tags):
        stop += 1
    relates = stop > end and tokens[end].word in LOOSE_ENDS - TO
    words = stop - end - relates
    if not 1 <= words <= WORDS_MAX or tokens[stop - 1].word in LOOSE_ENDS:
        return end
    is_short = not relates and words <= CLAUSE_WORDS_MAX
    over = _goes_on(tokens, stop, tags) or (
        tokens[stop].kind in _CLAUSE and (is_short or _goes_on(tokens, stop + 1, tags))
    )
    return stop if over else end


def _are_of_the_name(words: Sequence[Token], margins: Margins, tags: LineTags) -> bool:
    """Returns whether no word says something else, and none is certainly no part of a name."""
    leads = bool(words) and words[0].word in LOOSE_ENDS - TO
    told = words[leads:]
    doubt = DOUBT_TOLD_MAX if leads and words[0].word in RELATING else DOUBT_MAX
    return (
        _NO_NAME.isdisjoint(token.word for token in told)
        and all(none - further <= doubt for _, further, none in margins)
        and not any(_tells(token, tags) for token in told)
    )


def _is_word(token: Token) -> bool:
    return token.kind is TokenKind.WORD and not token.goods


def _tells(token: Token, tags: LineTags) -> bool:
    """Returns whether a word says what the buyer did."""
    return not _ELSE.isdisjoint(tags.meaning([token.as_typed.lower()]))


def _goes_on(tokens: Sequence[Token], at: int, tags: LineTags) -> bool:
    """Returns whether the line is over here, or goes on with what is sold, or what was done."""
    if at >= len(tokens) or tokens[at].goods or tokens[at].kind in _GOES_ON:
        return True
    if tokens[at].word in PRICES:
        return True
    return tokens[at].kind is TokenKind.WORD and _tells(tokens[at], tags)
