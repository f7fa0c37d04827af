"""A correction tick by tick: whatever happens on the way, everybody ends with the newest text."""

import random
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.conversation.late_rendering import fill, rendered
from bot.core.messaging.broadcasts import Audience
from bot.core.messaging.text_corrections import (
    CORRECTABLE_DAYS_MAX,
    RUNNING_DAYS_MAX,
    CorrectionProgress,
)
from bot.services.broadcasts import correcting
from bot.services.broadcasts.correcting import SETTLING
from bot.services.broadcasts.sending import move_broadcasts_on
from bot.store.broadcasts import broadcast_corrections, broadcasts, recipients
from bot.store.broadcasts.audience import Recipient
from bot.store.broadcasts.broadcast_corrections import BroadcastCorrection
from bot.store.members import people, roles
from bot.store.queue import outbox, outcomes
from bot.store.queue.outbox_messages import CORRECTED, OutboxMessage, SendResult, Stay
from bot.turn.runtime import BotRuntime
from tests.blank import blank_file
from tests.store.tips.tip_readers import change, join, open_runtime, rows

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
"""Noon in Jakarta, a Monday."""

TICK = timedelta(seconds=15)
DAY = timedelta(days=1)
AUTHOR, ADMIN = 7, 8
Outcome = Literal["sent", "later", "doubt", "failed"]


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[BotRuntime]:
    async with open_runtime(tmp_path) as opened:
        yield opened


class Company:
    """A broadcast, its corrections, and what stands on the phone of each reader."""

    def __init__(self, runtime: BotRuntime) -> None:
        self.runtime = runtime
        self.now = NOON
        self.epoch = 1
        self.number = 0
        self.text = "Halo {nama}, teks 0"
        self.in_flight: list[OutboxMessage] = []
        self.phones: dict[int, dict[int, str]] = {}
        """The messages of each chat by Telegram's number."""
        self.lost: set[int] = set()
        """Chats whose messages cannot be edited any more."""

    async def write(self, **differing: object) -> int:
        def unit(conn: Connection) -> int:
            for user_id, role in ((AUTHOR, "trainer"), (ADMIN, "admin")):
                people.meet(conn, user_id, "id", NOON)
                roles.grant(conn, user_id, role, None, NOON)
            facts: dict[str, Any] = {
                "reference": "b", "author_id": AUTHOR, "body": self.text, "file_id": "",
                "file_kind": "", "audience": Audience("all"), "starts_at": NOON, "at": NOON,
            }  # fmt: skip
            return broadcasts.add(conn, **(facts | differing))

        self.number = await self.runtime.database.write(unit)
        return self.number

    async def correct(self, words: str, by: int = AUTHOR, number: int = 0) -> int:
        number = number or self.number
        self.text = words

        def unit(conn: Connection) -> int:
            kin = broadcast_corrections.family(conn, number)
            broadcast_corrections.lock(conn, kin[0])
            return broadcast_corrections.add(
                conn, reference=words, broadcast_id=number, kin=kin, author_id=by, body=words,
                at=self.now,
            )  # fmt: skip

        return await self.runtime.database.write(unit)

    async def tick(self, after: timedelta = TICK) -> None:
        self.now += after
        await move_broadcasts_on(self.runtime, self.now)

    async def take(self, *results: SendResult, most: int = 1_000) -> list[OutboxMessage]:
        """Record results and claim the next messages, as the sender does in one commit."""
        cycle = partial(
            outbox.cycle, results=results, now=self.now, epoch=self.epoch, free=most, bulk=most,
            excluded=(), render=partial(rendered, self.runtime, lambda: self.now),
        )  # fmt: skip
        claimed, _ = await self.runtime.database.write(cycle)
        self.in_flight = [*self.in_flight, *claimed]
        return claimed

    async def send(self, outgoing: OutboxMessage, outcome: Outcome = "sent") -> SendResult:
        """Have Telegram do what it does at this outcome; an uncertain call may have worked."""
        self.in_flight = [each for each in self.in_flight if each is not outgoing]
        payload: object = outgoing.payload
        if outgoing.method in {"broadcast", "correction"}:
            payload = await fill(self.runtime, lambda: self.now, outgoing)
        if isinstance(payload, Stay):
            stays: Outcome = "failed" if payload.wait is None else "later"
            return SendResult(outgoing, stays, error=payload.reason, wait=payload.wait)
        assert isinstance(payload, dict)
        chat = self.phones.setdefault(outgoing.chat_id, {})
        if outgoing.kind != "broadcast":
            return SendResult(outgoing, "sent", message_id=1)
        if outgoing.method == CORRECTED:
            if outgoing.chat_id in self.lost:
                return SendResult(outgoing, "failed", error="deleted")
            if outcome in {"sent", "doubt"}:
                chat[payload["message_id"]] = str(payload["text"])
            return SendResult(outgoing, outcome, message_id=payload["message_id"], error="deleted")
        number = len(chat) + 1
        if outcome in {"sent", "doubt"}:
            chat[number] = str(payload["text"])
        return SendResult(outgoing, outcome, message_id=number, error="x")

    async def round(self, outcome: Outcome = "sent") -> None:
        """A tick, and then everything that can be sent is."""
        await self.tick()
        while True:
            results = [await self.send(each, outcome) for each in list(self.in_flight)]
            if not await self.take(*results):
                return

    async def correction(self, number: int) -> BroadcastCorrection:
        found = await self.runtime.database.read(
            partial(broadcast_corrections.load, number=number)
        )
        assert found is not None
        return found

    def texts(self) -> set[str]:
        return {text for chat in self.phones.values() for text in chat.values()}


async def _sent(runtime: BotRuntime, count: int = 3, **differing: object) -> Company:
    """A broadcast that has arrived at everybody."""
    await join(runtime, count, name="Sari")
    company = Company(runtime)
    await company.write(**differing)
    for _ in range(2):  # the second sends the result to the author
        await company.round()
    assert company.texts() == {"Halo Sari, teks 0"}
    return company


async def test_everybody_who_has_it_gets_the_new_text_and_its_author_is_told_once(
    runtime: BotRuntime,
) -> None:
    company = await _sent(runtime)
    number = await company.correct("Halo {nama}, teks 1")
    for _ in range(5):
        await company.round()
    assert company.texts() == {"Halo Sari, teks 1"}
    assert [len(chat) for chat in company.phones.values() if chat] == [1, 1, 1], "no second one"
    closed = await company.correction(number)
    assert (closed.state, closed.progress) == ("done", CorrectionProgress(3, corrected=3))
    told = [
        row for row in await rows(runtime, "outbox") if row["key"].startswith("correction:1:r")
    ]
    assert [row["chat_id"] for row in told] == [AUTHOR]


async def test_who_has_not_got_it_yet_gets_the_new_text_at_once(runtime: BotRuntime) -> None:
    await join(runtime, 3, name="Sari")
    company = Company(runtime)
    await company.write(starts_at=NOON + 2 * TICK)
    await company.tick()
    number = await company.correct("Halo {nama}, teks 1")
    for _ in range(6):
        await company.round()
    assert company.texts() == {"Halo Sari, teks 1"}
    assert (await company.correction(number)).progress == CorrectionProgress()
    assert not [row for row in await rows(runtime, "outbox") if row["method"] == "correction"]


@pytest.mark.parametrize("outcome", ["sent", "later", "doubt", "failed"])
async def test_a_message_that_is_on_its_way_when_the_text_changes_is_edited_once_it_arrives(
    runtime: BotRuntime, outcome: Outcome
) -> None:
    await join(runtime, 1, name="Sari")
    company = Company(runtime)
    await company.write()
    await company.tick()
    (outgoing,) = await company.take()
    number = await company.correct("Halo {nama}, teks 1")
    await company.tick(SETTLING)
    await company.tick(SETTLING)
    assert (await company.correction(number)).finished_at is None, "one is still on its way"
    await company.take(await company.send(outgoing, outcome))
    for _ in range(4):
        await company.round()
    closed = (await company.correction(number)).progress
    if outcome in {"sent", "later"}:
        assert company.texts() == {"Halo Sari, teks 1"}
        assert closed == CorrectionProgress(*((1, 1) if outcome == "sent" else (0, 0)))
    else:
        assert closed == CorrectionProgress(unknown=int(outcome == "doubt"))


async def test_a_second_correction_replaces_the_first_even_where_an_edit_is_on_its_way(
    runtime: BotRuntime,
) -> None:
    company = await _sent(runtime, 4)
    first = await company.correct("Halo {nama}, teks 1")
    await company.tick()
    edits = await company.take(most=2)
    assert {edit.method for edit in edits} == {CORRECTED}
    second = await company.correct("Halo {nama}, teks 2", by=ADMIN)
    await company.tick()
    busy = {edit.chat_id for edit in edits}
    later = await company.take()
    assert not busy & {edit.chat_id for edit in later}, "edits of one chat keep their order"
    for edit in edits:
        await company.take(await company.send(edit))
    for _ in range(5):
        await company.round()
    assert company.texts() == {"Halo Sari, teks 2"}
    replaced, newest = await company.correction(first), await company.correction(second)
    assert (replaced.state, newest.state) == ("replaced", "done")
    assert replaced.progress == CorrectionProgress(4, corrected=2, unsent=2)
    assert newest.progress == CorrectionProgress(4, corrected=4)
    keys = [row["key"] for row in await rows(runtime, "outbox") if row["kind"] == "notice"]
    assert [key for key in keys if key.startswith("correction")] == [f"correction:{second}:result"]


async def test_an_edit_without_an_answer_is_repeated_and_so_is_one_after_a_kill(
    runtime: BotRuntime,
) -> None:
    company = await _sent(runtime, 2)
    number = await company.correct("Halo {nama}, teks 1")
    await company.tick()
    edits = await company.take()
    await company.take(await company.send(edits[0], "doubt"))
    company.in_flight, company.epoch = [], 2
    await runtime.database.write(lambda conn: outcomes.recover(conn, 2, company.now))
    held = [row["state"] for row in await rows(runtime, "outbox") if row["method"] == "correction"]
    assert held == ["held", "held"]
    for _ in range(4):
        await company.round()
    assert company.texts() == {"Halo Sari, teks 1"}
    assert (await company.correction(number)).progress == CorrectionProgress(2, corrected=2)


async def test_an_edit_that_never_gets_an_answer_is_given_up(runtime: BotRuntime) -> None:
    company = await _sent(runtime, 1)
    number = await company.correct("Halo {nama}, teks 1")
    for _ in range(25):
        await company.round("doubt")
    assert (await company.correction(number)).progress == CorrectionProgress(1, failed=1)


@pytest.mark.parametrize(
    ("table", "values", "counted"),
    [
        ("members", {"user_id": None}, {"unsent": 1}),
        ("people", {"reach": "blocked"}, {"blocked": 1}),
        ("people", {"reach": "gone"}, {"failed": 1}),
        ("members", {"active": False}, {"corrected": 1}),
    ],
)
async def test_who_cannot_or_must_not_be_edited_is_counted(
    runtime: BotRuntime, table: str, values: dict[str, object], counted: dict[str, int]
) -> None:
    company = await _sent(runtime, 1)
    await change(runtime, table, **values)
    number = await company.correct("Halo {nama}, teks 1")
    for _ in range(4):
        await company.round()
    assert (await company.correction(number)).progress == CorrectionProgress(1, **counted)
    assert company.texts() == {f"Halo Sari, teks {int('corrected' in counted)}"}


async def test_a_message_that_its_reader_deleted_is_counted(runtime: BotRuntime) -> None:
    company = await _sent(runtime, 1)
    number = await company.correct("Halo {nama}, teks 1")
    for _ in range(4):
        await company.round("failed")
    assert (await company.correction(number)).progress == CorrectionProgress(1, deleted=1)


async def test_an_edit_goes_at_night_and_on_a_holiday_for_it_makes_no_sound(
    runtime: BotRuntime,
) -> None:
    company = await _sent(runtime, 1)
    company.now = datetime(2026, 12, 24, 18, tzinfo=UTC)
    await company.correct("Halo {nama}, teks 1")
    for _ in range(3):
        await company.round()
    assert company.texts() == {"Halo Sari, teks 1"}


async def test_a_caption_is_edited_with_the_buttons_that_were_below_it(
    runtime: BotRuntime,
) -> None:
    await join(runtime, 1, name="Sari")
    company = Company(runtime)
    await company.write(file_id="F1", file_kind="photo")
    await company.tick()
    (outgoing,) = await company.take()
    await company.take(SendResult(outgoing, "sent", message_id=77))
    company.in_flight = []
    await company.correct("Halo {nama}, teks 1")
    await company.tick()
    edit = next(each for each in await company.take() if each.kind == "broadcast")
    assert (edit.payload["message_id"], edit.payload["caption"]) == (77, "Halo Sari, teks 1")
    assert "photo" not in edit.payload
    assert edit.payload["reply_markup"] == outgoing.payload["reply_markup"]


async def test_a_repeat_is_corrected_with_what_it_repeats(runtime: BotRuntime) -> None:
    company = await _sent(runtime, 1)
    first = company.number
    again = await company.write(reference="r", repeats=first)
    await runtime.database.write(
        lambda conn: recipients.write(conn, again, [Recipient(1, 101)], company.now)
    )
    await company.round()
    assert sorted(company.phones[101].values()) == ["Halo Sari, teks 0"] * 2
    await company.correct("Halo {nama}, teks 1", number=first)
    for _ in range(4):
        await company.round()
    assert sorted(company.phones[101].values()) == ["Halo Sari, teks 1"] * 2
    found = await runtime.database.read(partial(broadcasts.load, number=again))
    assert found is not None
    assert (found.body, found.first_body) == ("Halo {nama}, teks 1", "Halo {nama}, teks 0")


async def test_a_correction_stops_when_its_author_may_send_no_broadcasts_any_more(
    runtime: BotRuntime,
) -> None:
    company = await _sent(runtime, 2)
    number = await company.correct("Halo {nama}, teks 1")
    await company.tick()
    claimed = await company.take(most=1)
    await runtime.database.write(lambda conn: roles.revoke(conn, AUTHOR, "trainer"))
    await company.take(await company.send(claimed[0]))
    for _ in range(3):
        await company.round()
    closed = await company.correction(number)
    assert (closed.state, closed.progress) == (
        "stopped", CorrectionProgress(2, corrected=1, unsent=1),
    )  # fmt: skip
    told = [row for row in await rows(runtime, "outbox") if "correction:1:result" in row["key"]]
    assert [row["chat_id"] for row in told] == [ADMIN]
    assert "dihentikan, karena beliau" in told[0]["payload"]


async def test_a_correction_that_cannot_end_is_stopped_after_a_week(runtime: BotRuntime) -> None:
    company = await _sent(runtime, 1)
    number = await company.correct("Halo {nama}, teks 1")
    await company.tick()
    await company.tick(RUNNING_DAYS_MAX * DAY - TICK)
    assert (await company.correction(number)).state == "running"
    await company.tick(TICK)
    closed = await company.correction(number)
    assert (closed.state, closed.progress) == ("stopped", CorrectionProgress(1, unsent=1))


async def test_thousands_are_edited_a_part_at_a_time(
    runtime: BotRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = await _sent(runtime, 9)
    monkeypatch.setattr(correcting, "EDITS_PER_UNIT_MAX", 2)
    monkeypatch.setattr(correcting, "EDITS_RELEASED_MAX", 4)
    number = await company.correct("Halo {nama}, teks 1")
    await company.tick()
    assert len(await company.take()) == 4
    await company.tick()
    assert len(await company.take()) == 4
    for _ in range(5):
        await company.round()
    assert company.texts() == {"Halo Sari, teks 1"}
    assert (await company.correction(number)).progress == CorrectionProgress(9, corrected=9)


async def test_what_a_correction_needs_is_kept_as_long_as_one_is_offered(
    runtime: BotRuntime,
) -> None:
    assert CORRECTABLE_DAYS_MAX + RUNNING_DAYS_MAX < outbox.KEPT_DAYS
    far = NOON + 45 * DAY
    await join(runtime, 1, name="Sari")
    company = Company(runtime)
    await company.write(starts_at=far)
    await company.tick()

    async def prune() -> int:
        """Prune beside a newer message, and return how many of the broadcast are left."""
        await runtime.database.write(
            lambda conn: outbox.put(
                conn,
                key=str(company.now),
                chat_id=1,
                kind="notice",
                method="sendMessage",
                payload={},
                at=company.now,
                not_before=company.now + 999 * DAY,
            )
        )
        await runtime.database.write(partial(outbox.prune, now=company.now))
        return len([row for row in await rows(runtime, "outbox") if row["broadcast_id"]])

    company.now = far - TICK
    assert await prune() == 1, "it was written long ago, and has not been sent"
    await company.round()
    assert company.texts() == {"Halo Sari, teks 0"}
    await company.tick()
    company.now += (CORRECTABLE_DAYS_MAX + RUNNING_DAYS_MAX) * DAY
    assert await prune() == 1
    company.now += outbox.KEPT_DAYS * DAY
    assert await prune() == 0


STEPS = st.lists(
    st.sampled_from(
        ["tick", "tick", "some", "some", "correct", "kill", "pause", "resume", "block", "delete"]
    ),
    max_size=25,
)
OUTCOMES: tuple[Outcome, ...] = ("sent", "sent", "sent", "doubt", "later")
PEOPLE = 5
HALF, MOST = 0.5, 0.7


class _Chaos(Company):
    """Corrections through all kinds of events."""

    def __init__(self, runtime: BotRuntime, chance: random.Random) -> None:
        super().__init__(runtime)
        self.chance = chance
        self.blocked: set[int] = set()
        self.made = 0

    async def some(self) -> None:
        """Some calls end one way or another, others begin."""
        ends = [each for each in self.in_flight if self.chance.random() < MOST]
        results = [await self._ended(each, self.chance.choice(OUTCOMES)) for each in ends]
        await self.take(*results, most=3)

    async def _ended(self, outgoing: OutboxMessage, outcome: Outcome) -> SendResult:
        """Whether a call of unknown outcome was done is up to chance."""
        if outcome == "doubt" and self.chance.random() < HALF:
            result = await self.send(outgoing, "later")
            return replace(result, outcome="doubt", wait=None)
        return await self.send(outgoing, outcome)

    async def fix(self) -> None:
        self.made += 1
        await self.correct(f"Halo {{nama}}, teks {self.made}")

    async def kill(self) -> None:
        """What is on its way arrives or not, and nobody records it."""
        for outgoing in list(self.in_flight):
            await self._ended(outgoing, self.chance.choice(("sent", "later")))
        self.in_flight = []
        self.epoch += 1
        await self.runtime.database.write(
            lambda conn: outcomes.recover(conn, self.epoch, self.now)
        )

    async def pause(self) -> None:
        await self._turned("running", "paused")

    async def resume(self) -> None:
        await self._turned("paused", "running")

    async def block(self) -> None:
        chat = 100 + self.chance.randint(1, PEOPLE)
        self.blocked.add(chat)
        await self.runtime.database.write(lambda conn: people.set_reach(conn, chat, "blocked"))

    async def delete(self) -> None:
        """A reader deletes everything, and an edit finds nothing."""
        self.lost.add(100 + self.chance.randint(1, PEOPLE))

    async def _turned(self, was: Any, state: Any) -> None:
        def unit(conn: Connection) -> None:
            if broadcasts.change_state(conn, self.number, was, state):
                recipients.hold(conn, self.number)

        await self.runtime.database.write(unit)


@pytest.fixture(scope="module", autouse=True)
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Make the empty database that every example below copies before any loop runs."""
    blank_file(tmp_path_factory.mktemp("blank"))


@given(STEPS, st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
async def test_whatever_happens_everybody_who_can_be_reached_ends_with_the_newest_text(
    steps: list[str], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        blank_file(Path(folder))
        async with open_runtime(Path(folder)) as runtime:
            await join(runtime, PEOPLE, name="Sari")
            company = _Chaos(runtime, random.Random(seed))
            await company.write()
            await company.tick()
            for step in steps:
                await getattr(company, {"correct": "fix"}.get(step, step))()
            await company.fix()
            await company.resume()
            for _ in range(8):
                await company.round()
            await _all_have_the_newest(company)


async def _all_have_the_newest(company: _Chaos) -> None:
    newest = f"Halo Sari, teks {company.made}"
    out_of_reach = company.blocked | company.lost
    for row in await rows(company.runtime, "outbox"):
        if row["broadcast_id"] and row["state"] == "sent" and row["chat_id"] not in out_of_reach:
            assert company.phones[row["chat_id"]][row["message_id"]] == newest
    found = await rows(company.runtime, "broadcast_corrections")
    assert {each["state"] for each in found[:-1]} <= {"replaced", "done"}
    assert found[-1]["state"] == "done"
    for each in found:
        assert each["finished_at"] is not None
        parts = ("corrected", "blocked", "deleted", "failed", "unsent")
        assert sum(each[part] for part in parts) == each["total"]
    assert all(len(chat) <= 1 for chat in company.phones.values()), "nobody gets two"
