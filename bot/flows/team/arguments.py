"""Parses the text behind /tim: a code, a name, or one of a few words, in either language."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.core.members.codes import read_code
from bot.core.members.people import name_words
from bot.flows.team.team_lookups import Order

__all__ = ["PAGES_MAX", "QUERY_BYTES_MAX", "TeamRequest", "read_arguments", "search_words"]

PAGES_MAX: Final = 9999

QUERY_BYTES_MAX: Final = 40
"""The search text has to fit into a button, together with its command and a page number."""

View: TypeAlias = Literal["team", "orders", "search", "new", "silent"]

SEARCH: Final = frozenset({"cari", "search", "find"})
NEW: Final = frozenset({"baru", "new"})
SILENT: Final = frozenset({"diam", "silent", "sepi", "quiet"})
SORT: Final = frozenset({"urut", "urutkan", "sort"})
ORDERS: Final[dict[str, Order]] = {
    "poin": "points",
    "points": "points",
    "besar": "size",
    "size": "size",
    "terbaru": "newest",
    "newest": "newest",
    "nama": "name",
    "name": "name",
    "masuk": "",
    "joined": "",
}


@dataclass(frozen=True, slots=True)
class TeamRequest:
    """What the caller asked for; `code` is empty for the caller's own team."""

    view: View
    code: str = ""
    order: Order = ""
    page: int = 1
    name: str = ""


def read_arguments(args: str) -> TeamRequest:
    """Returns the request in a line; any text that is nothing else is a name to search for.

    The page of a search has a `#` in front, since a name may end with a number.
    """
    words = args.split()
    verb = words[0].casefold() if words else ""
    if verb in SEARCH:
        return _search(words[1:])
    # "cari siti" has eight letters and looks like a code, so the verbs are checked first.
    whole = None if verb in NEW | SILENT | SORT else read_code(args)
    if whole is not None:
        return TeamRequest("team", whole)
    bare, page = _paged(words)
    if len(bare) == 1 and verb in NEW:
        return TeamRequest("new", page=page)
    if len(bare) == 1 and verb in SILENT:
        return TeamRequest("silent", page=page)
    sorting = _sorting(bare, page)
    if sorting is not None:
        return sorting
    if not bare:
        return TeamRequest("team", page=page)
    code = read_code(" ".join(bare))
    return TeamRequest("team", code, page=page) if code is not None else _search(words)


def search_words(name: str) -> tuple[str, ...]:
    """Returns the words to search for: as many as fit into a button, at least part of one."""
    kept: list[str] = []
    left = QUERY_BYTES_MAX
    for word in name_words(name):
        fitting = word.encode()[:left].decode(errors="ignore")
        if kept and fitting != word:
            break
        kept.append(fitting)
        left -= len(fitting.encode()) + 1
        if left <= 0:
            break
    return tuple(kept)


def _search(words: list[str]) -> TeamRequest:
    page = _page(words[-1][1:]) if words and words[-1].startswith("#") else None
    if page is None:
        return TeamRequest("search", name=" ".join(words))
    return TeamRequest("search", name=" ".join(words[:-1]), page=page)


def _sorting(words: list[str], page: int) -> TeamRequest | None:
    """Returns the request of `CODE urut poin`; the code and the order may be missing."""
    place = next((at for at, word in enumerate(words) if word.casefold() in SORT), None)
    if place is None:
        return None
    code = read_code(" ".join(words[:place])) if place else ""
    if code is None:
        return None
    order = ORDERS.get(" ".join(words[place + 1 :]).casefold())
    return TeamRequest("orders", code) if order is None else TeamRequest("team", code, order, page)


def _paged(words: list[str]) -> tuple[list[str], int]:
    page = _page(words[-1].removeprefix("#")) if words else None
    return (words, 1) if page is None else (words[:-1], page)


def _page(word: str) -> int | None:
    if not (word.isascii() and word.isdigit()) or len(word) > len(str(PAGES_MAX)):
        return None
    return max(int(word), 1)
