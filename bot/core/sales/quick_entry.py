"""Reads a sale typed in one line, `J 2 SABUN @50rb Bu Ani`, by rules.

Nothing read here is saved directly: it becomes a card that the seller confirms. So the rules
would rather leave a field open, which costs one tap, than fill it with a guess.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from bot.core.input.chat_text import plain_chat
from bot.core.input.typed import clean_text
from bot.core.sales.drafts import (
    Draft,
)
from bot.core.sales.line.line_items import read_tokens
from bot.core.sales.line.line_matches import SCORE_NEAR_MIN, match_of, matched
from bot.core.sales.line.line_values import draft_with
from bot.core.sales.line.tokens import scan
from bot.core.sales.line.words.short_words import in_full
from bot.core.sales.line.words.usual_words import worded
from bot.core.sales.line.written import Written
from bot.core.sales.no_sale import pays_for_goods, what_instead
from bot.core.sales.products import (
    Product,
    ProductMatch,
    ProductNames,
    is_like_goods,
    names_of,
)

__all__ = ["begins_with_verb", "read_line", "read_parts"]

LINE_CHARACTERS_MAX = 1_000
LINES_KEPT_MAX = 1_000
ITEMS_MAX = 30
# No price is lower: "@50" means fifty thousand.

_VERB = re.compile(
    r"""/?
    (?:(?:halo|hai|hi|hello|kak|min|admin|saya|aku|mau|minta|ingin|tolong|bantu|baru|tadi|sudah|sdh
         |udah|i|just)(?:\s++|\s*+,\s++))*
    (?:
        (?:(?:catat(?:kan)?|tulis|log|record)\s+)?
        (?:jual(?:an)?|menjual|penjualan|j|jl|sell|sold|sale|laku|terjual|kejual)
        | catat(?:kan)? | log | record
    )
    (?:@\w+)?(?:(?![\w'’])|(?<=\bj)(?=[0-9]))[\s:,]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A question, or an order to the company: goods that come in, not goods that are sold.
_NO_SALE = re.compile(
    r"""\?
    | ^\W*(?:berapa|apa|apakah|kapan(?!\s+hari)|gimana|bagaimana|how|what|when)\b
    | ^\W*(?:(?:saya|aku|mau|kak|min|admin|tolong)\s+)*
      (?:(?:order|pesan)(?!.{0,60}?(?:sudah|sdh|udah|udh|wis|tos|alah|beres|done|selesai)\b)|minta(?!\s+(?:tolong|bantu|catat|dicatat)))\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The seller's own order, if nobody else is named who bought.
_BUYING = re.compile(
    r"\W*(?:(?:saya|aku|mau|kak|min|admin|tolong)\s+)*beli\b(?!\s+sendiri)", re.IGNORECASE
)
# A question about the recording itself, beside a sale: "Betul begini caranya?"
_ASIDE = re.compile(
    r"""(?<![^.!?,;\n])[ ]?(?:(?:could|can|would)\s++you|bisa|bs|boleh|tolong|betul|bener
    |benar|begini|gini|gitu|sudah\s++(?:betul|benar)|udah\s++(?:bener|betul)|is\s++(?:that|this)|right|correct)
    \b[^?.!,;\n0-9]{0,40}+\?""",
    re.VERBOSE | re.IGNORECASE,
)
# A whole question before or behind a sale: "Siapa ya namanya? Oh iya, Bu Ani. Sabun 2."
_QUESTION = re.compile(r"(?:(?<=[.!?\n])|^)[^.!?\n0-9]{1,60}+\?(?=\s{0,3}\w)", re.IGNORECASE)
_FIRST_BULLET = re.compile(r"^(?:[-•*·–]+\s*|1[.)]\s+)")


def read_line(
    text: str,
    catalogue: Sequence[Product],
    today: date,
    *,
    in_thousands: bool = False,
    is_begun: bool = False,
) -> Draft | None:
    """Returns the sale that the text describes, or None if it is about something else.

    Args:
        text: as it was typed.
        catalogue: the company's products.
        today: the day on which it is read.
        in_thousands: whether an implausible price such as `@50` means fifty thousand.
        is_begun: whether a sale was asked for, as if "jual" stood in front of the text.

    Raises:
        Refusal: the sale has an impossible quantity or price, or two customers.
    """
    if len(text) > LINE_CHARACTERS_MAX:
        return None
    return _read(text, names_of(catalogue), today, in_thousands, is_begun)


def begins_with_verb(text: str) -> bool:
    """Returns whether a text begins like the report of a sale, with `jual`, `laku` or `J`."""
    return _VERB.match(_FIRST_BULLET.sub("", text.strip())) is not None


@lru_cache(maxsize=LINES_KEPT_MAX)
def _read(
    text: str, called: ProductNames, today: date, in_thousands: bool, is_begun: bool
) -> Draft | None:
    """Returns what `read_line` does; cached, since each replay reads the line again."""
    line = _FIRST_BULLET.sub("", clean_text(plain_chat(text), LINE_CHARACTERS_MAX))
    line = in_full(_ASIDE.sub(" ", line.title() if line.isupper() else line))
    line = _QUESTION.sub(lambda found: _unasked(found.group(), called), line)
    if is_begun and not _VERB.match(line):
        line = f"jual {line}"
    if _NO_SALE.search(line) or what_instead(line) is not None:
        return None
    verb = _VERB.match(line)
    tokens = worded(scan(line[verb.end() :] if verb else line), called)
    if verb is None and pays_for_goods(tokens):
        return None
    written = read_tokens(tokens, called)
    if len(written.items) > ITEMS_MAX or not (verb or _may_be_a_sale(written)):
        return None
    if _BUYING.match(line) and not written.customers:
        return None
    written, matches = matched(written, called)
    if not (
        _describes_a_sale(written, matches) if verb else _is_certainly_a_sale(written, matches)
    ):
        return None
    return draft_with(written, matches, today, in_thousands=in_thousands)


def read_parts(line: str, catalogue: Sequence[Product], today: date) -> Draft:
    """Returns the parts of a sale that a line names, even if it is no sale by itself.

    Args:
        line: as it was typed, without emoji.
        catalogue: the company's products.
        today: the day on which it is read.

    Raises:
        Refusal: it has an impossible quantity or price, or two customers.
    """
    called = names_of(catalogue)
    written = read_tokens(worded(scan(line), called), called)
    matches = [match_of(item.query, called) for item in written.items]
    return draft_with(written, matches, today, in_thousands=True)


def _unasked(question: str, called: ProductNames) -> str:
    """Returns a question about goods; one about anything else is left out."""
    about_goods = any(is_like_goods(word, called) for word in question.lower().split())
    return question if about_goods else " "


def _may_be_a_sale(written: Written) -> bool:
    """Returns whether a line without "jual" has a number, a customer or own use, as sales do."""
    counted = any(item.quantity is not None or item.is_priced for item in written.items)
    return counted or bool(written.customers) or written.own_use


def _describes_a_sale(written: Written, matches: Sequence[ProductMatch]) -> bool:
    """Returns whether a line after "jual" has any part of a sale; "jual apa ya" has none."""
    if written.customers or written.own_use:
        return True
    return any(
        item.quantity is not None or item.is_priced or match.score >= SCORE_NEAR_MIN
        for item, match in zip(written.items, matches, strict=True)
    )


def _is_certainly_a_sale(written: Written, matches: Sequence[ProductMatch]) -> bool:
    """Returns whether a line without "jual" is a sale.

    It must have a known product, with a quantity, a price or a customer.
    """
    pairs = list(zip(written.items, matches, strict=True))
    if any(match.product and (item.quantity or item.is_priced) for item, match in pairs):
        return True
    if written.customers or written.own_use:
        return any(
            match.product or (item.quantity and match.score >= SCORE_NEAR_MIN)
            for item, match in pairs
        )
    counted = [item.quantity and match.score >= SCORE_NEAR_MIN for item, match in pairs]
    return bool(counted) and all(counted)
