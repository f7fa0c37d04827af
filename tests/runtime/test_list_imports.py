"""Lists that admins send: a large and messy one, killed halfway, sent twice, made to do harm."""

import asyncio
import base64
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.company import load_company
from bot.runtime import job_runner
from bot.services.members import import_steps
from bot.store.ledger import ledger_audit
from bot.store.proof.integrity import prove
from bot.system.child_process import JobCrashedError
from tests import stage as stages
from tests.cli.imports.workbooks import xlsx
from tests.stage import SAMPLE, Given, Stage, with_plan

GIVEN = [
    Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",)),
    Given("Maya Lestari", "Ibu", "Budi", roles=("admin",)),
    Given("Sari Dewi", sponsor="Budi"),
]
MEMBERS = 2_000
FINISH = "import members finish"
SMALL: list[list[Any]] = [
    ["Nomor", "Nama", "HP", "Sponsor", "Bergabung", "Saldo Awal"],
    ["A-1", "Tono Hadi", 81355501111, "", date(2019, 3, 1), 150_000],
    ["A-2", "Wati Rahayu", 81355501234, "A-1", date(2020, 3, 1), 25_000],
]
SUM = 175_000
FAULT = re.compile(r"^Baris (\d+): ", re.MULTILINE)


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr(job_runner, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(stages, "PATIENCE_SECONDS", 120.0)
    company = with_plan(load_company(SAMPLE))
    policy = replace(company.policy, approve_sales=False)
    async with Stage(tmp_path, GIVEN, replace(company, policy=policy)) as stage:
        await stage.app.scheduler.settled()
        yield stage


async def send(stage: Stage, who: str, body: bytes, name: str = "mitra.xlsx") -> str:
    """Send a file; returns what the bot said last."""
    stage.telegram.phones.document(stage.user(who), name, base64.b64encode(body).decode())
    await stage.settle()
    return await last(stage, who)


async def say(stage: Stage, who: str, words: str) -> str:
    stage.telegram.phones.say(stage.user(who), words)
    await stage.settle()
    return await last(stage, who)


async def last(stage: Stage, who: str) -> str:
    query = (
        f"SELECT payload FROM outbox WHERE chat_id = {stage.user(who)} ORDER BY id DESC LIMIT 1"
    )
    (row,) = await rows(stage, query)
    return str(json.loads(row.payload)["text"])


async def read_jobs(stage: Stage) -> list[int]:
    """The jobs that have read a file, the newest first."""
    query = "SELECT id FROM jobs WHERE kind = 'payout file' ORDER BY id DESC"
    return [row.id for row in await rows(stage, query)]


async def rows(stage: Stage, query: str) -> list[Any]:
    found: list[Any] = await stage.read(lambda conn: list(conn.execute(text(query))))
    return found


async def listed(stage: Stage) -> int:
    """How many members of lists are visible."""
    query = """
        SELECT count(*) AS n FROM members
        WHERE import_id IN (SELECT id FROM imports WHERE state = 'done')
    """
    (row,) = await rows(stage, query)
    return int(row.n)


async def wallets(stage: Stage) -> int:
    query = "SELECT COALESCE(SUM(balance), 0) AS sum FROM accounts WHERE kind = 'wallet'"
    (row,) = await rows(stage, query)
    return int(row.sum)


def table() -> list[list[Any]]:
    """Two thousand members as an office keeps them: a title, a running number, empty columns."""
    chance = Random(7)
    found: list[list[Any]] = [["DAFTAR MITRA"], ["per Oktober 2026"], []]
    headings = ["No", "Nomor", "Nama", "No. HP", "Upline", "Tgl Gabung", "Saldo Awal", "", ""]
    found.append(headings)
    for place in range(1, MEMBERS + 1):
        above = chance.randrange(1, place) if place > 1 else 0
        day = date(2015 + place % 10, 1 + place % 12, 1 + place % 28)
        phone: Any = 81_200_000_000 + place
        if place % 4 == 0:
            phone = f"'0812-{place:08d}"
        row = [place, f"M-{place:04d}", f"Siti Ke-{place % 90}", phone]
        row += [f"m-{above:04d}" if above else "-", day if place % 3 else f"{day:%d/%m/%Y}"]
        found.append([*row, 12_500.0 * (place % 5) or "", "", ""])
    return found


def spoiled(found: list[list[Any]]) -> tuple[list[list[Any]], list[int]]:
    """The table with thirty faults, and their lines."""
    wrong = [[*row] for row in found]
    lines = []
    for number in range(30):
        line = 40 + 60 * number
        column, cell = [
            (3, "0411 123456"), (2, "S"), (3, "6,28123E+11"), (4, "M-9999"), (5, "31/02/2020"),
            (6, "-5"),
        ][number % 6]  # fmt: skip
        wrong[line - 1][column] = cell
        lines.append(line)
    return wrong, lines


@pytest.mark.long
async def test_a_messy_list_of_two_thousand_is_corrected_signed_and_imported(
    stage: Stage,
) -> None:
    right = table()
    wrong, lines = spoiled(right)
    said = ""
    for _ in range(5):
        said = await send(stage, "Budi", xlsx(wrong))
        if "belum bisa masuk" not in said:
            break
        named = {int(line) for line in FAULT.findall(said)}
        assert named <= set(lines)
        for line in named:  # the office works through what it is shown, and sends it again
            wrong[line - 1] = right[line - 1]
    assert wrong == right
    total = sum(12_500 * (place % 5) for place in range(1, MEMBERS + 1))
    shown = f"Rp{total:,}".replace(",", ".")
    assert "Baru: <b>2.000</b>" in said
    assert f"<b>{shown}</b>" in said
    assert await listed(stage) == 0
    (job, *_) = await read_jobs(stage)
    await say(stage, "Budi", f"/kelola impor {job}")
    assert "Jumlahnya belum sama" in await _refused(stage, "Budi", str(total - 1))
    said = await say(stage, "Budi", shown)
    assert "sudah masuk" in said
    assert (await listed(stage), await wallets(stage)) == (MEMBERS, total)
    zone = stage.company.time_zone
    assert await stage.read(lambda conn: prove(conn, zone)) == []
    assert "Tidak ada yang berubah" in await send(stage, "Maya", xlsx(right))


async def _refused(stage: Stage, who: str, words: str) -> str:
    """Returns the last two messages: the refusal and the question again."""
    await say(stage, who, words)
    query = (
        f"SELECT payload FROM outbox WHERE chat_id = {stage.user(who)} ORDER BY id DESC LIMIT 2"
    )
    return " ".join(str(json.loads(row.payload)["text"]) for row in await rows(stage, query))


async def test_two_admins_with_the_same_list_import_it_once(stage: Stage) -> None:
    for who in ("Budi", "Maya"):
        assert "Baru: <b>2</b>" in await send(stage, who, xlsx(SMALL))
    second, first = await read_jobs(stage)
    await say(stage, "Budi", f"/kelola impor {first}")
    await say(stage, "Maya", f"/kelola impor {second}")
    stage.telegram.phones.say(stage.user("Budi"), str(SUM))
    said = await say(stage, "Maya", str(SUM))
    assert "Baru: <b>0</b>" in said + await last(stage, "Budi")
    assert (await listed(stage), await wallets(stage)) == (2, SUM)
    assert await stage.read(ledger_audit.audit) == []


async def test_nobody_confirms_the_list_of_another(stage: Stage) -> None:
    await send(stage, "Budi", xlsx(SMALL))
    (job,) = await read_jobs(stage)
    assert "Coba kirim lagi" in await say(stage, "Maya", f"/kelola impor {job}")
    assert "impor" not in await say(stage, "Sari", f"/kelola impor {job}")
    assert await listed(stage) == 0


async def test_an_import_whose_process_dies_goes_on_and_brings_the_money_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = 0
    finish = import_steps.TASKS[FINISH]

    def broken(conn: Connection, wish: Any, now: datetime) -> dict[str, object]:
        nonlocal tried
        tried += 1
        if tried < 3:
            raise JobCrashedError("its process ended with -9")
        return finish(conn, wish, now)

    monkeypatch.setitem(import_steps.TASKS, FINISH, broken)
    await send(stage, "Budi", xlsx(SMALL))
    (job,) = await read_jobs(stage)
    await say(stage, "Budi", f"/kelola impor {job}")
    assert "sudah masuk" in await say(stage, "Budi", str(SUM))
    assert tried == 3
    assert (await listed(stage), await wallets(stage)) == (2, SUM)
    assert await stage.read(ledger_audit.audit) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (JobCrashedError("its process ended with -9"), "tidak jadi masuk"),
        (RuntimeError("the disk is full"), "belum selesai dimasukkan"),
    ],
)
async def test_an_import_that_fails_changes_nothing_and_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def broken(_conn: Connection, **_facts: object) -> dict[str, object]:
        raise error

    monkeypatch.setitem(import_steps.TASKS, FINISH, broken)
    await send(stage, "Budi", xlsx(SMALL))
    (job,) = await read_jobs(stage)
    await say(stage, "Budi", f"/kelola impor {job}")
    assert words in await say(stage, "Budi", str(SUM))
    assert (await listed(stage), await wallets(stage)) == (0, 0)


async def test_a_bot_that_is_started_again_goes_on_with_the_import(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(stage, "Budi", xlsx(SMALL))
    (job,) = await read_jobs(stage)
    await say(stage, "Budi", f"/kelola impor {job}")
    with monkeypatch.context() as patch:
        patch.setattr(stage.app.jobs, "wake", lambda: None)
        stage.telegram.phones.say(stage.user("Budi"), str(SUM))
        await _until(stage, "SELECT 1 FROM jobs WHERE kind = 'list import'")
        await stage.stop()
    await stage.start()
    await stage.settle()
    assert (await listed(stage), await wallets(stage)) == (2, SUM)


async def _until(stage: Stage, query: str) -> None:
    async with asyncio.timeout(stages.PATIENCE_SECONDS):
        while not await rows(stage, query):
            await asyncio.sleep(0.01)


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("xl/worksheets/sheet1.xml", b"<c r='A1'><v>1</v></c>" * 4_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(_bomb, "tidak terbaca", id="bomb"),
        pytest.param(lambda: b"x" * (20 * 1024 * 1024), "terlalu besar", id="20 MB"),
        pytest.param(lambda: b"PK\x03\x04" + bytes(500), "tidak terbaca", id="broken"),
        pytest.param(lambda: b"satu;dua\n1;2\n", "bukan daftar", id="another table"),
    ],
)
async def test_a_harmful_or_a_wrong_file_is_refused_and_the_bot_goes_on(
    stage: Stage, body: Any, words: str
) -> None:
    assert words in await send(stage, "Budi", body())
    assert "Saldo" in await say(stage, "Sari", "/saldo")
