"""Words that only one person wrote turn up before nobody else, whatever others type or press.

Each person leaves words and a number that exist nowhere else. Then everybody asks for everything,
also for what is not theirs, and presses every button that is offered. All that a person was ever
shown, files included, is searched for the words of the others.
"""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.stage import Given, Stage

GIVEN = [
    Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",)),
    Given("Maya Lestari", "Ibu", "Budi", roles=("trainer",)),
    Given("Sari Dewi", sponsor="Budi"),
    Given("Rina Safitri", sponsor="Sari"),
    Given("Tuti Rahayu", sponsor="Budi"),
]
STRANGER = "Joko"
SELLERS = ("Rina", "Sari", "Tuti")
EVERYBODY = ("Budi", "Maya", *SELLERS, STRANGER)
LATER = {"Rina": 21_977, "Sari": 23_377, "Tuti": 24_599}
"""Rupiah of a payment that came later, and is as private."""
PAID = {"Rina": 12_377, "Sari": 13_577, "Tuti": 14_799}
"""Rupiah of a down payment, which is the seller's private note."""
RECEIPT_COMMANDS = ("/struk", "/cari", "/ubah", "/retur", "/lagi", "/bayar")
NUMBERS = {"Rina": "+6281277771111", "Sari": "+6281277772222", "Tuti": "+6281277773333"}
"""The number of the customer that each seller has noted."""
STOCK = {"Rina": 7_331, "Sari": 8_447, "Tuti": 9_221}
"""Pieces in their stock, which nobody else sees."""
TAPS_MAX = 150
NOT_PRESSED = ("/hapusdata", "/keluar", "/erasedata", "/leave")


@dataclass(frozen=True)
class Canary:
    """Words that only `owner` wrote; `office` is whether admins may see them as well."""

    words: str
    owner: str
    office: bool


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path, GIVEN) as stage:
        yield stage


async def _say(stage: Stage, who: str, words: str) -> None:
    stage.telegram.phones.say(stage.user(who), words)
    await stage.settle()


def _shown(stage: Stage, who: str) -> list[dict[str, Any]]:
    """All that the bot has ever put into this person's chat, as events of the stand-in."""
    person = stage.user(who)
    events = stage.telegram.world.events.after(0)
    return [each for each in events if each.get("chat") == person and each.get("by_bot")]


def _texts(stage: Stage, who: str) -> Iterator[str]:
    """All words that this person was shown: messages, buttons, alerts, and files."""
    for event in _shown(stage, who):
        message = event.get("message") or {}
        markup = json.dumps(message.get("reply_markup"), ensure_ascii=False)
        yield from (event.get("text") or "", message.get("text") or "", markup)
        yield message.get("caption") or ""
        document = message.get("document")
        if document is not None:
            stored = stage.telegram.world.files.by_id(document["file_id"])
            assert stored is not None
            yield stored.content.decode("utf-8", "replace")


def _buttons(stage: Stage, who: str) -> Iterator[tuple[str, str, int]]:
    """The words, the data and the message of each button that was ever offered, newest last."""
    for event in _shown(stage, who):
        message = event.get("message") or {}
        rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            if "callback_data" in button:
                yield button["text"], button["callback_data"], message["message_id"]


async def _leave_words(stage: Stage) -> list[Canary]:
    """Let people sell and ask; returns what only they have written."""
    left = []
    for who in SELLERS:
        buyer, asked, paid = f"Zkabeli{who.lower()}", f"zkatanya{who.lower()}", PAID[who]
        await _say(stage, who, f"J 2 SABUN Bu {buyer} DP {paid}")
        await _say(stage, who, "ya")
        await _say(stage, who, f"bu {buyer} bayar {LATER[who]:,}".replace(",", "."))
        await _say(stage, who, "ya")
        await _say(stage, who, f"/tanya apakah {asked} boleh dijual di pasar malam?")
        await _press(stage, who, "Kirim ke kantor")
        for line in (NUMBERS[who], f"catatan: zknota{who.lower()}", f"mau zkmau{who.lower()}"):
            await _say(stage, who, f"/pelanggan bu {buyer}")
            await _press(stage, who, "✏️ Ubah")
            await _say(stage, who, line)
        left.append(Canary(buyer, who, office=False))
        left.append(Canary(NUMBERS[who], who, office=False))
        left.append(Canary(f"zknota{who.lower()}", who, office=False))
        left.append(Canary(f"zkmau{who.lower()}", who, office=False))
        left.append(Canary(asked, who, office=True))
        left.append(Canary(f"{paid:,}".replace(",", "."), who, office=False))
        left.append(Canary(f"{LATER[who]:,}".replace(",", "."), who, office=False))
        await _say(stage, who, f"stok teh {STOCK[who]}")
        await _say(stage, who, "ya")
        left.append(Canary(f"{STOCK[who]:,}".replace(",", "."), who, office=False))
        left.append(Canary(f"{stage.user(who):08d}", who, office=True))
    await _say(stage, STRANGER, "/tanya apakah zkatanyajoko itu halal?")
    await _press(stage, STRANGER, "Kirim ke kantor")
    left.append(Canary("zkatanyajoko", STRANGER, office=True))
    return left


async def _press(stage: Stage, who: str, label: str) -> None:
    """Press the newest button with these words."""
    data, number = [each[1:] for each in _buttons(stage, who) if label in each[0]][-1]
    stage.telegram.phones.forge(stage.user(who), number, data)
    await stage.settle()


def _asked(stage: Stage) -> list[str]:
    """What everybody types, whoever may: all that names a sale, a member or a customer."""
    receipts = [f"S-{1_001 + place}" for place in range(len(SELLERS))]
    words = ["/tim", "/saldo", "/kenapa", "/struk", "/dataku", "/cari Zkabeli", "cari zkatanya"]
    words += ["/utang", "siapa yang belum bayar", "/bayar urung"]
    words += [f"/bayar urung {number}" for number in range(1, 4)]
    words += [f"/utang c{number}" for number in range(1, 6)]
    words += [f"/utang ingat c{number}" for number in range(1, 6)]
    words += ["pelanggan", "/pelanggan Zkabeli", "/pelanggan unduh", "/pelanggan zk"]
    for customer in range(1, len(SELLERS) + 1):
        words += [f"/pelanggan #{customer}", f"/ubahpelanggan {customer}", "batal"]
        words += [f"/lupakan {customer}", "tidak"]
    # An answer repeats what was asked, so it is asked in another spelling.
    words += [f"/pelanggan 0{number[3:6]} {number[6:]}" for number in NUMBERS.values()]
    words += ["/pilihkontak 1", "/pilihkontak 2"]
    words += ["/cekretur", "/setujui", "/kelola", "/kelola tanya", "/kelola peminat"]
    words += ["/stok", "/stok teh", "stok teh sari", "/stok b 2", "/stok urung 1"]
    words += ["/stok keliru 2"]
    words += ["/hariini", "/hariini disembunyikan", "hari ini ngapain"]
    words += [
        f"/hariini {each} {place} debt"
        for each in ("lihat", "sudah", "ingatkan")
        for place in range(1, len(SELLERS) + 1)
    ]
    for receipt in receipts:
        words += [f"{each} {receipt}" for each in RECEIPT_COMMANDS]
        words += [receipt, f"/batalkan {receipt}", f"/setujui foto {receipt}", "batal"]
    for name in SELLERS:
        code, phone = stage.code(name), f"0812{stage.user(name):08d}"[:9]
        words += [f"tim {name}", f"nomor {name}", f"hp {name} berapa", f"{name} jual ke siapa"]
        words += [f"/tim {code}", f"/kelola mitra {name}", f"/kelola hp {code}", f"cari {phone}"]
    return words


async def _ask_for_everything(stage: Stage, who: str) -> None:
    """Type all of it, and press every button that comes, but for those that end the account."""
    for words in _asked(stage):
        await _say(stage, who, words)
    pressed: set[str] = set()
    while len(pressed) < TAPS_MAX:
        open_ones = {
            data: number
            for _, data, number in _buttons(stage, who)
            if data not in pressed and not data.startswith(NOT_PRESSED)
        }
        if not open_ones:
            break
        for data, number in open_ones.items():
            pressed.add(data)
            stage.telegram.phones.forge(stage.user(who), number, data)
        await stage.settle()


@pytest.mark.parametrize("who", EVERYBODY)
async def test_nobody_is_shown_what_another_has_written(stage: Stage, who: str) -> None:
    stage.newcomer(STRANGER)
    left = await _leave_words(stage)
    await _ask_for_everything(stage, who)
    seen = "\n".join(_texts(stage, who))
    # Numbers of phones are shown in groups.
    seen += seen.replace("-", "")
    for canary in left:
        may = who == canary.owner or (canary.office and who == "Budi")
        assert may or canary.words not in seen, f"{who} was shown the words of {canary.owner}"
    own = [canary.words for canary in left if canary.owner == who]
    assert [words for words in own if words not in seen] == []
