# mypy: ignore-errors
"""Makes `books.sql`: a database in which everything is under way.

It ran on the code of commit b3f98bf, the last one that knew a question by its class and by a hash
over Python's text of it. To run it again, check that commit out beside this one, give it the same
`.venv`, copy this folder to `tests/upgrade` there, and from there:

    .venv/bin/python -m tests.upgrade.make_it tests/upgrade/books.sql

What people say goes through the real conversations; only Telegram is left out, so the messages
are marked as sent by hand. All people in the database are made up.
"""

import asyncio
import json
import re
import sqlite3
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bot.cli.month import ready_on
from bot.services.broadcast_duty import move_broadcasts_on
from bot.services.closing_tasks import TASKS
from bot.store.roster import Entry
from sqlalchemy import text

from bot.core.plans import work_out
from bot.services.tips import enqueue_due
from bot.store import closing, periods, ranks, roster
from tests.services.harness import Harness, open_harness
from tests.stage import SAMPLE, Given, Stage, load_company, with_plan
from tests.upgrade.people import (
    ADMINS,
    END,
    LISTED,
    MEMBERS,
    MORNING,
    OCTOBER,
    PLACES,
    SPONSORS,
    USERS,
)

READ = "Sudah saya baca"
MONTH = "2026-10"


class Maker:
    """A harness whose messages leave at once, so that no person waits for an answer."""

    def __init__(self, harness: Harness, stage: Stage) -> None:
        self.harness, self.stage = harness, stage

    async def do(self, who: str, *steps: str) -> None:
        """Type each of these, tap what is in brackets, share one's own number on `contact`."""
        user = USERS[who]
        for step in steps:
            if step.startswith("["):
                await self.harness.tap(user, step[1:-1])
            elif step == "contact":
                await self.harness.share(user, f"+62812{user:08d}")
            elif step == "photo":
                await self.harness.photo(user)
            else:
                await self.harness.say(user, step)
            await self.write(
                "UPDATE outbox SET state = 'sent', message_id = id "
                "WHERE state = 'new' AND coalesce(not_before, 0) <= :now",
                now=int(self.harness.at.timestamp() * 1_000_000),
            )
        print(f"{who}: {await self.desk.last(user)}\n")

    async def write(self, statement: str, **values: object) -> None:
        await self.harness.runtime.database.write(
            lambda conn: conn.execute(text(statement), values)
        )

    def code(self, who: str) -> str:
        return self.stage.code(who)


async def sell_in_october(maker: Maker) -> None:
    maker.harness.at = OCTOBER
    for who in ("Budi", "Sari", "Tuti", "Rina", "Kiki"):
        await maker.do(who, "J 4 SERUM Bu Ani", "ya")
    await maker.do("Wati", "/setujui semua", "ya")


async def half_close(maker: Maker) -> None:
    """Credits are written and one of those who are paid has been paid."""
    company, database = maker.stage.company, maker.harness.runtime.database
    version = company.plan.version_for(MONTH)

    async def task(name: str, **wish: object) -> None:
        done = await database.write(
            lambda conn: TASKS[name](conn, {"period": MONTH, **wish}, maker.harness.at)
        )
        assert "refused" not in done, done

    await task(
        "closing begin",
        plan=version.since,
        digest=version.digest,
        since=company.plan.versions[0].since,
        ready_on=ready_on(company, MONTH).isoformat(),
        point_value=version.point_value,
    )
    month = await database.read(lambda conn: periods.snapshot(conn, MONTH, version))
    outcome = work_out(version, month)
    await task("closing credits", credits=outcome.credits)
    await task("closing ranks", ranks=ranks.held_after(version, month, outcome))
    payees = await database.read(lambda conn: closing.payees_of(conn, MONTH))
    assert len(payees) > 1, payees
    await task("closing post", payees=payees[:1])


async def open_sales(maker: Maker) -> None:
    await maker.do("Sari", "/jual", "[Sabun Sereh]", "3", "Bu Ani")
    await maker.do("Tuti", "J 2 TEH Bu Rina", "ya")
    await maker.do("Rina", "J 2 SABUN Bu Ani", "ya", "/batalkan S-1007")
    await maker.do("Tuti", "J 1 KOPI Bu Rina", "ya")
    await maker.do("Adam", "/sell", "[Sabun Sereh]", "2")
    await maker.do("Vina", "J 2 SABUN 60rb Bu Ani", "/profil hp")


async def open_office(maker: Maker) -> None:
    await maker.do("Budi", "/setujui S-1006", "[Tolak]")
    await maker.do("Wati", "/kelola peran", maker.code("Sari"), "[Jadikan pelatih]")
    await maker.do("Dian", "/kelola harga 1", "42rb", "55rb")
    await maker.do("Eka", "/kelola mitra", "sari")
    await maker.do("Fitri", f"/kelola beku {maker.code('Nina')}")
    await maker.do("Gita", f"/kelola pindah {maker.code('Oki')}")
    terms = ("[Tetap Rp20.000]", "26rb", "[Tetap 3 poin]", "[Tetap Rp20.000]", "1/12", "ya")
    await maker.do("Hana", "/kelola harga 2", *terms, "/kelola urung 2 2026-12-01")
    await maker.do("Joko", "/setujui semua")


async def open_of_members(maker: Maker) -> None:
    await maker.do("Bayu", "/siaran baru", "Halo {nama}, besok latihan jam 9.")
    await maker.do("Bayu", "[Tanpa lampiran]", "[Semua mitra]", "[19.30]")
    await maker.do("Intan", "/profil nama", "Intan Sari Lestari")
    await maker.do("Kiki", "/profil sapaan")
    await maker.do("Lina", "/profil hp")
    await maker.do("Mira", "/profil daerah", "sulawesi")
    await maker.do("Nina", "/profil jam")
    await maker.do("Oki", "/produk cari")
    await maker.do("Putri", "/tim cari")


async def open_newcomers(maker: Maker) -> None:
    sari = maker.code("Sari")
    await maker.do("Qori", f"/start {sari}", "[Ya, benar]", "[Kak]", f"[{READ}]")
    join = (f"/start {sari}", "[Ya, benar]", "[Bapak]", *[f"[{READ}]"] * 5, "Rudi Hartono")
    await maker.do("Rudi", *join, "0813 0000 7777", "1980", "[Jawa Barat]")
    taken = "UPDATE members SET phone = '+6281300007777' WHERE user_id = :user"
    await maker.write(taken, user=USERS["Intan"])
    await maker.do("Rudi", "[Simpan]")
    await maker.do("Susi", "/start", "[Belum punya kode]", "Susi")
    entry = Entry(
        1, "M-12", LISTED, f"+62812{USERS['Tono']:08d}", maker.code("Budi"), "2024-03-01"
    )
    zone, now = maker.stage.company.time_zone, maker.harness.at
    await maker.harness.runtime.database.write(
        lambda conn: roster.take_over(conn, [entry], zone, seed="M-12", now=now)
    )
    await maker.do("Tono", "/klaim", "contact", "[Ya, itu saya]", "[Bapak]", *[f"[{READ}]"] * 5)
    await maker.do("Joko", f"/kelola pindah {maker.code('Yanti')}")
    await maker.do("Joko", "[Ya, buat kode]")
    found = re.search(r"/pindah (?:<[^>]+>)?([0-9A-Z-]+)", await maker.harness.last(USERS["Joko"]))
    await maker.do("Umar", f"/pindah {found[1]}")
    await maker.do("Joko", "/setujui semua")


async def write_to_all(maker: Maker) -> None:
    """A broadcast that begins in a quarter of an hour; its messages are written and held."""
    await maker.do("Budi", "/siaran baru", "Halo {sapaan} {nama}, sampai besok!")
    await maker.do("Budi", "[Tanpa lampiran]", "[Semua mitra]", "19.45", "[Ya, kirim]")


async def leave_messages(maker: Maker) -> None:
    """An answer, a tip, a held broadcast, a notice for the morning, and two that went wrong."""
    harness, user = maker.harness, USERS["Oki"]
    harness.at = END - timedelta(minutes=1)
    await maker.do("Joko", "/setujui S-1008", "ya", "/setujui semua")
    await harness.say(user, "/produk cari")
    clock = "SELECT id FROM members WHERE user_id = :user"
    await maker.write(
        f"UPDATE tip_clocks SET due_at = :at, hour = '19:30' WHERE member_id = ({clock})",
        at=int(END.timestamp() * 1_000_000),
        user=USERS["Putri"],
    )
    assert await enqueue_due(harness.runtime, END) == 1
    await move_broadcasts_on(harness.runtime, END)
    last = "SELECT max(id) FROM outbox WHERE chat_id = :user AND method = 'sendMessage'"
    await maker.write(
        f"UPDATE outbox SET state = 'uncertain' WHERE id = ({last})", user=USERS["Lina"]
    )
    sender = {"id": USERS["Nina"], "first_name": "Nina"}
    message = {
        "message_id": 900,
        "date": int(END.timestamp()),
        "chat": {**sender, "type": "private"},
        "from": {**sender, "is_bot": False},
        "text": "/saldo",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
    body = json.dumps({"update_id": 7_700_000, "message": message})
    await maker.write(
        "INSERT INTO inbox (bot_id, update_id, lane, body, received_at, state, attempts, error) "
        "VALUES (1, 7700000, :lane, :body, :at, 'dead', 5, 'TypeError')",
        lane=f"chat {sender['id']}",
        body=body,
        at=int(END.timestamp() * 1_000_000),
    )


def dumped(file: Path) -> str:
    """The database as statements, so that a change of it can be read."""
    with sqlite3.connect(file) as books:
        return "\n".join(books.iterdump()) + "\n"


async def main(target: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "books.db"
        harness, database = await open_harness(f"sqlite+aiosqlite:///{file}")
        given = [
            Given(
                name,
                sponsor=SPONSORS.get(name.split()[0], "Budi"),
                province=PLACES.get(name, "dki-jakarta"),
                roles=("admin", "trainer") if name == ADMINS[0] else ("admin",) * (name in ADMINS),
                language="en" if name == "Adam Smith" else "id",
            )
            for name in (*ADMINS, *MEMBERS)
        ]
        stage = Stage(Path(folder), given, with_plan(load_company(SAMPLE)), "sqlite://")
        assert {name: stage.users[name] for name in stage.users}.items() <= USERS.items()
        await database.write(stage._found)
        await database.write(
            lambda conn: conn.execute(
                text("INSERT INTO roles (user_id, role, granted_at) VALUES (:user, 'trainer', 0)"),
                {"user": USERS["Bayu"]},
            )
        )
        maker = Maker(harness, stage)
        await sell_in_october(maker)
        harness.at = MORNING
        await half_close(maker)
        await write_to_all(maker)
        for play in (open_sales, open_office, open_of_members, open_newcomers, leave_messages):
            await play(maker)
        await maker.write("UPDATE seal SET token = '00000000000000000000000000000000'")
        await database.close()
        Path(target).write_text(dumped(file), "utf-8")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
