"""Names that would be read as the office's own, and links that lead people away from it.

A newcomer called "Admin" or by the company's whole name could ask members for money, and a
broadcast with a link to another chat could take them there. Letters that only look alike count
as the same: "Аdmin" with a Cyrillic A, "4dm1n", "A D M I N".
"""

import re
import unicodedata
from typing import Final

from bot.core.input.typed import composed

__all__ = ["chats_in", "poses_as_office"]

CHARACTERS_MAX: Final = 200
"""A name is no longer; what stands behind would not be kept."""

_LOOKS_LIKE: Final = str.maketrans(
    {
        # Cyrillic, then Greek, then digits and signs; i, l and 1 look alike, so all become i.
        **dict(zip("авсԁеһіјкӏмнорԛѕтуԝхѵ", "abcdehijkimhopqstywxv", strict=True)),
        **dict(zip("αβεηικνορτυχγω", "abenikvoptuxyw", strict=True)),
        **dict(zip("0134578@$|!ıłđøl", "oieastbasiiiidoi", strict=True)),
    }
)
_PAIRS: Final = (("rn", "m"), ("vv", "w"))
_WORD: Final = re.compile(r"[a-z]+")


def _folded(text: str) -> str:
    """The text in small letters without accents, with one letter for all that look like it."""
    plain = composed("NFKD", text[:CHARACTERS_MAX]).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    looked = bare.translate(_LOOKS_LIKE)
    for pair, single in _PAIRS:
        looked = looked.replace(pair, single)
    return looked


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_folded(text)))


_TELLING: Final = frozenset(
    _words(
        "admin administrator admins kantor cs operator official ofisial helpdesk bot telegram"
        " sistem system sekretariat manajemen management perusahaan support keuangan finance"
        " layanan bantuan cabang direksi customer office"
    )
)
"""Words that make a name the office's, if nothing of a person's name stands beside them."""
_BESIDE: Final = frozenset(
    _words(
        "pusat resmi info care service pelanggan mitra desk center centre tim team staf staff"
        " utama pt cv tbk bu ibu pak bapak kak mbak mas the of dan and"
    )
)
_ANYWHERE: Final = tuple(
    _words(phrase)
    for phrase in (
        "admin",
        "administrator",
        "helpdesk",
        "kantor pusat",
        "customer service",
        "customer care",
        "layanan pelanggan",
        "official",
        "cs resmi",
    )
)
"""Words that no person is called, whatever stands beside them."""
_LEGAL: Final = frozenset(_words("pt cv tbk ud inc ltd"))

_CHAT: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.(?:me|dog))/[^\s<>\"]{1,64}|tg://[^\s<>\"]{1,64}",
    re.IGNORECASE,
)


def poses_as_office(name: str, company: str) -> bool:
    """Whether people would take the bearer of a name for the office or the company itself.

    One word of the company's name is no pose: a member may well be called Nusantara.

    Args:
        name: as typed, already known to be short.
        company: the company's name, with or without its legal form.
    """
    words = _words(name)
    if not words:
        return False
    own = tuple(word for word in _words(company) if word not in _LEGAL)
    if any(_stands_in(phrase, words) for phrase in _ANYWHERE):
        return True
    if len(own) > 1 and (_stands_in(own, words) or "".join(own) == "".join(words)):
        return True
    if set(words) & _LEGAL and set(words) & set(own):
        return True
    if all(len(word) == 1 for word in words):
        words = ("".join(words),)
    known = _TELLING | _BESIDE | set(own)
    return bool(set(words) & _TELLING) and set(words) <= known


def chats_in(text: str) -> tuple[str, ...]:
    """Returns the links in a text that open a chat of Telegram's, each once, in their order."""
    plain = composed("NFKC", text)
    return tuple(dict.fromkeys(hit[0] for hit in _CHAT.finditer(plain)))


def _stands_in(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a phrase stands somewhere among the words, in one piece."""
    length = len(phrase)
    return any(words[at : at + length] == phrase for at in range(len(words) - length + 1))
