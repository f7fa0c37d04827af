"""Takes a typed line apart: what begins like a report of a sale, what is asked, and its tokens."""

import re
from dataclasses import dataclass

from bot.core.input.chat_text import plain_chat
from bot.core.input.quantity import UNITS
from bot.core.input.typed import clean_text
from bot.core.sales.buyers import TITLES
from bot.core.sales.line.scanning.tokens import Token, scan
from bot.core.sales.line.words.short_words import in_full
from bot.core.sales.line.words.usual_words import worded
from bot.core.sales.products import ProductNames, is_like_goods
from bot.core.sales.telling.no_sale import NEVER_SOLD, kinds_instead

__all__ = ["LINE_CHARACTERS_MAX", "Opened", "begins_with_verb", "opened"]

LINE_CHARACTERS_MAX = 1_000

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
# "kurma,2,80rb,lunas": no comma of a decimal.
_TIGHT_COMMA = re.compile(
    r"(?:(?<=[a-z]),(?=[0-9]++,[0-9])|(?<=[a-z],[0-9]),|(?<=[a-z],[0-9][0-9]),)", re.IGNORECASE
)
# "gara2" is "gara-gara", "sabun2" two soaps and "gang2" an address.
_PAK = re.compile(r"(?<![^\W_])P\.\s*+(?=[A-Z][a-z])")
_TWICE = re.compile(r"(?<![\w.])([^\W\d_]{3,})2(?!\w|[.,][0-9])")
_BEFORE = (
    "tgl jam gang blok lantai kelas kls kamar kmr smp sma smk unit lorong lrg jalur nomor kav"
)
_BEFORE_A_NUMBER = frozenset(_BEFORE.split())
_FIRST_BULLET = re.compile(r"^(?:[-•*·–]+\s*|1[.)]\s+)")


@dataclass(frozen=True, slots=True)
class Opened:
    """A line that may be about a sale.

    Attributes:
        tokens: those behind the verb.
        has_verb: whether it begins with `jual`, `laku` or `J`.
        is_about_else: whether anything says that it is no sale: it is a question, an order to
            the company, or about goods that come back.
        takes_back: whether it tells of goods that came back, or of a record that is to go.
        buys: whether it begins like a purchase of the seller's own.
    """

    tokens: tuple[Token, ...]
    has_verb: bool
    is_about_else: bool
    takes_back: bool
    buys: bool


def opened(text: str, called: ProductNames, *, is_begun: bool) -> Opened:
    """Returns the parts of a typed line.

    Args:
        text: as it was typed; only its beginning is read.
        called: the names of the products.
        is_begun: whether a sale was asked for, as if "jual" stood in front of the text.
    """
    line = _FIRST_BULLET.sub("", clean_text(plain_chat(text), LINE_CHARACTERS_MAX))
    line = _TIGHT_COMMA.sub(", ", line)
    line = _PAK.sub("Pak ", line.title() if line.isupper() else line)
    line = in_full(_ASIDE.sub(" ", line))
    line = _QUESTION.sub(lambda found: _unasked(found.group(), called), line)
    if is_begun and not _VERB.match(line):
        line = f"jual {line}"
    verb = _VERB.match(line)
    instead = frozenset(kinds_instead(line))
    told = _TWICE.sub(
        lambda found: _redoubled(found, called), line[verb.end() :] if verb else line
    )
    return Opened(
        worded(told, called),
        verb is not None,
        bool(instead) or _NO_SALE.search(line) is not None,
        not NEVER_SOLD.isdisjoint(instead),
        _BUYING.match(line) is not None,
    )


def begins_with_verb(text: str) -> bool:
    """Returns whether a text begins like the report of a sale, with `jual`, `laku` or `J`."""
    return _VERB.match(_FIRST_BULLET.sub("", text.strip())) is not None


def _redoubled(found: re.Match[str], called: ProductNames) -> str:
    """Returns a word that is said twice in full, unless the number counts goods or is a name's."""
    word = found[1].lower()
    counts = is_like_goods(word, called) or word in UNITS or word in _BEFORE_A_NUMBER
    before = found.string[: found.start()].split()
    titled = bool(before) and before[-1].lower().rstrip(".") in TITLES
    of_people = next(scan(found.group())).word == found.group().lower()
    return found.group() if counts or titled or of_people else f"{found[1]}-{found[1].lower()}"


def _unasked(question: str, called: ProductNames) -> str:
    """Returns a question about goods; one about anything else is left out."""
    about_goods = any(is_like_goods(word, called) for word in question.lower().split())
    return question if about_goods else " "
