"""The three things that the page of the demo asks a visitor to try, and which of them are done."""

import asyncio
import contextlib
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

import aiohttp

from bot.cli.demo.cast import ADMIN_ID, HASNA_ID, MEMBERS, PROSPECT_ID, SARI_ID, TRAINER_ID
from bot.store.members import members
from bot.store.receipts import sale_decisions
from bot.store.sales import sales

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.cli.demo.telegram import LocalTelegram

__all__ = ["GuideStep", "done_steps", "follow_steps", "guide"]

LOOK_SECONDS: Final = 1.0
SALES_LOOKED_AT: Final = 20
SEEDED: Final = "demo:"
"""How the reference of a sale begins that no visitor entered."""

ABOUT: Final = {
    "id": "Penjualan langsung lewat Telegram: mitra mencatat penjualan, kantor mengecek, "
    "bonusnya dihitung.",
    "en": "Direct selling, run inside Telegram: members log sales, the office checks them, "
    "bonuses are worked out.",
}
AFTERWARDS: Final = {
    "id": "Sudah semua! Coba juga: majukan jam ke bulan baru, "
    "atau tulis /siaran di ponsel Rahmat.",
    "en": "All done! Try more: move the clock to the new month, "
    "or write /broadcast on Rahmat's phone.",
}
LANGUAGES: Final = {"id": "/indonesia", "en": "/english"}
"""The command with which a person on the page changes the language of the bot."""


class GuideStep(StrEnum):
    """What a visitor tries, in this order."""

    JOIN = "join"
    SELL = "sell"
    APPROVE = "approve"


_STEPS: Final[dict[GuideStep, dict[str, object]]] = {
    GuideStep.JOIN: {
        "person": PROSPECT_ID,
        "title": {"id": "Bergabung", "en": "Join"},
        "hint": {
            "id": "Di ponsel Dewi: buka undangan, jawab pertanyaan.",
            "en": "On Dewi's phone: open the invitation, answer the questions.",
        },
    },
    GuideStep.SELL: {
        "person": SARI_ID,
        "title": {"id": "Catat penjualan", "en": "Log a sale"},
        "hint": {
            "id": "Di ponsel Sari: kirim J 2 SABUN Bu Ani, tekan Ya.",
            "en": "On Sari's phone: send J 2 SABUN Bu Ani, tap Yes.",
        },
        "write": {"id": "J 2 SABUN Bu Ani", "en": "J 2 SABUN Bu Ani"},
    },
    GuideStep.APPROVE: {
        "person": ADMIN_ID,
        "title": {"id": "Setujui, lihat bonus", "en": "Approve, see the bonus"},
        "hint": {
            "id": "Di ponsel Ningsih: kirim /setujui, setujui semua. Lalu /bonus di ponsel Sari.",
            "en": "On Ningsih's phone: send /approve, approve all. Then /bonus on Sari's.",
        },
        "write": {"id": "/setujui", "en": "/approve"},
    },
}


def guide(done: Collection[GuideStep]) -> dict[str, object]:
    """Returns what the page shows: what this is, the steps, and which are done."""
    steps = [{"name": step, **words, "done": step in done} for step, words in _STEPS.items()]
    return {"about": ABOUT, "steps": steps, "after": AFTERWARDS, "speak": LANGUAGES}


def done_steps(conn: "Connection", newcomers: Collection[int]) -> frozenset[GuideStep]:
    """Returns what the visitor has done on the phones of the page.

    Args:
        conn: a connection to the database of the demo.
        newcomers: the accounts on the page that were no members at the beginning.
    """
    return frozenset(_done(conn, newcomers))


def _done(conn: "Connection", newcomers: Collection[int]) -> Iterator[GuideStep]:
    accounts = (*newcomers, SARI_ID, HASNA_ID, TRAINER_ID, ADMIN_ID)
    for account in accounts:
        member = members.by_user(conn, account)
        if member is None:
            continue
        if account in newcomers:
            yield GuideStep.JOIN
        for sale in sales.latest_of(conn, member.id, 2**62, SALES_LOOKED_AT):
            if sale.reference.startswith(SEEDED):
                continue
            yield GuideStep.SELL
            decisions = sale_decisions.of_sale(conn, sale.id)
            if any(one.by == ADMIN_ID and one.after == "approved" for one in decisions):
                yield GuideStep.APPROVE


def _newcomers(people: list[dict[str, object]]) -> frozenset[int]:
    """Returns the accounts with a phone on the page that had not met the bot at the beginning."""
    met = {ADMIN_ID, *(person.id for person in MEMBERS)}
    return frozenset(
        account
        for person in people
        if isinstance(account := person["id"], int) and person["show"] and account not in met
    )


async def follow_steps(telegram: "LocalTelegram", database_url: str) -> None:
    """Tell the page the guide, and again whenever a step has been done, until all are."""
    from bot.store.db import read_only

    done: frozenset[GuideStep] | None = None
    while done is None or len(done) < len(GuideStep):
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            newcomers = _newcomers(await telegram.people())
            now = await read_only.look(database_url, partial(done_steps, newcomers=newcomers))
            if now != done:
                await telegram.tell("guide", guide=guide(now))
                done = now
        await asyncio.sleep(LOOK_SECONDS)
