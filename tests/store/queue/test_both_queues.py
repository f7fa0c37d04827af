"""Queues of messages and floods of updates, on SQLite and on PostgreSQL."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from bot.store.conversation import flood_control
from bot.store.members import people
from bot.store.queue import (
    chat_queues,
    claiming,
    inbox,
    notice_circles,
    outbox,
    outcomes,
    uncertain,
)
from bot.store.queue.outbox import OutboxKind, OutboxMessage, SendResult
from tests.store.both import DAY, START, in_transaction

SECOND = timedelta(seconds=1)


def _put(
    conn: Connection, key: str, kind: OutboxKind = "answer", chat: int = 5, **more: Any
) -> None:
    assert outbox.put(
        conn, key=key, chat_id=chat, kind=kind, method="sendMessage", payload={}, at=START, **more
    )


def _claim(conn: Connection, after: timedelta = SECOND, epoch: int = 1) -> list[OutboxMessage]:
    return claiming.claim(
        conn, START + after, epoch, answers=9, bulk=9, excluded=()
    ).outbox_messages


def _keys(outbox_messages: list[OutboxMessage]) -> list[str]:
    return [message.key for message in outbox_messages]


@in_transaction
def test_a_chat_gets_its_answers_in_order_whatever_the_outcome_of_each(conn: Connection) -> None:
    for key in "abc":
        _put(conn, key)
    (first,) = _claim(conn)
    assert _claim(conn) == []
    outcomes.record_results(conn, [SendResult(first, "later", wait=5 * SECOND)], START)
    assert _claim(conn) == []
    (again,) = _claim(conn, 5 * SECOND)
    outcomes.record_results(conn, [SendResult(again, "failed")], START)
    (second,) = _claim(conn)
    outcomes.record_results(conn, [SendResult(second, "sent", message_id=1)], START)
    assert _keys([first, again, second, *_claim(conn)]) == ["a", "a", "b", "c"]


@in_transaction
def test_a_notice_for_the_morning_holds_no_answer_and_one_at_a_time_goes(
    conn: Connection,
) -> None:
    _put(conn, "morning", "notice", not_before=START + DAY)
    _put(conn, "answer")
    _put(conn, "tip", "tip")
    (answer,) = _claim(conn)
    assert answer.key == "answer"
    assert _claim(conn, DAY) == []
    outcomes.record_results(conn, [SendResult(answer, "sent", message_id=1)], START)
    assert _keys(_claim(conn, DAY)) == ["morning"]


@in_transaction
def test_the_first_of_each_queue_is_found_again_at_a_start(conn: Connection) -> None:
    for key in ("tip1", "tip2"):
        _put(conn, key, "tip")
    for key in ("a", "b"):
        _put(conn, key, chat=6)
    assert _keys(_claim(conn)) == ["a", "tip1"]
    assert _claim(conn) == []
    assert outcomes.recover(conn, 2, START) == 2
    assert _keys(_claim(conn, epoch=2)) == ["a", "tip2"]
    conn.exec_driver_sql("UPDATE outbox SET state = 'new', due_at = NULL")
    assert chat_queues.unpark_all(conn) == 2
    assert _keys(_claim(conn, epoch=3)) == ["a", "tip1"]


@in_transaction
def test_only_the_newest_waiting_screen_is_sent(conn: Connection) -> None:
    _put(conn, "screen1", passing=True)
    _put(conn, "receipt")
    _put(conn, "screen2", passing=True)
    _put(conn, "screen3", passing=True)
    _put(conn, "other chat", chat=6, passing=True)
    sent = []
    for _ in range(4):
        outbox_messages = _claim(conn)
        outcomes.record_results(
            conn, [SendResult(each, "sent", message_id=1) for each in outbox_messages], START
        )
        sent += _keys(outbox_messages)
    assert sorted(sent[:2]) == ["other chat", "receipt"]
    assert sent[2:] == ["screen3"]
    found = conn.exec_driver_sql("SELECT key, error FROM outbox WHERE state = 'expired'")
    assert sorted(tuple(row) for row in found) == [
        ("screen1", "replaced"),
        ("screen2", "replaced"),
    ]


@in_transaction
def test_messages_the_office_resends_go_behind_those_that_wait(conn: Connection) -> None:
    _put(conn, "a")
    (message,) = _claim(conn)
    conn.exec_driver_sql("UPDATE outbox SET state = 'uncertain'")
    _put(conn, "b")
    assert uncertain.send_again(conn, message.id, START)
    (second,) = _claim(conn)
    outcomes.record_results(conn, [SendResult(second, "sent", message_id=1)], START)
    assert _keys([second, *_claim(conn)]) == ["b", f"again:{message.id}"]


@in_transaction
def test_a_person_who_unblocks_the_bot_gets_messages_again(conn: Connection) -> None:
    for key in "abc":
        _put(conn, key)
    (message,) = _claim(conn)
    people.set_reach(conn, 5, "blocked")
    outcomes.record_results(conn, [SendResult(message, "failed")], START)
    _put(conn, "d")
    assert _keys(_claim(conn)) == ["d"]


@in_transaction
def test_a_flood_is_counted_with_its_open_and_waiting_updates(conn: Connection) -> None:
    lines = [(number, "chat 5", "{}") for number in range(1, 6)]
    inbox.store(conn, 9, [*lines, (6, "chat 6", "{}")], 7, START)
    first, *others, _ = inbox.waiting(conn, 0, 10)
    for key in "abc":
        _put(conn, key)
    found = flood_control.load_of(conn, first.id, 5, 2)
    assert found == flood_control.ChatLoad(2, None, 0, gap=False, received_at=START)
    flood_control.begin(conn, 5, START)
    flood_control.keep(conn, 5, worked=7, gap=True)
    found = flood_control.load_of(conn, first.id, 5, 20)
    assert found == flood_control.ChatLoad(3, START, 7, gap=True, received_at=START)
    assert flood_control.behind(conn, first.id, 10) == others
    assert flood_control.behind(conn, first.id, 2) == others[:2]
    assert inbox.waiting_in(conn, "chat 5", others[0].id, 2) == others[1:3]
    flood_control.leave_out(conn, [others[0].id, others[2].id])
    assert flood_control.behind(conn, first.id, 10) == [others[1], others[3]]
    assert flood_control.load_of(conn, others[0].id, 5, 20) is None
    flood_control.end(conn, 5)
    after = flood_control.load_of(conn, first.id, 5, 20)
    assert after is not None
    assert after.since is None


@in_transaction
def test_a_parked_chat_is_skipped_until_it_is_called_up(conn: Connection) -> None:
    for key in ("first", "second"):
        _put(conn, key)
    (first,) = claiming.claim(conn, START, 1, answers=9, bulk=9, excluded=()).outbox_messages
    outcomes.record_results(conn, [SendResult(first, "sent", message_id=1)], START)
    (second,) = claiming.claim(conn, START, 1, answers=9, bulk=9, excluded=()).outbox_messages
    outcomes.record_results(conn, [SendResult(second, "later")], START)
    # The only one of its queue is called up again at once after it is parked.
    chat_queues.park(conn, {second.id: second.chat_id}, "answer")
    assert _keys(_claim(conn)) == ["second"]
    chat_queues.unpark(conn, second.chat_id, "answer")
    assert _claim(conn) == []


@in_transaction
def test_a_notice_that_is_sent_again_is_for_the_same_circle(conn: Connection) -> None:
    _put(conn, "news", "notice")
    notice_circles.note(conn, "news", "office")
    (message,) = _claim(conn)
    conn.exec_driver_sql("UPDATE outbox SET state = 'uncertain'")
    assert uncertain.send_again(conn, message.id, START)
    (again,) = _claim(conn)
    assert (again.key, notice_circles.of(conn, again.id)) == (f"again:{message.id}", "office")


@in_transaction
def test_messages_claimed_unnoticed_are_released_as_if_never_tried(
    conn: Connection,
) -> None:
    for key in ("known", "lost", "behind"):
        _put(conn, key, chat=5 if key == "known" else 6)
    _put(conn, "tip", "tip", chat=7)
    _put(conn, "broadcast", "broadcast", chat=8)
    taken = {message.key: message for message in _claim(conn)}
    assert set(taken) == {"known", "lost", "tip", "broadcast"}
    assert outcomes.release_claimed(conn, 2, [taken["known"].id]) == 0, "of another start"
    assert outcomes.release_claimed(conn, 1, [taken["known"].id]) == 3
    assert outcomes.release_claimed(conn, 1, [taken["known"].id]) == 0
    asked = "SELECT key, state, tries, doubts FROM outbox ORDER BY id"
    assert [tuple(row) for row in conn.exec_driver_sql(asked)] == [
        ("known", "sending", 1, 0),
        ("lost", "new", 0, 0),
        ("behind", "new", 0, 0),
        ("tip", "new", 0, 0),
        ("broadcast", "held", 0, 0),
    ]
    assert [(each.key, each.tries) for each in _claim(conn)] == [("lost", 1), ("tip", 1)]
    assert outcomes.release_claimed(conn, 1, []) == 3
