"""Other people who use the bot during the demo, so that messages arrive by themselves.

They act only through the local Telegram: a newcomer joins Ibu Sari's team, members log sales, an
admin checks one of her sales.
"""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp

from bot.cli.demo.cast import COLLEAGUE_ID, LEADING, MEMBERS, NEWCOMER_ID, SARI_ID
from bot.core.sales.sales import receipt_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.cli.demo.telegram import LocalTelegram

__all__ = ["live"]

PAUSE_SECONDS: Final = 1.2
CARDS: Final = 5
SALES: Final = (
    "J 2 TEH KELOR Bu Wati",
    "J 1 MADU HUTAN 250 Pak Jufri",
    "jual 3 sabun sereh ke Bu Lina",
    "J 1 KOPI TORAJA Pak Made",
    "J 2 MINYAK KELAPA Bu Guru Ida",
    "J 1 SAMPO Bu Yanti",
    "J 2 WEDANG JAHE Pak Gunawan",
    "J 1 SARI KURMA Bu Haji Saleha",
)
SALE_EVERY_SECONDS: Final = 45


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a person at the local Telegram, after a pause in seconds."""

    person: int
    what: str
    words: dict[str, object]
    pause: float = PAUSE_SECONDS


async def live(telegram: "LocalTelegram", database_url: str) -> None:
    """Perform all acts in order; failures do not matter in a demo."""
    for act in _acts(await _waiting_of_sari(database_url)):
        await asyncio.sleep(act.pause)
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            await telegram.tell(act.what, person=act.person, **act.words)


def _acts(receipt: str | None) -> Iterator[Act]:
    sellers = [person.id for person in MEMBERS[len(LEADING) :] if person.pace]
    yield from _sale(sellers[0], SALES[0], pause=8)
    if receipt is not None:
        yield _say(COLLEAGUE_ID, f"/setujui {receipt}", pause=6)
        yield _say(COLLEAGUE_ID, "Setujui")
    yield from _join()
    for number, line in enumerate(SALES[1:], start=1):
        yield from _sale(sellers[number * 3], line, pause=SALE_EVERY_SECONDS)


def _sale(person: int, line: str, pause: float) -> Iterator[Act]:
    yield _say(person, line, pause=pause)
    yield _say(person, "ya", pause=2 * PAUSE_SECONDS)


def _join() -> Iterator[Act]:
    """Yield the acts of a newcomer who follows Ibu Sari's link."""
    sari = next(person for person in MEMBERS if person.id == SARI_ID)
    yield Act(NEWCOMER_ID, "start", {"payload": sari.code}, pause=4)
    for words in ("ya", "Kak", *["sudah saya baca"] * CARDS, "Mawar Anggrek Sari"):
        yield _say(NEWCOMER_ID, words)
    yield Act(NEWCOMER_ID, "contact", {})
    for words in ("1994", "Sulawesi Selatan", "Simpan"):
        yield _say(NEWCOMER_ID, words)


def _say(person: int, text: str, pause: float = PAUSE_SECONDS) -> Act:
    return Act(person, "say", {"text": text}, pause)


async def _waiting_of_sari(database_url: str) -> str | None:
    """Returns the receipt of a sale of hers that the office has not checked."""
    from bot.store.db import read_only
    from bot.store.members import members
    from bot.store.sales import sales

    def look(conn: "Connection") -> str | None:
        me = members.by_user(conn, SARI_ID)
        assert me is not None, "she is in the cast"
        for sale in sales.latest_of(conn, me.id, 2**62, 10):
            if sale.status == "waiting":
                return receipt_number(sale.id)
        return None

    return await read_only.look(database_url, look)
