"""What the office does all day in a soak: it decides about sales and returns, and undoes that."""

import asyncio
import re

from tests.soak.crowd.memory import Memory
from tests.soak.crowd.phone import Phone
from tests.soak.crowd.sellers import confirm, once
from tests.soak.crowd.talk import CHANGED, Step, act, converse

__all__ = ["admin", "take_goods_back"]

SETTLED = r"S-\d+ sudah"
WHY = r"Kenapa retur S-\d+ ditolak"
WHY_REJECTED = "Tekan salah satu, atau ketik"
TAKEN = "Kalau sudah benar, ketik jumlah itu"
TAKEN_SUM = r"yang sudah dibagikan berkurang Rp(\d+(?:\.\d+)*)"
AT_ONCE = "penjualan sekaligus"
UNDONE_MAX = 30
"""Of so many of the last sales a decision is undone."""


async def admin(phone: Phone, memory: Memory, *, money: bool = False) -> None:
    """Check what waits, until the soak closes; with `money` also undo and take goods back."""
    while not memory.closing:
        await memory.rest()
        drawn = phone.chance.random() if money else 0.0
        if drawn < 0.4:
            doing = _check(phone, memory)
        elif drawn < 0.7:
            doing = _check_returns(phone, memory)
        else:
            doing = _undo(phone, memory)
        await once(phone, memory, doing)
        await asyncio.sleep(phone.chance.uniform(0.2, 1.5) if not money else 0.1)


async def take_goods_back(phone: Phone, memory: Memory) -> None:
    """Enter a return of any sale, which counts at once, however long ago it was sold."""
    if not memory.receipts:
        return
    receipt = phone.chance.choice(memory.receipts)[2]
    steps = (
        Step("yang kembali\\?", taps=("1", "Semua")),
        Step("kondisinya\\?", taps=("Masih bisa dijual", "Rusak")),
        Step("Berapa uang", taps=("Rp", "Tidak ada")),
        Step("Kenapa returnya tetap diterima", says="Pembelinya di luar kota"),
        Step(f"Retur {receipt}.*Sudah benar", taps=("Ya, catat retur",), decides=True),
        Step(TAKEN, copies=TAKEN_SUM, decides=True),
    )
    told = f"Retur {receipt} dicatat"
    refused = f"Semua barang di struk|retur {receipt} belum bisa dihitung"
    refused += "|jadi (belum perlu retur|tidak ada yang perlu diretur)"
    with act(phone, "return decided"):
        said = await converse(phone, memory, f"/retur {receipt}", steps, f"{told}|{refused}")
    if re.search(told, said["text"]):
        memory.returned[phone.person, receipt] += 1
        memory.returns_confirmed[receipt] += 1


async def _check_returns(phone: Phone, memory: Memory) -> None:
    found = await phone.say("/cekretur", "Retur yang menunggu dicek:|Semua retur sudah")
    if "Semua" in found["text"]:
        return
    with act(phone, "return decided"):
        gone = r"Retur S-\d+ sudah|retur S-\d+ belum bisa dihitung|Retur itu tidak ada"
        card = await phone.tap(found, "S-", rf"Barangnya sudah diterima\?|{gone}")
        if "sudah diterima?" not in card["text"]:
            return
        receipt = re.search(r"S-\d+", card["text"])
        assert receipt is not None
        memory.deciding.set()
        if phone.chance.random() < 0.2:
            card = await confirm(phone, card, "Tolak", f"{WHY}|{gone}")
            if re.search(WHY, card["text"]):
                told = f"Retur {receipt[0]} ditolak"
                said = await phone.tap(card, "Tanpa keterangan", f"{told}|{gone}")
                memory.returns_rejected[receipt[0]] += told in said["text"]
            return
        told = f"Retur {receipt[0]} diterima"
        ends = f"{told}|{gone}"
        said = await confirm(phone, card, "Terima retur", f"{ends}|{TAKEN}")
        while taken := re.search(TAKEN_SUM, said["text"]):
            said = await phone.say(taken[1], f"{ends}|{TAKEN}|{CHANGED}")
            if CHANGED in said["text"]:
                said = await confirm(phone, said, "Terima retur", f"{ends}|{TAKEN}")
        memory.returns_confirmed[receipt[0]] += told in said["text"]


async def _undo(phone: Phone, memory: Memory) -> None:
    """Undo a decision about a recent sale, if there was one and its month is open."""
    if not memory.receipts:
        return
    receipt = phone.chance.choice(memory.receipts[-UNDONE_MAX:])[2]
    steps = (
        Step("Mau diapakan", taps=("Periksa lagi", "Minta penjual membetulkan", "Tolak")),
        Step(f"Kenapa {receipt} diperiksa lagi", taps=("Salah tekan",), decides=True),
        Step(f"Kenapa {receipt} ditolak", taps=("Tercatat dua kali",), decides=True),
        Step(f"perlu dibetulkan di {receipt}", taps=("Jumlahnya keliru",), decides=True),
    )
    waiting = f"{receipt} (menunggu dicek lagi|kembali ke penjualnya)"
    rejected = rf"{receipt} ditolak\. Poin"
    refused = f"{receipt} (sudah dibatalkan|sedang menunggu|barusan|dihitung untuk)"
    refused += f"|Sudah ada retur di {receipt}|{receipt} (penjualan .* sendiri|baru saja)"
    returned = f"Urungkan retur {receipt}"
    with act(phone, "undo"):
        ends = f"{waiting}|{rejected}|{refused}|{returned}"
        said = await converse(phone, memory, f"/urungkan {receipt}", steps, ends)
        if re.search(returned, said["text"]):
            await phone.say("batal", "tidak dilanjutkan")
    if re.search(rejected, said["text"]):
        memory.undone[receipt, "rejected"] += 1
    elif re.search(waiting, said["text"]):
        memory.undone[receipt, "waiting"] += 1


async def _check(phone: Phone, memory: Memory) -> None:
    found = await phone.say("/setujui", r"\d penjualan menunggu|Semua penjualan sudah")
    if "Semua" in found["text"]:
        return
    if phone.chance.random() < 0.6:
        card = await phone.tap(found, "Setujui semua", rf"{AT_ONCE}|satu per satu|Semua penjualan")
        if AT_ONCE not in card["text"]:
            return
        told = "penjualan disetujui|Tidak ada yang diubah|Semua penjualan sudah"
        said = await confirm(phone, card, "Ya, semua", told)
    else:
        # The queue may be another one by now, and is shown again.
        card = await phone.tap(found, "S-", rf"Disetujui\?|{SETTLED}|{CHANGED}")
        if "Disetujui?" not in card["text"]:
            return
        if phone.chance.random() < 0.3:
            card = await confirm(phone, card, "Tolak", f"{WHY_REJECTED}|{SETTLED}")
            if WHY_REJECTED in card["text"]:
                await phone.tap(card, "Tanpa keterangan", f"ditolak|{SETTLED}")
            return
        said = await phone.tap(card, "Setujui", f"penjualan disetujui|{SETTLED}")
    counted = re.search(r"(\d+) penjualan disetujui", said["text"])
    memory.approved += int(counted[1]) if counted else 0
