"""Finds the customer's name in a line about a sale."""

from collections.abc import Sequence

from bot.core.input.quantity import quantity_at
from bot.core.sales.products import ProductNames, spelled, with_words
from bot.core.sales.tokens import Token, TokenKind

__all__ = ["begins_name", "counts_on", "is_filler", "name_at", "shown_name"]

NAME_WORDS_MAX = 4

_TO = frozenset({"ke", "kpd", "kepada", "buat", "bwt", "untuk", "utk", "tuk", "to", "for"})
_HONORIFIC_WORDS = (
    "bu ibu pak bapak bpk kak kakak mba mbak mas bang abang tante om bunda mbah kang ci cici koh"
    " uni uda daeng dik mr mrs ms miss ustadz ustadzah hj"
)
_HONORIFICS = frozenset(_HONORIFIC_WORDS.split())
# "Teh Rina" is a woman in Bandung, but without "ke" before it, "teh" is tea.
_HONORIFICS_AFTER_TO = _HONORIFICS | {"teh", "teteh", "h"}
_FILLER_WORDS = (
    "beli membeli ambil pesan order minta bayar bought jual j jl sell sold catat harga harganya"
    " seharga price at dengan ya yaa dong nih tadi sudah udah sdh laku rupiah of a an some"
    " makasih thanks tolong"
)
_FILLERS = frozenset(_FILLER_WORDS.split()) | _TO


def is_filler(word: str) -> bool:
    """Returns whether a lower-case word says nothing about the goods."""
    return word in _FILLERS or word in _HONORIFICS


def begins_name(tokens: Sequence[Token], at: int) -> bool:
    """Returns whether a person's name begins here: `ke Ani`, `Bu Ani`, even `Pak Sabtu`."""
    if at + 1 >= len(tokens) or tokens[at].kind is not TokenKind.WORD:
        return False
    word, following = tokens[at].text.lower(), tokens[at + 1]
    is_name = following.kind is TokenKind.WORD and following.text.lower() not in _FILLERS
    return (word in _TO and is_name) or (
        word in _HONORIFICS and (is_name or _is_like_a_day(following))
    )


def name_at(
    tokens: Sequence[Token], at: int, called: ProductNames, counted: Sequence[bool]
) -> tuple[str, int]:
    """Returns the name that begins here, and the place after it.

    The name ends before a word that belongs to the goods, but only if a number follows: at the end
    of a line, Bu Siti Melati is a customer and not a soap.

    Args:
        tokens: the tokens of the line.
        at: where the name begins.
        called: the names of the products.
        counted: the result of `counts_on`.
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
    while at < len(tokens) and tokens[at].kind is TokenKind.WORD and proper < NAME_WORDS_MAX:
        word = tokens[at].text.lower()
        if proper and (is_filler(word) or (goods_follow and _is_of_goods(word, called))):
            break
        words.append(tokens[at].text)
        proper += 1
        at += 1
    return shown_name(" ".join(words)), at


def shown_name(name: str) -> str:
    """Returns the name with capital letters where it was typed in one case."""
    return " ".join(
        word.capitalize() if word.islower() or word.isupper() else word for word in name.split()
    )


def counts_on(tokens: Sequence[Token]) -> list[bool]:
    """Returns, for each token, whether a number follows in its line, so that goods may follow."""
    counted = []
    following = False
    for token in reversed(tokens):
        if token.kind in {TokenKind.LINE, TokenKind.NUMBER}:
            following = token.kind is TokenKind.NUMBER
        counted.append(following)
    return counted[::-1]


def _is_of_goods(word: str, called: ProductNames) -> bool:
    return bool(quantity_at([word]) or with_words(spelled(word), called))


def _is_like_a_day(token: Token) -> bool:
    return token.kind is TokenKind.DAY and token.text.isalpha()
