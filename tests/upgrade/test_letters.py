"""What the version before had not sent yet arrives once, and its half-closed month is closed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.store.ledger import ledger_audit
from tests.chats.directives import Directives
from tests.stage import Given, Stage
from tests.upgrade.people import ADMINS, END, MEMBERS, NEWCOMERS, USERS

MONTH = "2026-10"
CALL = "sampai besok!"
MORNING = END + timedelta(hours=12, minutes=45)
"""A quarter past ten in Papua."""

LEFT = text("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'failed')")
UNCERTAIN = text("SELECT id FROM outbox WHERE state = 'uncertain'")
ASIDE = text("SELECT id FROM inbox WHERE state = 'dead'")
PAID = text("SELECT reference, amount FROM postings WHERE closing IS NOT NULL ORDER BY id")
DUE = text("SELECT member_id, sum(amount) AS amount FROM credits GROUP BY member_id")
STATE = text("SELECT state FROM periods WHERE period = :period")


class Upgraded(Stage):
    """The bot of today on a database of the version before, a minute after its last write."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(
            folder, [Given(name) for name in (*ADMINS, *MEMBERS, *NEWCOMERS)], url=url
        )
        assert self.users == USERS
        # The reminder of the half-closed month would be a message of this version.
        policy = replace(self.company.policy, closing_reminder_days_after=0)
        # The company's plan is the one that the month was begun under.
        versions = tuple(replace(each, qualify_by="bought") for each in self.company.plan.versions)
        plan = replace(self.company.plan, versions=versions)
        self.company = replace(self.company, policy=policy, plan=plan)
        self.clock_start = END + timedelta(minutes=1)

    def _found(self, conn: Connection) -> None:
        """The database is there already."""

    def received(self, who: str) -> list[str]:
        """What the bot has sent to a person since it runs on this code."""
        messages = self.telegram.views.chat(USERS[who])["messages"]
        own = [each for each in messages if each["from"]["is_bot"]]
        return [each.get("text") or each.get("caption", "") for each in own]


@pytest.fixture
async def stage(url: str, tmp_path: Path) -> AsyncIterator[Upgraded]:
    async with Upgraded(tmp_path, url) as stage:
        await stage.settle()
        yield stage


async def say(stage: Upgraded, who: str, words: str) -> None:
    stage.telegram.phones.say(USERS[who], words)
    await stage.settle()


async def test_an_answer_and_a_tip_that_waited_arrive_once(stage: Upgraded) -> None:
    (question,) = stage.received("Oki")
    assert question.startswith("Produk apa yang dicari?")
    assert len(stage.received("Putri")) == 1
    assert [who for who in USERS if stage.received(who)] == ["Oki", "Putri"]


async def test_a_notice_waits_for_its_morning_and_a_broadcast_for_its_hour(
    stage: Upgraded,
) -> None:
    await stage.move_clock(END + timedelta(minutes=16))
    called = {who for who in USERS if any(CALL in each for each in stage.received(who))}
    members = {name.split()[0] for name in (*ADMINS, *MEMBERS)}
    assert called == members - {"Budi", "Tuti"}, "its author, and one where it is night"
    assert stage.received("Tuti") == []
    await stage.move_clock(MORNING)
    texts = stage.received("Tuti")
    assert sum("S-1008" in each for each in texts) == 1
    assert sum(CALL in each for each in texts) == 1
    assert all(sum(CALL in each for each in stage.received(who)) == 1 for who in called)


async def test_the_office_handles_an_uncertain_message_and_a_dead_letter(
    stage: Upgraded,
) -> None:
    letter = await stage.read(lambda conn: conn.execute(UNCERTAIN).scalar_one())
    await say(stage, "Wati", f"/kelola kirim {letter}")
    assert len(stage.received("Lina")) == 1
    assert "Nomor HP yang biasa dipakai?" in stage.received("Lina")[0]
    update = await stage.read(lambda conn: conn.execute(ASIDE).scalar_one())
    await say(stage, "Wati", f"/kelola ulangi {update}")
    await stage.settle()
    assert "Saldo yang bisa diambil" in stage.received("Nina")[0]
    assert await stage.read(lambda conn: conn.execute(ASIDE).scalar_one_or_none()) is None


async def test_nothing_arrives_twice_when_the_bot_starts_again(stage: Upgraded) -> None:
    letter = await stage.read(lambda conn: conn.execute(UNCERTAIN).scalar_one())
    await say(stage, "Wati", f"/kelola kirim {letter}")
    await stage.move_clock(END + timedelta(minutes=16))
    await stage.move_clock(MORNING)
    await say(stage, "Wati", "/menu")  # so that an update was fetched at this hour
    before = {who: stage.received(who) for who in USERS}
    assert await stage.read(lambda conn: conn.execute(LEFT).scalar_one()) == 0
    await stage.stop()
    await stage.start()
    await stage.app.scheduler.tick()
    await stage.settle()
    assert {who: stage.received(who) for who in USERS} == before


async def test_a_month_that_was_half_closed_is_closed_and_paid_once(stage: Upgraded) -> None:
    begun = await stage.read(lambda conn: [tuple(row) for row in conn.execute(PAID)])
    assert len(begun) == 1
    await Directives(stage, {}).on_close(MONTH)
    due = await stage.read(
        lambda conn: {f"bonus:{MONTH}:{row.member_id}": row.amount for row in conn.execute(DUE)}
    )
    paid = await stage.read(lambda conn: [tuple(row) for row in conn.execute(PAID)])
    assert paid[0] == begun[0]
    assert len(paid) == len(due) > 1
    assert dict(paid) == due
    state = await stage.read(lambda conn: conn.execute(STATE, {"period": MONTH}).scalar_one())
    assert state == "closed"
    assert await stage.read(ledger_audit.audit) == []
    await stage.move_clock(MORNING)
    for who in ("Budi", "Sari", "Tuti"):
        assert sum("📕 Oktober 2026" in each for each in stage.received(who)) == 1
