"""What a seller asks for behind /pelanggan, and which customers a search finds."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.core.input.typed import one_line

__all__ = ["QUERY_BYTES_MAX", "CustomerRequest", "asked_customer", "matches", "read_request"]

TEXT_CHARACTERS_MAX: Final = 256
QUERY_BYTES_MAX: Final = 36
"""The search text has to fit into a button, together with its command and a page number."""
PAGE_DIGITS_MAX: Final = 4
ID_DIGITS_MAX: Final = 15

CustomerView: TypeAlias = Literal["list", "card", "search", "ask", "files", "adding"]

_SEARCH: Final = frozenset({"cari", "search", "find"})
_FILES: Final = frozenset({"unduh", "ekspor", "export", "download", "excel", "berkas", "file"})
_ADDING: Final = frozenset({"tambah", "baru", "add", "new"})
_AROUND_WORDS: Final = (
    "data kartu info informasi catatan pelanggan pelangganku pelanggannya pembeli langganan"
    " customer customers daftar list lihat liat cek buka cari carikan tampilkan show see open my"
    " the of nomor nomer no hp wa nope saya dong siapa saja aja semua all punya ku tolong mana"
    " yang yg who are is i me please card search find for"
)
_AROUND: Final = frozenset(_AROUND_WORDS.split())
_CARD_OF: Final = re.compile(
    r"(?:(?:lihat|liat|cek|buka|show|open)\s++)?+"
    r"(?:data(?:nya)?+|kartu|info|catatan|riwayat|cari(?:kan|in)?+|find|search|card\s++of|details\s++of)\s++",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(rf"#([0-9]{{1,{PAGE_DIGITS_MAX}}})", re.ASCII)
_ID: Final = re.compile(rf"#([0-9]{{1,{ID_DIGITS_MAX}}})", re.ASCII)
_BARE_PAGE: Final = re.compile(rf"[0-9]{{1,{PAGE_DIGITS_MAX}}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CustomerRequest:
    """What was asked for.

    Attributes:
        view: `files` are the export, `adding` is how to add customers.
        customer_id: of a card.
        query: what to search for, short enough for a button.
        page: from 1.
    """

    view: CustomerView
    customer_id: int = 0
    query: str = ""
    page: int = 1


def read_request(args: str) -> CustomerRequest:
    """Returns what the text behind the command asks for; any name is searched for."""
    words = one_line(args[:TEXT_CHARACTERS_MAX]).split()
    verb = words[0].casefold() if words else ""
    if len(words) == 1:
        if (number := _ID.fullmatch(verb)) is not None:
            return CustomerRequest("card", int(number[1]))
        if _BARE_PAGE.fullmatch(verb):
            return CustomerRequest("list", page=max(int(verb), 1))
        if verb in _SEARCH:
            return CustomerRequest("ask")
        if verb in _FILES:
            return CustomerRequest("files")
        if verb in _ADDING:
            return CustomerRequest("adding")
    page = 1
    if len(words) > 1 and (number := _PAGE.fullmatch(words[-1])) is not None:
        page, words = max(int(number[1]), 1), words[:-1]
    while words and words[0].casefold() in _AROUND:
        words = words[1:]
    while words and words[-1].casefold().strip("?.!,") in _AROUND:
        words = words[:-1]
    query = " ".join(words).strip(" ?.!,").encode()[:QUERY_BYTES_MAX].decode(errors="ignore")
    return CustomerRequest("search", query=query, page=page) if query else CustomerRequest("list")


def asked_customer(text: str) -> str:
    """Returns the name in `data bu ani` or `cari bu ani`; empty if a text asks for no card."""
    line = one_line(text[:TEXT_CHARACTERS_MAX])
    found = _CARD_OF.match(line)
    return "" if found is None else read_request(line[found.end() :]).query


def matches(query: str, key: str) -> bool:
    """Returns whether each word of a search begins a word of a customer's name.

    Both are keys as `name_key` makes them.
    """
    words = key.split(" ")
    return all(any(word.startswith(each) for word in words) for each in query.split(" "))
