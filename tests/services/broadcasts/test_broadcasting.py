"""A broadcast tick by tick, on a real database and without a connection to Telegram."""

import json
import random
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.conversation.late_rendering import fill
from bot.core.messaging.broadcasts import Audience, BroadcastProgress, BroadcastState
from bot.services.broadcasts import sending
from bot.services.broadcasts.sending import RELEASED_MAX, move_broadcasts_on
from bot.store.broadcasts import broadcasts, recipients
from bot.store.members import people, roles
from bot.store.queue import claiming, outcomes
from bot.store.queue.outbox_messages import OutboxMessage, SendResult, Stay
from bot.store.tips import consents
from bot.turn.runtime import BotRuntime
from tests.blank import blank_file
from tests.store.tips.tip_readers import change, join, open_runtime, rows

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
"""Noon in Jakarta, a Monday."""

TICK = timedelta(seconds=15)
HOUR = timedelta(hours=1)
AUTHOR = 7


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[BotRuntime]:
    async with open_runtime(tmp_path) as opened:
        yield opened


async def _write(runtime: BotRuntime, **differing: object) -> int:
    def unit(conn: Connection) -> int:
        people.meet(conn, AUTHOR, "id", NOON)
        roles.grant(conn, AUTHOR, "trainer", None, NOON)
        facts: dict[str, Any] = {
            "reference": "b",
            "author_id": AUTHOR,
            "body": "Halo {sapaan} {nama} & <b>tim</b> {provinsi} {kode}",
            "file_id": "",
            "file_kind": "",
            "audience": Audience("all"),
            "starts_at": NOON,
            "at": NOON,
        }
        return broadcasts.add(conn, **(facts | differing))

    number: int = await runtime.database.write(unit)
    return number


async def _claim(runtime: BotRuntime, now: datetime) -> list[OutboxMessage]:
    return await runtime.database.write(
        lambda conn: (
            claiming.claim(conn, now, 1, answers=1_000, bulk=1_000, excluded=()).outbox_messages
        )
    )


async def _mark(runtime: BotRuntime, marks: list[SendResult], now: datetime) -> None:
    await runtime.database.write(lambda conn: outcomes.record_results(conn, marks, now))


async def _progress(runtime: BotRuntime, number: int) -> BroadcastProgress:
    return await runtime.database.read(lambda conn: recipients.progress(conn, number))


async def _turn(runtime: BotRuntime, number: int, was: Any, state: Any) -> None:
    def unit(conn: Connection) -> None:
        assert broadcasts.change_state(conn, number, was, state)
        recipients.hold(conn, number)

    await runtime.database.write(unit)


async def test_messages_are_written_at_once_and_released_at_their_hour(
    runtime: BotRuntime,
) -> None:
    await join(runtime, 3)
    number = await _write(runtime, starts_at=NOON + HOUR)
    assert await move_broadcasts_on(runtime, NOON) == 0
    assert await _progress(runtime, number) == BroadcastProgress(3, waiting=3)
    assert await _claim(runtime, NOON + HOUR) == []
    assert await move_broadcasts_on(runtime, NOON + HOUR) == 3
    outbox_messages = await _claim(runtime, NOON + HOUR)
    assert len(outbox_messages) == 3
    assert {message.kind for message in outbox_messages} == {"broadcast"}


async def test_no_more_are_out_at_once_than_are_sent_between_two_ticks(
    runtime: BotRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "RELEASED_MAX", 5)
    monkeypatch.setattr(sending, "MEMBERS_PER_UNIT_MAX", 4)
    await join(runtime, 14)
    number = await _write(runtime)
    assert await move_broadcasts_on(runtime, NOON) == 5
    assert await move_broadcasts_on(runtime, NOON) == 0
    sent = [SendResult(message, "sent", message_id=1) for message in await _claim(runtime, NOON)]
    await _mark(runtime, sent, NOON)
    assert await move_broadcasts_on(runtime, NOON + TICK) == 5
    assert await _progress(runtime, number) == BroadcastProgress(14, sent=5, waiting=9)
    assert 30 * TICK.seconds < RELEASED_MAX


async def test_a_broadcast_is_worded_for_its_reader_when_it_leaves(runtime: BotRuntime) -> None:
    await join(runtime, name="Sari <b> Dewi", title="Ibu")
    await _write(runtime)
    await move_broadcasts_on(runtime, NOON)
    (message,) = await _claim(runtime, NOON)
    await change(runtime, "members", name="Tuti & Co")
    payload = await fill(runtime, lambda: NOON, message)
    assert isinstance(payload, dict)
    assert payload["text"] == "Halo Bu Tuti &amp; <b>tim</b> DKI Jakarta C1"
    assert payload["parse_mode"] == "HTML"
    (row,) = json.loads(str(payload["reply_markup"]))["inline_keyboard"]
    assert row == [{"text": "Atur pesan", "callback_data": "+/tips"}]


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_file_goes_with_the_text_below_it(runtime: BotRuntime, kind: str) -> None:
    await join(runtime)
    await _write(runtime, file_id="F1", file_kind=kind, body="Halo")
    await move_broadcasts_on(runtime, NOON)
    (message,) = await _claim(runtime, NOON)
    payload = await fill(runtime, lambda: NOON, message)
    assert isinstance(payload, dict)
    assert (payload[kind], payload["caption"]) == ("F1", "Halo")


@pytest.mark.parametrize(
    ("table", "values", "reason"),
    [
        ("members", {"active": False}, "left"),
        ("members", {"user_id": None}, "left"),
        ("people", {"reach": "blocked"}, "blocked"),
        ("broadcasts", {"state": "paused"}, "paused"),
        ("broadcasts", {"state": "stopped"}, "stopped"),
    ],
)
async def test_a_message_is_not_sent_when_something_changed_since(
    runtime: BotRuntime, table: str, values: dict[str, object], reason: str
) -> None:
    await join(runtime)
    await _write(runtime)
    await move_broadcasts_on(runtime, NOON)
    (message,) = await _claim(runtime, NOON)
    await change(runtime, table, **values)
    stays = await fill(runtime, lambda: NOON, message)
    assert isinstance(stays, Stay)
    assert stays.reason == reason
    assert (stays.wait is None) == (table != "broadcasts")


async def test_a_member_who_opts_out_in_the_meantime_is_counted_as_not_sent(
    runtime: BotRuntime,
) -> None:
    await join(runtime)
    number = await _write(runtime)
    await move_broadcasts_on(runtime, NOON)
    (message,) = await _claim(runtime, NOON)
    await runtime.database.write(lambda conn: consents.note(conn, 1, "broadcasts", False, NOON))
    stays = await fill(runtime, lambda: NOON, message)
    assert isinstance(stays, Stay)
    await _mark(runtime, [SendResult(message, "failed", error=stays.reason)], NOON)
    assert await _progress(runtime, number) == BroadcastProgress(1, unsent=1)


async def test_a_message_too_late_for_today_waits_for_the_morning(runtime: BotRuntime) -> None:
    await join(runtime)
    await _write(runtime)
    evening = datetime(2026, 11, 23, 13, tzinfo=UTC)
    await move_broadcasts_on(runtime, evening - timedelta(seconds=1))
    (message,) = await _claim(runtime, evening - timedelta(seconds=1))
    stays = await fill(runtime, lambda: evening, message)
    assert stays == Stay("outside the hours", 12 * HOUR)
    await _mark(runtime, [SendResult(message, "later", wait=stays.wait)], evening)
    assert await move_broadcasts_on(runtime, evening + HOUR) == 0
    assert await move_broadcasts_on(runtime, evening + 12 * HOUR) == 1


async def test_no_member_gets_a_broadcast_on_a_public_holiday(runtime: BotRuntime) -> None:
    await join(runtime)
    christmas = datetime(2026, 12, 25, 5, tzinfo=UTC)
    await _write(runtime, starts_at=christmas, at=christmas)
    assert await move_broadcasts_on(runtime, christmas) == 0


async def test_a_broadcast_paused_for_a_week_never_leaves(runtime: BotRuntime) -> None:
    await join(runtime, 2)
    number = await _write(runtime)
    await move_broadcasts_on(runtime, NOON)
    await _turn(runtime, number, "running", "paused")
    assert await move_broadcasts_on(runtime, NOON + 7 * 24 * HOUR) == 0
    assert (await _progress(runtime, number)).waiting == 2
    await move_broadcasts_on(runtime, NOON + 7 * 24 * HOUR + TICK)
    assert await _progress(runtime, number) == BroadcastProgress(2, unsent=2)
    (broadcast,) = await rows(runtime, "broadcasts")
    assert broadcast["state"] == "stopped"


async def test_only_the_author_gets_the_result_and_only_once(runtime: BotRuntime) -> None:
    await join(runtime, 2)
    await _write(runtime)
    await move_broadcasts_on(runtime, NOON)
    outbox_messages = await _claim(runtime, NOON)
    await _mark(
        runtime, [SendResult(message, "sent", message_id=1) for message in outbox_messages], NOON
    )
    for _ in range(3):
        await move_broadcasts_on(runtime, NOON + TICK)
    notices = [row for row in await rows(runtime, "outbox") if row["kind"] == "notice"]
    assert [(row["chat_id"], row["key"]) for row in notices] == [(AUTHOR, "broadcast:1:result")]
    (broadcast,) = await rows(runtime, "broadcasts")
    assert (broadcast["total"], broadcast["sent"]) == (2, 2)
    assert broadcast["finished_at"] == NOON + TICK


async def test_a_broadcast_without_recipients_is_done_at_once(runtime: BotRuntime) -> None:
    await join(runtime, 1, zone="Asia/Jakarta")
    await _write(runtime, audience=Audience("WIT"))
    await move_broadcasts_on(runtime, NOON)
    (broadcast,) = await rows(runtime, "broadcasts")
    assert (broadcast["state"], broadcast["total"]) == ("done", 0)


async def test_a_repeat_goes_only_to_those_whose_send_is_uncertain(
    runtime: BotRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MEMBERS_PER_UNIT_MAX", 1)
    await join(runtime, 4)
    number = await _write(runtime)
    await move_broadcasts_on(runtime, NOON)
    first, second, third, fourth = await _claim(runtime, NOON)
    ends = [
        SendResult(first, "sent", message_id=1),
        SendResult(second, "doubt"),
        SendResult(third, "failed", error="message is too long"),
        SendResult(fourth, "failed", error="Forbidden"),
    ]
    await _mark(runtime, ends, NOON)
    again = await _write(runtime, reference="r", repeats=number)
    assert await move_broadcasts_on(runtime, NOON + TICK) == 2
    claimed = await _claim(runtime, NOON + TICK)
    outbox_messages = [message for message in claimed if message.kind == "broadcast"]
    assert [message.chat_id for message in outbox_messages] == [second.chat_id, third.chat_id]
    keys = [row["key"] for row in await rows(runtime, "outbox") if row["broadcast_id"] == again]
    assert keys == [
        f"broadcast:{again}:{message.payload['member']}" for message in outbox_messages
    ]


STEPS = st.lists(
    st.sampled_from(["tick", "take", "pause", "resume", "stop", "block", "refuse", "kill"]),
    max_size=25,
)
Outcome = Literal["sent", "doubt", "failed", "later"]
OUTCOMES: tuple[Outcome, ...] = ("sent", "sent", "doubt", "failed", "later")
PEOPLE = 9


class _Trainer:
    """A broadcast through all kinds of events; remembers who may have got it, and how often."""

    def __init__(self, runtime: BotRuntime, number: int, chance: random.Random) -> None:
        self.runtime = runtime
        self.number = number
        self.chance = chance
        self.now = NOON
        self.epoch = 1
        self.on_their_way: list[OutboxMessage] = []
        self.arrived: Counter[int] = Counter()

    async def do(self, step: str) -> None:
        self.now += TICK
        await getattr(self, step)()

    async def tick(self) -> None:
        await move_broadcasts_on(self.runtime, self.now)

    async def take(self) -> None:
        """Some messages come back, others leave."""
        marks = []
        for message in self.on_their_way:
            outcome = self.chance.choice(OUTCOMES)
            if message.kind == "broadcast":
                self.arrived[message.chat_id] += outcome in {"sent", "doubt"}
            marks.append(SendResult(message, outcome, error="x"))
        await _mark(self.runtime, marks, self.now)
        self.on_their_way = await self.runtime.database.write(
            lambda conn: (
                claiming.claim(
                    conn, self.now, self.epoch, answers=4, bulk=4, excluded=()
                ).outbox_messages
            )
        )

    async def kill(self) -> None:
        """Messages on their way arrive, and the outcome is never recorded."""
        out = [message for message in self.on_their_way if message.kind == "broadcast"]
        self.arrived.update(message.chat_id for message in out)
        self.on_their_way = []
        self.epoch += 1
        await self.runtime.database.write(
            lambda conn: outcomes.recover(conn, self.epoch, self.now)
        )

    async def pause(self) -> None:
        await self._turned("running", "paused")

    async def resume(self) -> None:
        await self._turned("paused", "running")

    async def stop(self) -> None:
        await self._turned("running", "stopped")

    async def block(self) -> None:
        who = 100 + self.chance.randint(1, PEOPLE)
        await self.runtime.database.write(lambda conn: people.set_reach(conn, who, "blocked"))

    async def refuse(self) -> None:
        who = self.chance.randint(1, PEOPLE)
        await self.runtime.database.write(
            lambda conn: consents.note(conn, who, "broadcasts", False, self.now)
        )

    async def _turned(self, was: BroadcastState, state: BroadcastState) -> None:
        def unit(conn: Connection) -> None:
            if broadcasts.change_state(conn, self.number, was, state):
                recipients.hold(conn, self.number)

        await self.runtime.database.write(unit)


@pytest.fixture(scope="module", autouse=True)
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Make the empty database that every example below copies before any loop runs."""
    blank_file(tmp_path_factory.mktemp("blank"))


@given(STEPS, st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
async def test_whatever_happens_the_parts_add_up_to_the_total_and_no_member_gets_two(
    steps: list[str], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        blank_file(Path(folder))
        async with open_runtime(Path(folder)) as runtime:
            await join(runtime, PEOPLE)
            trainer = _Trainer(runtime, await _write(runtime), random.Random(seed))
            for step in [*steps, "resume", *["tick", "take"] * 3]:
                await trainer.do(step)
                progress = await _progress(runtime, trainer.number)
                parts = (
                    progress.sent,
                    progress.blocked,
                    progress.failed,
                    progress.uncertain,
                    progress.unsent,
                )
                assert sum(parts) + progress.waiting == progress.total <= PEOPLE
                assert max(trainer.arrived.values(), default=0) <= 1
                known = sum(trainer.arrived.values())
                assert progress.sent + progress.uncertain <= known + len(trainer.on_their_way)
