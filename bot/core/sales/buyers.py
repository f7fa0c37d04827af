"""Where in a line about a sale somebody is named."""

from collections.abc import Sequence

from bot.core.input.quantity import quantity_at
from bot.core.sales.products import ProductNames, spelled, with_words
from bot.core.sales.tokens import Kind, Token

__all__ = ["begins_name", "counts_on", "is_filler", "name_at", "shown_name"]

NAME_WORDS_MAX = 4

_TO = frozenset({"ke", "kpd", "kepada", "buat", "bwt", "untuk", "utk", "tuk", "to", "for"})
_HONORIFIC_WORDS = (
    "bu ibu pak bapak bpk kak kakak mba mbak mas bang abang tante om bunda mbah kang ci cici koh"
    " uni uda daeng dik mr mrs ms miss ustadz ustadzah hj"
)
_HONORIFICS = frozenset(_HONORIFIC_WORDS.split())
# "Teh Rina" is a lady in Bandung, but without "ke" before her it is tea.
_HONORIFICS_AFTER_TO = _HONORIFICS | {"teh", "teteh", "h"}
_FILLER_WORDS = (
    "beli membeli ambil pesan order minta bayar bought jual j jl sell sold catat harga harganya"
    " seharga price at dengan ya yaa dong nih tadi sudah udah sdh laku rupiah of a an some"
    " makasih thanks tolong"
)
_FILLERS = frozenset(_FILLER_WORDS.split()) | _TO


def is_filler(word: str) -> bool:
    """Whether a word in small letters says nothing about the goods."""
    return word in _FILLERS or word in _HONORIFICS


def begins_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether somebody is named here: `ke Ani`, `Bu Ani`, be it Pak Sabtu."""
    if at + 1 >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return False
    word, following = tokens[at].text.lower(), tokens[at + 1]
    is_name = following.kind is Kind.WORD and following.text.lower() not in _FILLERS
    return (word in _TO and is_name) or (
        word in _HONORIFICS and (is_name or _is_like_a_day(following))
    )


def name_at(
    tokens: Sequence[Token], at: int, called: ProductNames, counted: Sequence[bool]
) -> tuple[str, int]:
    """The name that begins here, and where the line goes on behind it.

    The name ends before a word that belongs to the goods, but only if a number is still to come:
    at the end of a line, Bu Siti Melati is a customer and no soap.

    Args:
        tokens: the pieces of the line.
        at: where the name begins.
        called: what the products are called.
        counted: as `counts_on` makes it.
    """
    honorifics = _HONORIFICS
    if tokens[at].text.lower() in _TO:
        at += 1
        honorifics = _HONORIFICS_AFTER_TO
    words: list[str] = []
    if tokens[at].text.lower() in honorifics and at + 1 < len(tokens):
        words.append(tokens[at].text)
        at += 1
        if _is_like_a_day(tokens[at]):
            return shown_name(f"{words[0]} {tokens[at].text}"), at + 1
    goods_follow = at < len(tokens) and counted[at]
    proper = 0
    while at < len(tokens) and tokens[at].kind is Kind.WORD and proper < NAME_WORDS_MAX:
        word = tokens[at].text.lower()
        if proper and (is_filler(word) or (goods_follow and _is_of_goods(word, called))):
            break
        words.append(tokens[at].text)
        proper += 1
        at += 1
    return shown_name(" ".join(words)), at


def shown_name(name: str) -> str:
    """A name typed in a hurry gets its capital letters."""
    return " ".join(
        word.capitalize() if word.islower() or word.isupper() else word for word in name.split()
    )


def counts_on(tokens: Sequence[Token]) -> list[bool]:
    """For each piece, whether a number is still to come in its line, so that goods may follow."""
    counted = []
    following = False
    for token in reversed(tokens):
        if token.kind in {Kind.LINE, Kind.NUMBER}:
            following = token.kind is Kind.NUMBER
        counted.append(following)
    return counted[::-1]


def _is_of_goods(word: str, called: ProductNames) -> bool:
    return bool(quantity_at([word]) or with_words(spelled(word), called))


def _is_like_a_day(token: Token) -> bool:
    return token.kind is Kind.DAY and token.text.isalpha()
