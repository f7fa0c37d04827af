"""What people do all day in a soak, and what they remember of the answers."""

import asyncio
import random
import re
from dataclasses import dataclass, field

from tests.soak.phone import Json, Phone, Unanswered

__all__ = ["Memory", "admin", "join", "seller"]

PRODUCTS = (("SABUN", 50_000), ("TEH", 25_000), ("KOPI", 35_000), ("SAMPO", 45_000))
BY_BUTTONS = 3 * 35_000
SYLLABLES = ("ra", "ni", "wa", "lu", "fi", "zo", "ke", "mi", "pu", "go")
PAUSE_SECONDS_MAX = 0.12
CHANGED = "Ada yang berubah"
SETTLED = r"S-\d+ sudah"
WHY = "Apa yang perlu"
RECEIPT = re.compile(r"struk (S-\d+)")


@dataclass
class Memory:
    """What the people of a soak were sent; the checker compares the database with it.

    Attributes:
        receipts: of each sale that was said to be entered: seller, buyer, receipt, total.
        never: buyers whose sale was given up.
        voided: receipts that were said to be taken back.
        joined: account and name of each person who was welcomed, with the sponsor's account.
        approved: how many sales the bot reported to the admin as approved.
        unanswered: waits that were given up.
    """

    receipts: list[tuple[int, str, str, int]] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    voided: list[str] = field(default_factory=list)
    joined: dict[int, int] = field(default_factory=dict)
    approved: int = 0
    unanswered: list[str] = field(default_factory=list)
    names: int = 0
    closing: bool = False

    def name(self) -> str:
        """A name that no other person has; any two differ in two syllables, so none is close."""
        self.names += 1
        digits = [int(digit) for digit in f"{self.names:04d}"]
        return "Z" + "".join(SYLLABLES[digit] for digit in (*digits, sum(digits) % 10))


async def seller(phone: Phone, memory: Memory) -> None:
    """Sell, look and take back, until the soak closes."""
    while not memory.closing:
        await _once(phone, memory, _whatever(phone, memory))
        await pause(phone.chance)


async def admin(phone: Phone, memory: Memory) -> None:
    """Check what waits, until the soak closes."""
    while not memory.closing:
        await _once(phone, memory, _check(phone, memory))
        await asyncio.sleep(phone.chance.uniform(0.2, 1.5))


async def join(phone: Phone, memory: Memory, code: str, sponsor: int) -> None:
    """Follow a link, become a member, sell something."""
    name = f"{memory.name()} {memory.name()}"
    try:
        card = await phone.start(code, "Benar beliau")
        card = await phone.tap(card, "Ya, benar", "kami panggil apa")
        card = await phone.tap(card, "Ibu", "1/5")
        for step in ("2/5", "3/5", "4/5", "5/5"):
            card = await phone.tap(card, "Sudah saya baca", step)
        await phone.tap(card, "Sudah saya baca", "Nama lengkap")
        await phone.say(name, "Nomor HP")
        await phone.contact("Tahun lahir")
        card = await phone.say("1980", "provinsi mana")
        card = await phone.tap(card, "Jawa Barat", "Sudah benar semua")
        await phone.tap(card, "Simpan", "Selamat bergabung")
        memory.joined[phone.person] = sponsor
        await _sell_by_line(phone, memory)
    except Unanswered as error:
        memory.unanswered.append(str(error))


async def pause(chance: random.Random) -> None:
    """Look up for a moment."""
    await asyncio.sleep(chance.uniform(0, PAUSE_SECONDS_MAX))


async def _once(phone: Phone, memory: Memory, doing: object) -> None:
    try:
        await doing  # type: ignore[misc]
    except Unanswered as error:
        memory.unanswered.append(str(error))
        phone.update_ids.append(phone.telegram.phones.say(phone.person, "batal")["update_id"])
        await asyncio.sleep(1)


async def _whatever(phone: Phone, memory: Memory) -> None:
    drawn = phone.chance.random()
    if drawn < 0.5:
        await _sell_by_line(phone, memory)
    elif drawn < 0.7:
        await _sell_by_buttons(phone, memory)
    elif drawn < 0.78:
        await _think_better_of_it(phone, memory)
    elif drawn < 0.86:
        await phone.say("/saldo", "Saldo yang bisa diambil")
    elif drawn < 0.92:
        await phone.say("/tim", "👥")
    else:
        await _take_back(phone, memory)


async def _sell_by_line(phone: Phone, memory: Memory) -> None:
    buyer, quantity = memory.name(), phone.chance.randint(1, 9)
    sku, price = phone.chance.choice(PRODUCTS)
    # Two sums that are alike by chance would make a card that has changed look as before.
    price += memory.names % 997
    line = f"J {quantity} {sku} @{price} Bu {buyer}"
    card = await phone.say(line, f"{buyer}.*Sudah benar")
    await pause(phone.chance)
    typed = phone.chance.random() < 0.5
    said = await _confirm(phone, card, "Ya, catat", f"Tercatat.*{buyer}", typed=typed)
    _keep(phone, memory, buyer, said["text"], quantity * price)


async def _sell_by_buttons(phone: Phone, memory: Memory) -> None:
    buyer = memory.name()
    card = await phone.say("/jual", "Barang apa")
    card = await phone.tap(card, "Kopi Jahe", "Berapa .*Kopi Jahe")
    await pause(phone.chance)
    await phone.tap(card, "3", "Siapa pembelinya")
    card = await phone.say(f"Bu {buyer}", f"{buyer}.*Sudah benar")
    said = await _confirm(phone, card, "Ya, catat", f"Tercatat.*{buyer}")
    _keep(phone, memory, buyer, said["text"], BY_BUTTONS)


async def _confirm(
    phone: Phone, card: Json, label: str, told: str, *, typed: bool = False
) -> Json:
    """Say yes, and once more to whatever has changed since the question was asked."""
    while True:
        expect = f"{told}|{CHANGED}"
        if typed:
            said = await phone.say("ya", expect)
        else:
            said = await phone.tap(card, label, expect)
        if CHANGED not in said["text"]:
            return said
        card = said


async def _think_better_of_it(phone: Phone, memory: Memory) -> None:
    buyer = memory.name()
    memory.never.append(buyer)
    await phone.say(f"J 1 TEH Bu {buyer}", f"{buyer}.*Sudah benar")
    await phone.say("batal", "tinggalkan")


async def _take_back(phone: Phone, memory: Memory) -> None:
    mine = [one[2] for one in memory.receipts if one[0] == phone.person and one[3] != BY_BUTTONS]
    if not mine:
        return
    receipt = mine[-1]
    card = await phone.say(f"/batalkan {receipt}", f"Batalkan struk {receipt}|Struk {receipt} ")
    if card["text"].startswith("Batalkan"):
        said = await phone.tap(card, "Ya, batalkan", f"Struk {receipt} ")
        if "dibatalkan dan" in said["text"]:
            memory.voided.append(receipt)


def _keep(phone: Phone, memory: Memory, buyer: str, text: str, total: int) -> None:
    found = RECEIPT.search(text)
    assert found is not None, text
    memory.receipts.append((phone.person, f"Bu {buyer}", found[1], total))


async def _check(phone: Phone, memory: Memory) -> None:
    found = await phone.say("/setujui", r"\d penjualan menunggu|Semua penjualan sudah")
    if "Semua" in found["text"]:
        return
    if phone.chance.random() < 0.6:
        card = await phone.tap(found, "Setujui semua", "sekaligus|Semua penjualan sudah")
        if "sekaligus" not in card["text"]:
            return
        told = "penjualan disetujui|Tidak ada yang diubah|Semua penjualan sudah"
        said = await _confirm(phone, card, "Ya, semua", told)
    else:
        card = await phone.tap(found, "S-", rf"Disetujui\?|{SETTLED}")
        if "Disetujui?" not in card["text"]:
            return
        if phone.chance.random() < 0.3:
            card = await phone.tap(card, "Tolak", f"{WHY}|{SETTLED}")
            if WHY in card["text"]:
                await phone.tap(card, "Tanpa keterangan", f"ditolak|{SETTLED}")
            return
        said = await phone.tap(card, "Setujui", f"penjualan disetujui|{SETTLED}")
    counted = re.search(r"(\d+) penjualan disetujui", said["text"])
    memory.approved += int(counted[1]) if counted else 0
