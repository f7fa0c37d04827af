"""What becomes of an update that ends the process, and of those in hand beside it."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.core.messaging import retry_policy
from bot.runtime import update_worker as worker_module
from bot.runtime.update_worker import UpdateWorker
from bot.store.db.database import StoreUnavailableError
from bot.store.queue import in_progress
from bot.store.queue.inbox import Received
from tests.faults.looking import said, sell, until
from tests.stage import Stage

POISON = "bom"
CANNOT = "tidak bisa kami proses"
STOPPED = "membuat bot berhenti"
ROWS = text("""
    SELECT id, update_id, lane, body, state, error, taken, alone, ended, ended_alone
    FROM inbox ORDER BY id
""")


TRIES = retry_policy.ENDS_MAX + retry_policy.ALONE_ENDS_MAX


async def rows(stage: Stage) -> list[Any]:
    found: list[Any] = await stage.read(lambda conn: conn.execute(ROWS).all())
    return found


class Ends:
    """Lets the process hang with some updates, and end without a word.

    A process that is killed takes no mark back; what it had in hand stays undone.
    """

    def __init__(self, stage: Stage, patch: pytest.MonkeyPatch) -> None:
        self.stage = stage
        self.hung: list[int] = []
        self.beside: list[set[int]] = []
        self.poison: Callable[[Received], bool] = lambda row: f'"{POISON}"' in row.body
        self._at_work: set[int] = set()
        self._patch = patch
        patch.setattr(worker_module, "STOP_SECONDS", 0.05)
        patch.setattr(worker_module, "AGAIN_SECONDS", 0.05)
        settle = UpdateWorker._process

        async def settled(worker: UpdateWorker, row: Received) -> None:
            self._at_work.add(row.id)
            try:
                if self.poison(row):
                    self.beside.append(self._at_work - {row.id})
                    self.hung.append(row.update_id)
                    await asyncio.Event().wait()
                await settle(worker, row)
            finally:
                self._at_work.discard(row.id)

        patch.setattr(UpdateWorker, "_process", settled)

    async def killed(self) -> None:
        """End the process, and start the next."""
        with self._patch.context() as patch:
            patch.setattr(in_progress, "unmark_all", lambda *_, **__: None)
            await self.stage.stop()
        await self.stage.start()

    async def hangs(self) -> None:
        """Wait until the process hangs once more."""
        count = len(self.hung)
        await until(lambda: len(self.hung) > count)


@pytest.fixture
def ends(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Ends:
    return Ends(stage, monkeypatch)


async def test_what_ends_the_process_again_and_again_is_set_aside_and_nothing_beside_it(
    stage: Stage, ends: Ends, caplog: pytest.LogCaptureFixture
) -> None:
    sari, tuti = stage.user("Sari"), stage.user("Tuti")
    number = stage.telegram.phones.say(sari, POISON)["update_id"]
    stage.telegram.phones.say(sari, "/saldo")
    await until(lambda: len(ends.hung) == 1)
    stage.telegram.phones.say(tuti, "/saldo")
    await until(lambda: len(said(stage, "Tuti")) == 1)
    for times in range(2, TRIES + 1):
        stage.telegram.phones.say(tuti, "/saldo")
        await ends.killed()
        await until(lambda times=times: len(ends.hung) == times)  # type: ignore[misc]
        assert said(stage, "Sari") == []
    assert ends.beside[2:] == [set()] * retry_policy.ALONE_ENDS_MAX
    with caplog.at_level(logging.ERROR, "bot.runtime.update_worker"):
        await ends.killed()
        await stage.settle()
    assert "an update ends the process" in caplog.text
    found = {row.update_id: row for row in await rows(stage)}
    assert (found[number].state, found[number].error) == ("dead", in_progress.REASON)
    assert [row.state for row in found.values()].count("done") == len(found) - 1
    assert CANNOT in said(stage, "Sari")[0]
    assert "Saldo" in said(stage, "Sari")[-1]
    assert sum(STOPPED in words for words in said(stage, "Budi")) == 1
    assert str(number) in said(stage, "Budi")[-1].replace(".", "")
    # All were answered, as asserted above; of the screens that wait only the newest is sent,
    # and how many wait at a kill depends on how fast the machine is.
    assert 2 <= len(said(stage, "Tuti")) <= TRIES
    assert all("Saldo" in words for words in said(stage, "Tuti"))


async def test_innocent_updates_are_tried_alone_in_order_and_are_handled(
    stage: Stage, ends: Ends
) -> None:
    """Everything hangs twice, as under two kills at the worst instants; then nothing does."""
    ends.poison = lambda _: True
    await stage.stop()
    for number in range(5):
        for who in ("Sari", "Tuti"):
            stage.telegram.phones.say(stage.user(who), f"J {number + 1} TEH Bu Ani")
            stage.telegram.phones.say(stage.user(who), "batal")
    await stage.start()
    for count in (2, 4):
        await until(lambda count=count: len(ends.hung) == count)  # type: ignore[misc]
        await ends.killed() if count < 4 else None
    together: list[set[int]] = []
    settle, at_work = UpdateWorker._process, set[int]()

    async def watched(worker: UpdateWorker, row: Received) -> None:
        at_work.add(row.id)
        together.append(set(at_work))
        try:
            await settle(worker, row)
        finally:
            at_work.discard(row.id)

    ends.poison = lambda _: False
    ends._patch.setattr(UpdateWorker, "_process", watched)
    await ends.killed()
    await stage.settle()
    assert len(together) == 20
    assert all(len(each) == 1 for each in together)
    for who in ("Sari", "Tuti"):
        cards = [words for words in said(stage, who) if "Teh Hijau" in words]
        assert [int(words.split()[0]) for words in cards] == [1, 2, 3, 4, 5]
    assert {(row.state, row.ended, row.ended_alone) for row in await rows(stage)} == {
        ("done", 2, 0)
    }


async def test_a_stop_in_order_counts_nothing(stage: Stage, ends: Ends) -> None:
    await stage.stop()
    stage.telegram.phones.say(stage.user("Sari"), POISON)
    stage.telegram.phones.say(stage.user("Sari"), "/saldo")
    await stage.start()
    for times in range(1, 6):
        await until(lambda times=times: len(ends.hung) == times)  # type: ignore[misc]
        assert [row.ended for row in await rows(stage)] == [0, 0]
        assert {row.taken is None for row in await rows(stage)} == {False}
        await stage.stop()
        await stage.start()
    ends.poison = lambda _: False
    await stage.stop()
    await stage.start()
    await stage.settle()
    assert {(row.state, row.ended) for row in await rows(stage)} == {("done", 0)}


async def test_updates_of_a_batch_are_marked_in_hand_at_once(
    stage: Stage, ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends.poison = lambda _: False
    await stage.stop()
    for number in range(60):
        stage.telegram.phones.say(stage.user(("Sari", "Tuti")[number % 2]), "/saldo")
    taken: list[int] = []
    marked: list[list[int]] = []
    take, mark = in_progress.take, in_progress.mark

    def counted(*args: Any, **facts: Any) -> Any:
        found = take(*args, **facts)
        taken.append(len(found))
        return found

    def noted(conn: Connection, ids: list[int], epoch: int) -> None:
        marked.append(list(ids))
        mark(conn, ids, epoch)

    monkeypatch.setattr(in_progress, "take", counted)
    monkeypatch.setattr(in_progress, "mark", noted)
    await stage.start()
    await stage.settle()
    assert sum(taken) == 60
    assert len([count for count in taken if count]) <= 3
    # Each update is marked, and a commit serves several.
    assert {row_id for ids in marked for row_id in ids} >= {row.id for row in await rows(stage)}
    assert len([ids for ids in marked if ids]) <= 15


async def test_two_kills_in_a_backlog_make_suspects_of_a_few(stage: Stage, ends: Ends) -> None:
    """What waits far behind in a chat, or behind other chats, has not ended anything."""
    ends.poison = lambda _: True
    for who in ("Sari", "Tuti", "Budi"):
        await stage.bring(who, ["/saldo"] * 100)
    await until(lambda: len(ends.hung) == 3)
    await ends.killed()
    await until(lambda: len(ends.hung) == 6)
    await ends.killed()
    await until(lambda: len(ends.hung) == 7)  # the first suspect, alone
    suspects = [row for row in await rows(stage) if row.ended == retry_policy.ENDS_MAX]
    most = worker_module.IN_HAND_MAX + worker_module.LANES_AT_ONCE_MAX
    assert 3 <= len(suspects) <= most


async def test_a_suspect_that_broken_books_held_up_is_not_blamed_for_what_comes_next(
    stage: Stage, ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.telegram.phones.say(stage.user("Sari"), POISON)
    for times in (1, 2):
        await until(lambda times=times: len(ends.hung) == times)  # type: ignore[misc]
        await ends.killed() if times == 1 else None
    ends.poison = lambda _: False
    settle, wait = UpdateWorker._process, in_progress.unmark
    broken: list[int] = []
    unwritten: list[int] = []
    seen: list[tuple[int, object]] = []

    async def settled(worker: UpdateWorker, row: Received) -> None:
        suspect, *others = await rows(stage)
        if POISON not in row.body:
            seen.append((suspect.alone, suspect.taken))
        elif len(broken) < 2:
            while not others:
                await asyncio.sleep(0.01)
                _, *others = await rows(stage)
            broken.append(row.id)
            raise StoreUnavailableError("the disk is full")
        await settle(worker, row)

    def unwritable(conn: Connection, row_id: int) -> None:
        if len(unwritten) < 3:
            unwritten.append(row_id)
            raise StoreUnavailableError("the disk is full")
        wait(conn, row_id)

    monkeypatch.setattr(worker_module, "BROKEN_STORE_SECONDS", 0.2)
    monkeypatch.setattr(UpdateWorker, "_process", settled)
    monkeypatch.setattr(in_progress, "unmark", unwritable)
    await ends.killed()
    stage.telegram.phones.say(stage.user("Tuti"), "/saldo")
    await stage.settle()
    assert (len(broken), len(unwritten)) == (2, 3)
    assert seen == [(0, None)]
    assert {(row.state, row.ended_alone) for row in await rows(stage)} == {("done", 0)}


async def test_a_kill_while_one_is_alone_blames_that_one_only(stage: Stage, ends: Ends) -> None:
    """What waits meanwhile is marked as well, but was not in hand."""
    stage.telegram.phones.say(stage.user("Sari"), POISON)
    await until(lambda: len(ends.hung) == 1)
    await ends.killed()
    await until(lambda: len(ends.hung) == 2)
    await ends.killed()
    await until(lambda: len(ends.hung) == 3)
    stage.telegram.phones.say(stage.user("Tuti"), "/saldo")
    while len(found := await rows(stage)) < 2 or found[1].taken is None:
        await asyncio.sleep(0.01)
    assert found[0].alone == 1
    await ends.killed()
    await until(lambda: len(ends.hung) == 4)
    poison, other = await rows(stage)
    assert (poison.ended, poison.ended_alone) == (3, 1)
    assert (other.ended, other.state) == (0, "done")


async def test_an_update_that_is_put_back_has_one_more_try_alone(stage: Stage, ends: Ends) -> None:
    stage.telegram.phones.say(stage.user("Sari"), POISON)
    for times in range(1, TRIES + 1):
        await until(lambda times=times: len(ends.hung) == times)  # type: ignore[misc]
        await ends.killed()
    await stage.settle()
    dead = (await rows(stage))[-1]
    assert dead.state == "dead"
    listed = text("SELECT max(id) FROM inbox WHERE state = 'dead'")
    row_id = await stage.read(lambda conn: conn.execute(listed).scalar_one())
    stage.telegram.phones.say(stage.user("Budi"), f"/kelola ulangi {row_id}")
    await until(lambda: len(ends.hung) == TRIES + 1)
    assert ends.beside[-1] == set()
    await ends.killed()
    await stage.settle()
    assert len(ends.hung) == TRIES + 1
    assert sum(STOPPED in words for words in said(stage, "Budi")) == 2
    again = text("SELECT max(id) FROM inbox WHERE state = 'dead'")
    row_id = await stage.read(lambda conn: conn.execute(again).scalar_one())
    ends.poison = lambda _: False
    stage.telegram.phones.say(stage.user("Budi"), f"/kelola ulangi {row_id}")
    await stage.settle()
    assert {row.state for row in await rows(stage)} == {"done"}


async def test_an_update_whose_very_setting_aside_ends_the_process_has_an_end(
    stage: Stage, ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    burials: list[int] = []

    async def hangs(_runtime: object, row: Received, _at: object, **_how: object) -> None:
        burials.append(row.id)
        await asyncio.Event().wait()

    monkeypatch.setattr(worker_module, "make_dead_letter", hangs)
    stage.telegram.phones.say(stage.user("Sari"), POISON)
    for times in range(1, TRIES + 1):
        await until(lambda times=times: len(ends.hung) == times)  # type: ignore[misc]
        await ends.killed()
    for times in (1, 2):
        await until(lambda times=times: len(burials) == times)  # type: ignore[misc]
        await ends.killed()
    assert await sell(stage, "Tuti", "Ani") == "S-1001"
    assert len(burials) == 2
    assert (await rows(stage))[0].state == "dead"
