"""What the second admin of a soak does: closes months, pays members, reverses payments."""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.core.calendar.periods import period_of
from tests.soak.crowd.memory import Memory
from tests.soak.crowd.office import take_goods_back
from tests.soak.crowd.phone import Json, Phone, labels
from tests.soak.crowd.sellers import once, pause
from tests.soak.crowd.talk import Step, act, converse

__all__ = ["ZONE", "close_all", "treasurer"]

ZONE = "Asia/Jakarta"
MONTH_SECONDS = 150.0
"""How long a person waits for a month to be counted or closed while the bot is killed."""
CLOSED = r"sudah tutup buku: Rp([\d.]+) untuk (\d+) mitra"
FAILED = "tidak jadi ditutup"
NOTHING = "Semua bulan yang sudah lewat"
BUSY = r"sedang tutup buku( atas permintaan|\. Hasilnya menyusul, jadi tidak perlu)"
CARD = "Setelah ditutup, bulan itu tidak bisa dibuka lagi"


async def treasurer(phone: Phone, memory: Memory, codes: Mapping[str, str], since: str) -> None:
    """Close what can be closed, pay and reverse, until the soak closes.

    Args:
        phone: whose.
        memory: of all.
        codes: of the members who may be paid, by their first names.
        since: the first month.
    """
    closed = 0
    while not memory.closing:
        await memory.rest()
        over = _over(phone, since)
        if over > closed:
            came = await once(phone, memory, _close(phone, memory))
            closed = over if came == NOTHING else closed
        else:
            await once(phone, memory, _other(phone, memory, codes))
        await pause(phone.chance)


async def _other(phone: Phone, memory: Memory, codes: Mapping[str, str]) -> None:
    drawn, code = phone.chance.random(), phone.chance.choice(sorted(codes.values()))
    if drawn < 0.2:
        await take_goods_back(phone, memory)
    elif drawn < 0.75:
        await _pay(phone, memory, code)
    else:
        await _reverse(phone, memory, code)


async def close_all(phone: Phone, memory: Memory) -> None:
    """Close every month that is over: whatever happened to it before, that has to be possible."""
    while await _close(phone, memory) != NOTHING:
        pass


def _over(phone: Phone, since: str) -> int:
    """Returns how many months are over since the first."""
    now = phone.telegram.world.clock.now() - timedelta(minutes=5)
    this = period_of(now, ZONE)
    return _months(this) - _months(since)


def _months(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:])


async def _close(phone: Phone, memory: Memory) -> str:
    """Have the earliest month counted, and close it by its sum; returns what came of it."""
    phone.patience, before = MONTH_SECONDS, phone.patience
    try:
        with memory.awaiting_month(), act(phone, "closing"):
            card = await phone.say("/kelola tutup", f"{CARD}|{NOTHING}|{FAILED}|{BUSY}")
            while CARD in card["text"]:
                asked = await phone.tap(card, "Tutup ", "ketik jumlah bonusnya|sudah diputuskan")
                if "sudah diputuskan" in asked["text"]:
                    return FAILED
                paid = re.search(r"bonus Rp([\d.]+)", asked["text"])
                assert paid is not None, asked["text"]
                memory.deciding.set()
                # Other figures than those that were shown bring another card.
                card = await phone.say(paid[1], f"{CLOSED}|{FAILED}|{CARD}|{BUSY}")
            return _closed(card, memory)
    finally:
        phone.patience = before


def _closed(card: Json, memory: Memory) -> str:
    closed = re.search(rf"(\w+ \d{{4}}) {CLOSED}", card["text"])
    if closed:
        memory.closed[closed[1]] = (_rupiah(closed[2]), int(closed[3]))
        return CLOSED
    return NOTHING if NOTHING in card["text"] else FAILED


async def _pay(phone: Phone, memory: Memory, code: str) -> None:
    """Record a payment of all that a member can draw, or of a part."""
    reference = memory.name().upper()
    part = phone.chance.random() < 0.5
    steps = (
        Step("Berapa yang dibayar ke", says="1.000") if part
        else Step("Berapa yang dibayar ke", taps=("Semua",)),
        Step("Dibayar hari apa", taps=("Hari ini",)),
        Step("Nomor referensi", says=reference),
        Step(f"Catat pembayaran.*{reference}", taps=("Ya, catat",), decides=True),
    )  # fmt: skip
    told = r"Tercatat: Rp([\d.]+) dibayar ke"
    refused = r"Saldo [^\n]* yang bisa diambil: Rp0|Ini uang .* sendiri|melebihi saldonya"
    with act(phone, "payout"):
        said = await converse(phone, memory, f"/kelola bayar {code}", steps, f"{told}|{refused}")
        if "melebihi" in said["text"]:
            await phone.say("batal", "tidak dilanjutkan")
    paid = re.search(told, said["text"])
    if paid:
        memory.payouts[reference] = _rupiah(paid[1])


async def _reverse(phone: Phone, memory: Memory, code: str) -> None:
    """Reverse one of the last payments to a member, for a reason that is used only once."""
    found = await phone.say(
        f"/kelola bayaran {code}", "Pembayaran ke .*: |Belum ada pembayaran ke"
    )
    standing = [label for label in labels(found) if label.startswith("Batalkan Rp")]
    if not standing:
        return
    reason = memory.name()
    with act(phone, "reversal"):
        gone = r"sudah dibatalkan sebelumnya|Ini uang .* sendiri"
        card = await phone.tap(found, phone.chance.choice(standing), f"dibatalkan\\?|{gone}")
        if "dibatalkan?" not in card["text"]:
            return
        told = "dibatalkan. Uangnya kembali ke"
        steps = (Step(f"Alasannya: {reason}", taps=("Ya, batalkan",), decides=True),)
        said = await converse(phone, memory, reason, steps, f"✅ .*{told}|{gone}")
    if told in said["text"]:
        memory.reversed.append(reason)


def _rupiah(text: str) -> int:
    return int(text.replace(".", ""))
