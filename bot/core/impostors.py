"""Names that would be read as the office's own, and links that lead people away from it.

A newcomer called "Admin" or by the company's whole name could ask members for money, and a
broadcast with a link to another chat could take them there. Letters that only look alike count
as the same: "Аdmin" with a Cyrillic A, "4dm1n", "A D M I N". So do words that are written in one
or in pieces ("Kantorpusat", "Ad-min"), with a digit more ("Admin1"), with a letter twice or once.
But a word that only begins or ends like one of the office's is a person's: Adminah, Kantorowicz.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.core.typed import composed, unstyled

__all__ = ["chats_in", "poses_as_office"]

CHARACTERS_MAX: Final = 200
"""A name is no longer; what stands behind would not be kept."""

_LOOKS_LIKE: Final = str.maketrans(
    {
        # Cyrillic, then Greek, then other letters; i and l look alike, so both become i.
        **dict(zip("авсԁеһіјкӏмнорԛѕтуԝхѵ", "abcdehijkimhopqstywxv", strict=True)),
        **dict(zip("αβεηικνορτυχγω", "abenikvoptuxyw", strict=True)),
        **dict(zip("ıłđøl", "iidoi", strict=True)),
    }
)
_DIGITS_LIKE: Final = str.maketrans("0134578@$|!", "oieastbasii")
_PAIRS: Final = (("rn", "m"), ("vv", "w"))
_TWICE: Final = re.compile(r"([a-z])\1+")
_WORD: Final = re.compile(r"[a-z]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTERS: Final = re.compile(r"[0-9@$|!]+")
_AT_ENDS: Final = tuple(
    re.compile(rf"(?<=[a-z])[0-9@$|!]{{1,{most}}}(?![a-z0-9@$|!])") for most in (1, 2, 4)
)


def _folded(text: str) -> str:
    """The text in small letters without accents, with one letter for all that look like it."""
    plain = composed("NFKD", text[:CHARACTERS_MAX]).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bare.translate(_LOOKS_LIKE)


def _words(folded: str) -> tuple[str, ...]:
    """The words of a folded text, where digits are read as letters, and none stands twice."""
    looked = folded.translate(_DIGITS_LIKE)
    for pair, single in _PAIRS:
        looked = looked.replace(pair, single)
    return tuple(_once(word) for word in _WORD.findall(looked))


def _once(word: str) -> str:
    return _TWICE.sub(r"\1", word)


def _known(text: str) -> tuple[str, ...]:
    return _words(_folded(text))


_TELLING: Final = frozenset(
    _known(
        "admin administrator admins kantor cs operator official ofisial helpdesk bot telegram"
        " sistem system sekretariat manajemen management perusahaan support keuangan finance"
        " layanan bantuan cabang direksi customer office"
    )
)
"""Words that make a name the office's, if nothing of a person's name stands beside them."""
_BESIDE: Final = frozenset(
    _known(
        "pusat resmi info care service pelanggan mitra desk center centre tim team staf staff"
        " utama pt cv tbk bu ibu pak bapak kak mbak mas the of dan and"
    )
)
_ANYWHERE: Final = tuple(
    _known(phrase)
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
_LEGAL: Final = frozenset(_known("pt cv tbk ud inc ltd"))

_TELLING_LETTERS_MIN: Final = 5
"""Shorter ones tell of the office only where they stand alone: Botmas may be a person."""

_CHAT: Final = re.compile(
    # One name may stand before the host, with a dot: start.me is another site.
    r"(?<![\w-])(?:https?://)?(?:(?P<site>\w{1,32})\.)?(?:t\.me|telegram\.(?:me|dog))"
    r"\.?(?::[0-9]{1,5})?"
    r"(?:/(?=[^\s<>\"])(?P<name>\w{0,64})[^\s<>\"]{0,64}|[?#][^\s<>\"]{1,64})"
    r"|(?<![\w-])(?:https?://)?(?P<bare>[a-z]\w{3,31})\.t\.me(?![\w-]|\.\w)"
    r"|tg://(?=[^\s<>\"])(?:resolve/?\?domain=(?P<domain>\w{1,32}))?[^\s<>\"]{0,64}",
    re.IGNORECASE,
)
_MENTION: Final = re.compile(
    # In the address of another site a name belongs to that site.
    r"https?://[\w.-]+(?::[0-9]+)?/[^\s<>\"]*|(?:tiktok|youtube|threads)\.(?:com|net)/@[\w.]+"
    r"|(?<![\w@])@(?P<name>[a-z]\w{3,31})(?!\w)",
    re.IGNORECASE,
)


def poses_as_office(name: str, company: str) -> bool:
    """Whether people would take the bearer of a name for the office or the company itself.

    One word of the company's name is no pose: a member may well be called Nusantara.

    Args:
        name: as typed, already known to be short.
        company: the company's name, with or without its legal form.
    """
    own = tuple(word for word in _known(company) if word not in _LEGAL)
    return any(_poses(words, own) for words in set(_readings(name)))


def _readings(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a name: digits as letters, as gaps, or at the end of a word as nothing."""
    for spaced in (name, _CAMEL.sub(" ", name)):
        folded = _folded(spaced)
        yield _words(folded)
        yield _words(_NO_LETTERS.sub(" ", folded))
        for at_ends in _AT_ENDS:
            yield _words(at_ends.sub("", folded))


def _poses(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    if any(_stands_in(phrase, words) for phrase in _ANYWHERE):
        return True
    if len(own) > 1 and _stands_in(own, words):
        return True
    mixed = [pair for word in own for form in _LEGAL for pair in ((form, word), (word, form))]
    if set(words) & _LEGAL and set(words) & set(own):
        return True
    if any(_stands_in(pair, words) for pair in mixed):
        return True
    return _is_all_known(words, frozenset(own))


def _stands_in(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a phrase stands somewhere among the words, however it is divided into words."""
    whole = "".join(phrase)
    return any(
        run == whole for start in range(len(words)) for run, _ in _runs(words, start, len(whole))
    )


def _runs(words: tuple[str, ...], start: int, most: int) -> Iterator[tuple[str, int]]:
    """What the words from one on are, written as one, each with the place behind it."""
    run = ""
    for end in range(start, len(words)):
        run += words[end]
        if len(run) > most:
            return
        yield run, end + 1


def _is_all_known(words: tuple[str, ...], own: frozenset[str]) -> bool:
    """Whether all are words of the office or beside them, and one at least is the office's."""
    known = _TELLING | _BESIDE | own
    # Which places can be reached by known words alone, with a telling one among them or without.
    reached = {(0, False)}
    for start in range(len(words)):
        for told in {told for place, told in reached if place == start}:
            for run, end in _runs(words, start, max(map(len, known))):
                if run in known:
                    reached.add((end, told or run in _TELLING))
            if _is_glued(words[start], known):
                reached.add((start + 1, True))
    return (len(words), True) in reached


def _is_glued(word: str, known: frozenset[str]) -> bool:
    """Whether a word consists of known ones, one of which tells of the office: Kantorpusat."""
    reached = {(0, False)}
    for start in range(len(word)):
        for told in {told for place, told in reached if place == start}:
            for part in known:
                if word.startswith(part, start):
                    tells = part in _TELLING and len(part) >= _TELLING_LETTERS_MIN
                    reached.add((start + len(part), told or tells))
    return (len(word), True) in reached


def chats_in(text: str, own: str = "") -> tuple[str, ...]:
    """Returns what in a text opens another chat of Telegram's, each once, in their order.

    Args:
        text: as people read it.
        own: the name of the bot itself, which leads to no other chat.
    """
    plain = unstyled(text)
    found = [*_links(plain, own.casefold()), *_mentions(plain, own.casefold())]
    return tuple(dict.fromkeys(link for _, link in sorted(found)))


def _links(plain: str, own: str) -> Iterator[tuple[int, str]]:
    """Where links to other chats stand."""
    place = 0
    while hit := _CHAT.search(plain, place):
        group = "site" if (hit["site"] or "www").casefold() != "www" else "name"
        group = next((each for each in ("bare", "domain") if hit[each]), group)
        place = hit.end()
        if own and (hit[group] or "").casefold() == own:
            place = hit.end(group)  # what stands right behind it may lead elsewhere
        else:
            yield hit.start(), hit[0]


def _mentions(plain: str, own: str) -> Iterator[tuple[int, str]]:
    """Where chats are called by their names."""
    for hit in _MENTION.finditer(plain):
        if hit["name"] and hit["name"].casefold() != own:
            yield hit.start(), hit[0]
