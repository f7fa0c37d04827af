"""Inbox, outbox and their times, on SQLite and on PostgreSQL."""

from datetime import date, timedelta

from sqlalchemy import Connection

from bot.company.model import NO_PLAN
from bot.services.sales import decision
from bot.store.customers import customers
from bot.store.db import counters
from bot.store.members import members, people
from bot.store.queue import attachments, claiming, inbox, outbox, outcomes
from bot.store.queue.inbox import Received
from bot.store.queue.outbox import OutboxMessage, SendResult
from bot.store.tips import tips
from tests.store.both import (
    ACCOUNT,
    DAY,
    MONTH,
    START,
    ZONE,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

SECOND = timedelta(seconds=1)


@in_transaction
def test_an_update_is_stored_once_and_handled_once(conn: Connection) -> None:
    assert inbox.next_offset(conn, 9) == 0
    inbox.store(conn, 9, [(10, "chat 1", "{}"), (11, "chat 2", "{}")], 12, START)
    inbox.store(conn, 9, [(11, "chat 2", "{}"), (12, "chat 1", "{}")], 13, START)
    assert inbox.next_offset(conn, 9) == 13
    first, second, third = inbox.waiting(conn, 0, 10)
    assert first == Received(first.id, 10, "chat 1", "{}", START)
    assert inbox.waiting(conn, first.id, 1) == [second]
    assert inbox.mark_done(conn, first.id)
    assert not inbox.mark_done(conn, first.id)
    assert inbox.mark_failed(conn, second.id, "broke") == 1
    assert inbox.mark_failed(conn, second.id, "broke") == 2
    assert inbox.mark_failed(conn, first.id, "broke") == 0
    assert inbox.mark_dead(conn, second.id, "broke")
    assert not inbox.mark_dead(conn, second.id, "broke")
    assert inbox.dead_letters(conn) == 1
    assert inbox.waiting(conn, 0, 10) == [third]


@in_transaction
def test_old_texts_are_deleted_in_time(conn: Connection) -> None:
    inbox.store(conn, 9, [(10, "chat 1", "words")], 11, START)
    inbox.store(conn, 9, [(11, "chat 1", "words")], 12, START + 25 * DAY)
    for row in inbox.waiting(conn, 0, 10):
        inbox.mark_done(conn, row.id)
    assert not inbox.prune(conn, START + 33 * DAY)
    left = conn.exec_driver_sql("SELECT update_id, body FROM inbox").all()
    assert [tuple(row) for row in left] == [(11, "")]


def _put(conn: Connection, key: str, chat_id: int = 5, kind: outbox.OutboxKind = "answer") -> None:
    assert outbox.put(
        conn, key=key, chat_id=chat_id, kind=kind, method="sendMessage",
        payload={"text": "Halo 😊"}, at=START,
    )  # fmt: skip


def _claim(
    conn: Connection, after: timedelta = timedelta(0), *excluded: int
) -> list[OutboxMessage]:
    return claiming.claim(
        conn, START + after, 1, answers=9, bulk=9, excluded=excluded
    ).outbox_messages


@in_transaction
def test_a_message_is_written_once_and_taken_one_per_chat(conn: Connection) -> None:
    _put(conn, "a")
    _put(conn, "b")
    _put(conn, "t", chat_id=6, kind="tip")
    _put(conn, "c", chat_id=7)
    again = outbox.put(
        conn, key="a", chat_id=5, kind="answer", method="sendMessage", payload={}, at=START
    )
    assert not again
    assert outbox.open_messages(conn, START) == 4
    assert outbox.earliest(conn, START) is None
    message, tip = _claim(conn, timedelta(0), 7)
    assert (message.chat_id, message.payload, message.tries) == (5, {"text": "Halo 😊"}, 1)
    assert tip.kind == "tip"
    outcomes.record_results(
        conn, [SendResult(message, "sent", message_id=2**40), SendResult(tip, "failed")], START
    )
    assert [each.chat_id for each in _claim(conn)] == [5, 7]


@in_transaction
def test_a_chat_that_is_closed_is_held_and_an_old_toast_is_dropped(conn: Connection) -> None:
    _put(conn, "a")
    outbox.put(
        conn, key="t", chat_id=6, kind="toast", method="answerCallbackQuery", payload={},
        at=START, not_before=START, expires_at=START + SECOND,
    )  # fmt: skip
    assert _claim(conn, 4 * SECOND, 5) == []
    assert [each.chat_id for each in _claim(conn, 5 * SECOND)] == [5]
    assert outbox.earliest(conn, START + 5 * SECOND) is None


@in_transaction
def test_a_gate_outlasts_a_restart_but_not_the_pause_that_was_asked_for(conn: Connection) -> None:
    outcomes.close_gate(conn, "chat:5", START, 30 * SECOND)
    outcomes.close_gate(conn, "bulk", START, 3 * SECOND / 2)
    assert outcomes.gates(conn, START + SECOND) == {"chat:5": 29, "bulk": 0.5}
    assert outcomes.gates(conn, START - 2 * DAY) == {"chat:5": 30, "bulk": 2}
    assert outcomes.gates(conn, START + 2 * SECOND) == {"chat:5": 28}
    assert outcomes.gates(conn, START + DAY) == {}


@in_transaction
def test_a_clock_set_back_leaves_no_answer_waiting_for_days(conn: Connection) -> None:
    _put(conn, "a", 5, "answer")
    _put(conn, "n", 6, "notice")
    _put(conn, "t", 7, "tip")
    outbox.put(
        conn, key="planned", chat_id=8, kind="notice", method="sendMessage", payload={},
        at=START, not_before=START + DAY,
    )  # fmt: skip
    later = [SendResult(each, "later", wait=8 * SECOND) for each in _claim(conn)]
    outcomes.record_results(conn, later, START)
    _put(conn, "fresh", 9)
    _put(conn, "behind it", 9)
    assert outcomes.shorten_retries(conn, START) == 0
    assert _claim(conn, -2 * DAY) == []
    assert outcomes.shorten_retries(conn, START - 2 * DAY) == 2
    first = _claim(conn, -2 * DAY)
    assert [each.key for each in first] == ["a", "fresh", "n"]
    sent = [SendResult(each, "sent", message_id=1) for each in first]
    outcomes.record_results(conn, sent, START - 2 * DAY)
    assert [each.key for each in _claim(conn, -2 * DAY)] == ["behind it"]


@in_transaction
def test_an_uncertain_message_is_sent_once_more_at_once_but_a_tip_never(conn: Connection) -> None:
    _put(conn, "a")
    _put(conn, "t", chat_id=6, kind="tip")
    outbox_messages = _claim(conn)
    results = [SendResult(each, "doubt", error="cut") for each in outbox_messages]
    again, _ = outbox.cycle(conn, results=results, now=START, epoch=1, free=5, bulk=5, excluded=())
    assert [(each.chat_id, each.tries) for each in again] == [(5, 2)]
    later = SendResult(again[0], "later", wait=3 * SECOND)
    assert (
        outbox.cycle(conn, results=[later], now=START, epoch=1, free=0, bulk=0, excluded=())[0]
        == []
    )
    assert outbox.earliest(conn, START) == START + 3 * SECOND
    assert len(_claim(conn, 3 * SECOND)) == 1
    assert outcomes.recover(conn, 2, START) == 1
    assert outcomes.recover(conn, 2, START) == 0


@in_transaction
def test_an_old_message_is_deleted_once_it_is_settled(conn: Connection) -> None:
    _put(conn, "a")
    _put(conn, "b", chat_id=6)
    message, _ = _claim(conn)
    outcomes.record_results(conn, [SendResult(message, "sent", message_id=1)], START)
    assert not outbox.prune(conn, START + DAY)
    assert not outbox.prune(conn, START + 100 * DAY)
    left = conn.exec_driver_sql("SELECT key FROM outbox").scalars().all()
    assert left == ["b"]


@in_transaction
def test_a_picture_is_kept_once_and_remembers_its_number(conn: Connection) -> None:
    digest = attachments.keep(conn, "qr.png", b"\x89PNG\x00")
    assert attachments.keep(conn, "qr.png", b"\x89PNG\x00") == digest
    assert attachments.load(conn, digest) == ("qr.png", b"\x89PNG\x00")
    assert attachments.file_id(conn, digest, 2**40) is None
    attachments.remember(conn, digest, 2**40, "F1")
    attachments.remember(conn, digest, 2**40, "F2")
    assert attachments.file_id(conn, digest, 2**40) == "F2"
    assert attachments.file_id(conn, digest, 7) is None, "it belongs to one bot"


@in_transaction
def test_a_counter_is_raised_from_nothing(conn: Connection) -> None:
    assert counters.read(conn, "epoch") == 0
    assert [counters.increment(conn, "epoch"), counters.increment(conn, "epoch")] == [1, 2]
    assert counters.read(conn, "epoch") == 2
    counters.put(conn, "epoch", 2**40)
    counters.put(conn, "menu", 3)
    assert counters.increment(conn, "epoch") == 2**40 + 1
    assert counters.read(conn, "menu") == 3


@in_transaction
def test_writes_are_counted_where_one_connection_does_them_all(conn: Connection) -> None:
    before = counters.rows_changed(conn)
    counters.read(conn, "epoch")
    assert counters.rows_changed(conn) == before
    counters.put(conn, "epoch", 1)
    counters.put(conn, "epoch", 2)
    assert before is None or counters.rows_changed(conn) == before + 2


@in_transaction
def test_a_tip_comes_due_is_given_once_and_is_set_for_the_next_turn(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    members.start_tips(conn, mine, "09:00", START)
    assert tips.due(conn, START - SECOND, 5) == []
    (clock,) = tips.due(conn, START, 5)
    of_one_kind(clock)
    assert clock == tips.DueTip(mine, "09:00", START, ZONE, START, ACCOUNT + 1)
    day = date(2026, 11, 1)
    tips.record(conn, clock, "soap", day, queued=False, at=START)
    assert tips.delivered(conn, [mine], ["soap"], day) == {mine: []}
    tips.record(conn, clock, "soap", day, queued=True, at=START)
    assert tips.delivered(conn, [mine], [], day) == {mine: [("soap", day)]}
    assert tips.delivered(conn, [mine], ["soap"], day + DAY) == {mine: [("soap", day)]}
    key = tips.key("soap", day, mine)
    outbox.put(
        conn, key=key, chat_id=ACCOUNT + 1, kind="tip", method="tip", payload={}, at=START,
        expires_at=START,
    )  # fmt: skip
    assert _claim(conn) == []
    assert tips.delivered(conn, [mine], ["soap"], day) == {mine: []}
    assert tips.reschedule(conn, clock, START + DAY)
    assert not tips.reschedule(conn, clock, START + DAY)
    reader = tips.reader(conn, mine)
    assert reader is not None
    assert (reader.user_id, reader.joined_at) == (ACCOUNT + 1, START)
    people.set_reach(conn, ACCOUNT + 1, "blocked")
    assert tips.reader(conn, mine) is None


@in_transaction
def test_a_tip_speaks_of_what_was_sold(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    first_day = date(2026, 10, 1)
    nothing = tips.TipFigures(0, 0, 0, 0, "", "", "")
    assert tips.figures(conn, mine, MONTH, first_day) == nothing
    soap, tea = stock(conn)
    sale = sell(conn, mine, soap)
    decision.decide(conn, sale, "waiting", "approved", 7, START, plan=NO_PLAN)
    sell(conn, mine, tea, reference="two", sold_on="2026-11-03")
    assert tips.last_logged(conn, [mine], first_day) == {mine: START + DAY}
    assert tips.last_logged(conn, [mine], first_day + 99 * DAY) == {}
    found = tips.figures(conn, mine, MONTH, first_day)
    of_one_kind(found)
    assert found == tips.TipFigures(1, 20_000, 0, 0, soap.name, tea.name, "2026-11-03"), (
        "goods for own use bring no points of sales to customers"
    )
    ani = customers.add(conn, mine, "bu ani", "bu ani", START)
    bought = sell(conn, mine, soap, reference="three", customer_id=ani)
    decision.decide(conn, bought, "waiting", "approved", 7, START, plan=NO_PLAN)
    assert tips.figures(conn, mine, MONTH, first_day).points_month == 2 * soap.points


@in_transaction
def test_a_gate_is_never_shortened_unless_a_wrong_clock_set_it(conn: Connection) -> None:
    outcomes.close_gate(conn, "chat:5", START, 3600 * SECOND)
    outcomes.close_gate(conn, "chat:5", START + SECOND, 5 * SECOND)
    assert outcomes.gates(conn, START + 2 * SECOND) == {"chat:5": 3598}
    outcomes.close_gate(conn, "chat:5", START - SECOND, 5 * SECOND)
    assert outcomes.gates(conn, START) == {"chat:5": 3600}, "a clock put right by a second"
    outcomes.close_gate(conn, "chat:5", START + 60 * SECOND, 3600 * SECOND)
    assert outcomes.gates(conn, START + 60 * SECOND) == {"chat:5": 3600}
    outcomes.close_gate(conn, "chat:5", START - 2 * DAY, 5 * SECOND)
    assert outcomes.gates(conn, START - 2 * DAY) == {"chat:5": 5}, "no one asked for two days"
