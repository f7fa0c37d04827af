"""What sellers and newcomers do all day in a soak."""

import asyncio
import random
import re
from collections.abc import Awaitable
from typing import TypeVar

from tests.soak.crowd.memory import Memory
from tests.soak.crowd.phone import Json, Phone, Unanswered
from tests.soak.crowd.talk import CHANGED, Step, act, converse

__all__ = ["confirm", "join", "once", "pause", "seller"]

T = TypeVar("T")
PRODUCTS = (("SABUN", 50_000), ("TEH", 25_000), ("KOPI", 35_000), ("SAMPO", 45_000))
BY_BUTTONS = 3 * 35_000
PAUSE_SECONDS_MAX = 0.12
RETURNED_MAX = 12
"""Of so many of their last sales people return goods; the office may not have approved them."""
RECEIPT = re.compile(r"struk (S-\d+)")


async def seller(phone: Phone, memory: Memory) -> None:
    """Sell, look, take back and return goods, until the soak closes."""
    while not memory.closing:
        await memory.rest()
        await once(phone, memory, _whatever(phone, memory))
        await pause(phone.chance)


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


async def once(phone: Phone, memory: Memory, doing: Awaitable[T]) -> T | None:
    """Returns what came of doing one thing; what is not answered is noted and given up."""
    try:
        return await doing
    except Unanswered as error:
        memory.unanswered.append(str(error))
        given_up = phone.telegram.phones.say(phone.person, "batal")["update_id"]
        phone.update_ids.append(given_up)
        phone.kept.append(given_up)
        await asyncio.sleep(1)
        return None


async def _whatever(phone: Phone, memory: Memory) -> None:
    drawn = phone.chance.random()
    if drawn < 0.42:
        await _sell_by_line(phone, memory)
    elif drawn < 0.55:
        await _sell_by_buttons(phone, memory)
    elif drawn < 0.62:
        await _think_better_of_it(phone, memory)
    elif drawn < 0.7:
        await phone.say("/saldo", "Saldo yang bisa diambil|minus karena ada barang yang")
    elif drawn < 0.76:
        await phone.say("/tim", "👥")
    elif drawn < 0.82:
        await _take_back(phone, memory)
    else:
        await _give_back(phone, memory)


async def _sell_by_line(phone: Phone, memory: Memory) -> None:
    buyer, quantity = memory.name(), phone.chance.randint(1, 9)
    sku, price = phone.chance.choice(PRODUCTS)
    # Two sums that are alike by chance would make a card that has changed look as before.
    price += memory.names % 997
    line = f"J {quantity} {sku} @{price} Bu {buyer}"
    card = await phone.say(line, f"{buyer}.*Sudah benar")
    await pause(phone.chance)
    typed = phone.chance.random() < 0.5
    said = await confirm(phone, card, "Ya, catat", f"Tercatat.*{buyer}", typed=typed)
    _keep(phone, memory, buyer, said["text"], quantity * price)


async def _sell_by_buttons(phone: Phone, memory: Memory) -> None:
    buyer = memory.name()
    card = await phone.say("/jual", "Barang apa")
    card = await phone.tap(card, "Kopi Jahe", "Berapa .*Kopi Jahe")
    await pause(phone.chance)
    await phone.tap(card, "3", "Siapa pembelinya")
    card = await phone.say(f"Bu {buyer}", f"{buyer}.*Sudah benar")
    said = await confirm(phone, card, "Ya, catat", f"Tercatat.*{buyer}")
    _keep(phone, memory, buyer, said["text"], BY_BUTTONS)


async def confirm(phone: Phone, card: Json, label: str, told: str, *, typed: bool = False) -> Json:
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
    await phone.say("batal", "tidak dilanjutkan")


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


async def _give_back(phone: Phone, memory: Memory) -> None:
    """Enter goods of an own sale that came back; the office has to confirm it."""
    mine = [one[2] for one in memory.receipts if one[0] == phone.person]
    if not mine:
        return
    receipt = phone.chance.choice(mine[-RETURNED_MAX:])
    steps = (
        Step("yang kembali\\?", taps=("1", "Semua")),
        Step("kondisinya\\?", taps=("Masih bisa dijual", "Rusak")),
        Step("Berapa uang", taps=("Rp", "Tidak ada")),
        Step(f"Retur {receipt}.*Sudah benar", taps=("Ya, catat retur",), decides=True),
    )
    refused = f"Semua barang di struk|untuk struk {receipt} waktunya|menunggu dicek kantor, jadi"
    refused += "|tidak ada yang perlu diretur"
    with act(phone, "return"):
        told = f"Retur {receipt} tercatat"
        said = await converse(phone, memory, f"/retur {receipt}", steps, f"{told}|{refused}")
    memory.returned[phone.person, receipt] += re.search(told, said["text"]) is not None


def _keep(phone: Phone, memory: Memory, buyer: str, text: str, total: int) -> None:
    found = RECEIPT.search(text)
    assert found is not None, text
    memory.receipts.append((phone.person, f"Bu {buyer}", found[1], total))
