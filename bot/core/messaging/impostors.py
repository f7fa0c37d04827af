"""Finds names that people would take for the office's, and links to other chats.

A new member called "Admin" or by the company's full name could ask members for money, and a
broadcast with a link to another chat could lead them there. Letters that look alike count as the
same: "Аdmin" with a Cyrillic A, "4dm1n", "A D M I N". So do words joined or divided
("Kantorpusat", "Ad-min"), words with an extra digit ("Admin1"), and doubled letters. But a word
that only begins or ends like one of the office's is a person's name: Adminah, Kantorowicz.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.core.input.typed import composed, unstyled

__all__ = ["chats_in", "poses_as_office"]

CHARACTERS_MAX: Final = 200
"""No name is longer; the rest would not be stored."""

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
    """Returns the text in lower case without accents, with one letter for all look-alikes."""
    plain = composed("NFKD", text[:CHARACTERS_MAX]).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bare.translate(_LOOKS_LIKE)


def _words(folded: str) -> tuple[str, ...]:
    """Returns the words of a folded text, with digits read as letters and letters not doubled."""
    looked = folded.translate(_DIGITS_LIKE)
    for pair, single in _PAIRS:
        looked = looked.replace(pair, single)
    return tuple(_once(word) for word in _WORD.findall(looked))


def _once(word: str) -> str:
    return _TWICE.sub(r"\1", word)


def _known(text: str) -> tuple[str, ...]:
    return _words(_folded(text))


_OFFICE: Final = frozenset(
    _known(
        "admin administrator admins kantor cs operator official ofisial helpdesk bot telegram"
        " sistem system sekretariat manajemen management perusahaan support keuangan finance"
        " layanan bantuan cabang direksi customer office"
    )
)
"""Words that make a name the office's, unless it also has a word of a person's name."""
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
"""Words that no person's name contains, whatever the other words are."""
_LEGAL: Final = frozenset(_known("pt cv tbk ud inc ltd"))

_OFFICE_LETTERS_MIN: Final = 5
"""Shorter words mean the office only as words of their own: Botmas may be a person."""

_CHAT: Final = re.compile(
    # One name and a dot may come before the host; start.me is another site.
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
    """Returns whether people would take a name for that of the office or the company itself.

    One word of the company's name is allowed: a member may well be called Nusantara.

    Args:
        name: as typed, already known to be short.
        company: the company's name, with or without its legal form.
    """
    own = tuple(word for word in _known(company) if word not in _LEGAL)
    return any(_poses(words, own) for words in set(_readings(name)))


def _readings(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, with digits as letters, as gaps, or dropped after a word."""
    for spaced in (name, _CAMEL.sub(" ", name)):
        folded = _folded(spaced)
        yield _words(folded)
        yield _words(_NO_LETTERS.sub(" ", folded))
        for at_ends in _AT_ENDS:
            yield _words(at_ends.sub("", folded))


def _poses(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    if any(_occurs_in(phrase, words) for phrase in _ANYWHERE):
        return True
    if len(own) > 1 and _occurs_in(own, words):
        return True
    mixed = [pair for word in own for form in _LEGAL for pair in ((form, word), (word, form))]
    if set(words) & _LEGAL and set(words) & set(own):
        return True
    if any(_occurs_in(pair, words) for pair in mixed):
        return True
    return _is_all_known(words, frozenset(own))


def _occurs_in(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Returns whether a phrase occurs among the words, however it is divided into words."""
    whole = "".join(phrase)
    return any(
        run == whole for start in range(len(words)) for run, _ in _runs(words, start, len(whole))
    )


def _runs(words: tuple[str, ...], start: int, most: int) -> Iterator[tuple[str, int]]:
    """Yield the words from `start` on joined into one, each with the place after its last word."""
    run = ""
    for end in range(start, len(words)):
        run += words[end]
        if len(run) > most:
            return
        yield run, end + 1


def _is_all_known(words: tuple[str, ...], own: frozenset[str]) -> bool:
    """Returns whether all are office words or words used beside them, at least one the former."""
    known = _OFFICE | _BESIDE | own
    # The places that known words alone can reach, each with whether an office word is among them.
    reached = {(0, False)}
    for start in range(len(words)):
        for named in {named for place, named in reached if place == start}:
            for run, end in _runs(words, start, max(map(len, known))):
                if run in known:
                    reached.add((end, named or run in _OFFICE))
            if _is_glued(words[start], known):
                reached.add((start + 1, True))
    return (len(words), True) in reached


def _is_glued(word: str, known: frozenset[str]) -> bool:
    """Returns whether a word consists of known words, one of them the office's: Kantorpusat."""
    reached = {(0, False)}
    for start in range(len(word)):
        for named in {named for place, named in reached if place == start}:
            for part in known:
                if word.startswith(part, start):
                    names = part in _OFFICE and len(part) >= _OFFICE_LETTERS_MIN
                    reached.add((start + len(part), named or names))
    return (len(word), True) in reached


def chats_in(text: str, own: str = "") -> tuple[str, ...]:
    """Returns the links and mentions in a text that open another Telegram chat, each once.

    Args:
        text: as people read it.
        own: the name of the bot itself, which leads to no other chat.
    """
    plain = unstyled(text)
    found = [*_links(plain, own.casefold()), *_mentions(plain, own.casefold())]
    return tuple(dict.fromkeys(link for _, link in sorted(found)))


def _links(plain: str, own: str) -> Iterator[tuple[int, str]]:
    """Yield the position and the text of each link to another chat."""
    place = 0
    while hit := _CHAT.search(plain, place):
        group = "site" if (hit["site"] or "www").casefold() != "www" else "name"
        group = next((each for each in ("bare", "domain") if hit[each]), group)
        place = hit.end()
        if own and (hit[group] or "").casefold() == own:
            place = hit.end(group)  # the text right after it may link elsewhere
        else:
            yield hit.start(), hit[0]


def _mentions(plain: str, own: str) -> Iterator[tuple[int, str]]:
    """Yield the position and the text of each mention of another chat."""
    for hit in _MENTION.finditer(plain):
        if hit["name"] and hit["name"].casefold() != own:
            yield hit.start(), hit[0]
