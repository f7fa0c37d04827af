"""Corrections of broadcasts and their edits, on SQLite and on PostgreSQL."""

import json
from datetime import timedelta

from sqlalchemy import Connection, text

from bot.core.messaging.broadcasts import Audience, BroadcastProgress
from bot.core.messaging.text_corrections import CorrectionProgress, is_correctable
from bot.store.backup import after_restore
from bot.store.broadcasts import (
    broadcast_corrections,
    broadcasts,
    correction_recipients,
    recipients,
)
from bot.store.broadcasts.audience import Recipient
from bot.store.privacy import erasing
from bot.store.queue import claiming, outbox, outcomes, waits
from bot.store.queue.outbox import OutboxMessage, SendResult
from tests.store.both import ACCOUNT, DAY, START, ZONE, in_transaction, join, of_one_kind

AUTHOR = ACCOUNT + 1
SECOND = timedelta(seconds=1)


def _broadcast(conn: Connection, reference: str = "b", **differing: object) -> int:
    facts = {
        "reference": reference,
        "author_id": AUTHOR,
        "body": "satu",
        "file_id": "",
        "file_kind": "",
        "audience": Audience("all"),
        "starts_at": START,
        "at": START,
    }
    return broadcasts.add(conn, **(facts | differing))  # type: ignore[arg-type]


def _correct(conn: Connection, number: int, words: str) -> int:
    kin = broadcast_corrections.family(conn, number)
    broadcast_corrections.lock(conn, kin[0])
    return broadcast_corrections.add(
        conn,
        reference=words,
        broadcast_id=number,
        kin=kin,
        author_id=AUTHOR,
        body=words,
        at=START,
    )


def _claim(conn: Connection) -> list[OutboxMessage]:
    return claiming.claim(conn, START, 1, answers=16, bulk=16, excluded=()).outbox_messages


def _sent(conn: Connection, number: int, ids: list[int]) -> None:
    """Have the broadcast arrive at these members, as messages 501, 502 …."""
    recipients.write(conn, number, [Recipient(each, ACCOUNT + each) for each in ids], START)
    recipients.release(conn, number, [ZONE], START, 99)
    results = [
        SendResult(outgoing, "sent", message_id=500 + place)
        for place, outgoing in enumerate(_claim(conn), 1)
    ]
    outcomes.record_results(conn, results, START)


@in_transaction
def test_a_correction_is_stored_applied_to_all_repeats_and_closed_once(conn: Connection) -> None:
    join(conn, [None])
    first = _broadcast(conn)
    again = _broadcast(conn, "r", repeats=first)
    third = _broadcast(conn, "s", repeats=again)
    other = _broadcast(conn, "o")
    for each in (first, again, third):
        assert list(broadcast_corrections.family(conn, each)) == [first, again, third]
    assert list(broadcast_corrections.family(conn, other)) == [other]
    one = _correct(conn, again, "dua")
    two = _correct(conn, first, "tiga")
    assert broadcast_corrections.by_reference(conn, "dua") == one < two
    assert broadcast_corrections.by_reference(conn, "x") is None
    assert list(broadcast_corrections.unfinished(conn)) == [one, two]
    for each in (first, again, third):
        found = broadcasts.load(conn, each)
        assert found is not None
        assert (found.body, found.first_body, found.edition) == ("tiga", "satu", two)
    assert [one.body for one in broadcasts.latest(conn, AUTHOR, 1)] == ["satu"], "another one"
    assert [one.body for one in broadcasts.latest(conn, None, 2)] == ["satu", "tiga"]
    replaced, newest = broadcast_corrections.load(conn, one), broadcast_corrections.load(conn, two)
    assert replaced is not None
    assert newest is not None
    of_one_kind(newest)
    assert (replaced.state, newest.state, newest.finished_at) == ("replaced", "running", None)
    assert not broadcast_corrections.stop(conn, one)
    counts = CorrectionProgress(9, 3, 1, 1, 2, 2, unknown=4)
    assert broadcast_corrections.close(conn, two, counts, START + DAY)
    assert not broadcast_corrections.close(conn, two, CorrectionProgress(), START)
    closed = broadcast_corrections.load(conn, two)
    assert closed is not None
    of_one_kind(closed)
    assert (closed.state, closed.finished_at, closed.progress) == ("done", START + DAY, counts)
    assert broadcast_corrections.load(conn, 99) is None
    assert list(broadcast_corrections.unfinished(conn)) == [one]
    three = _correct(conn, first, "empat")
    assert broadcast_corrections.stop(conn, three)
    repeat = _broadcast(conn, "t", repeats=third, body="empat", edition=three)
    assert [found.edition for found in [broadcasts.load(conn, repeat)] if found] == [three]


@in_transaction
def test_each_delivered_message_gets_one_edit_of_each_correction(conn: Connection) -> None:
    ids = join(conn, [None, 1, 1, 1])
    number = _broadcast(conn)
    kin = [number]
    _sent(conn, number, ids[:3])
    recipients.write(conn, number, [Recipient(ids[3], ACCOUNT + ids[3])], START)
    assert correction_recipients.delivered(conn, kin) == (3, 1)
    one = _correct(conn, number, "dua")
    assert correction_recipients.outdated(conn, one, kin)
    assert correction_recipients.fill(conn, one, kin, START, 2) == 2
    assert correction_recipients.fill(conn, one, kin, START, 2) == 1
    assert correction_recipients.fill(conn, one, kin, START, 2) == 0
    assert not correction_recipients.outdated(conn, one, kin)
    assert correction_recipients.progress(conn, one) == CorrectionProgress(3, waiting=3)
    assert _claim(conn) == [], "they are held"
    assert correction_recipients.release(conn, one, START, 2) == 2
    assert correction_recipients.released(conn, one) == 2
    first, _second = _claim(conn)
    assert (first.kind, first.method, first.chat_id) == ("broadcast", "correction", ACCOUNT + 1)
    assert first.payload == {
        "correction": one, "broadcast": number, "member": ids[0], "message_id": 501,
    }  # fmt: skip
    two = _correct(conn, number, "tiga")
    assert correction_recipients.fill(conn, two, kin, START, 9) == 3
    assert correction_recipients.expire(conn, one, 9) == 1
    assert correction_recipients.unsettled(conn, one), "two are on their way"
    assert recipients.progress(conn, number).total == 4, "edits are not messages of the broadcast"


@in_transaction
def test_a_message_on_its_way_counts_by_the_text_that_it_has(conn: Connection) -> None:
    ids = join(conn, [None])
    number = _broadcast(conn)
    recipients.write(conn, number, [Recipient(each, ACCOUNT + each) for each in ids], START)
    recipients.release(conn, number, [ZONE], START, 9)
    (outgoing,) = _claim(conn)
    one = _correct(conn, number, "dua")
    read = recipients.read(conn, number, ids[0])
    assert read is not None
    assert (read.body, read.edition) == ("dua", one)
    assert correction_recipients.outdated(conn, one, [number])
    assert correction_recipients.fill(conn, one, [number], START, 9) == 0
    recipients.note_edition(conn, outgoing.id, one)
    assert not correction_recipients.outdated(conn, one, [number])
    assert correction_recipients.outdated(conn, one + 1, [number])
    outcomes.record_results(conn, [SendResult(outgoing, "doubt")], START)
    assert correction_recipients.uncertain(conn, [number]) == 1
    assert not correction_recipients.outdated(conn, one + 1, [number]), "it has no number"


@in_transaction
def test_the_parts_of_a_correction_add_up_and_only_edits_are_repeated(conn: Connection) -> None:
    ids = join(conn, [None] + [1] * 8)
    number = _broadcast(conn)
    _sent(conn, number, ids)
    one = _correct(conn, number, "dua")
    correction_recipients.fill(conn, one, [number], START, 99)
    correction_recipients.release(conn, one, START, 8)
    sent, blocked, deleted, gone, left, doubt, later, cut = _claim(conn)
    results = [
        SendResult(sent, "sent", message_id=501),
        SendResult(blocked, "failed", error="blocked"),
        SendResult(deleted, "failed", error="deleted"),
        SendResult(gone, "failed", error="gone"),
        SendResult(left, "failed", error="left"),
        SendResult(doubt, "doubt", error="cut"),
        SendResult(later, "later", wait=SECOND),
    ]
    outcomes.record_results(conn, results, START)
    outcomes.recover(conn, 2, START)
    wanted = CorrectionProgress(
        9, corrected=1, blocked=1, deleted=1, failed=1, unsent=1, waiting=4
    )
    assert correction_recipients.progress(conn, one) == wanted
    states = "SELECT state FROM outbox WHERE id IN (:a, :b, :c)"
    facts = {"a": doubt.id, "b": later.id, "c": cut.id}
    assert conn.execute(text(states), facts).scalars().all() == ["held"] * 3
    conn.execute(text("UPDATE outbox SET doubts = 99 WHERE id = :id"), {"id": doubt.id})
    correction_recipients.release(conn, one, START + DAY, 99)
    again = claiming.claim(conn, START + DAY, 2, answers=16, bulk=16, excluded=())
    ends = [SendResult(each, "doubt") for each in again.outbox_messages if each.id == doubt.id]
    outcomes.record_results(conn, ends, START + DAY)
    found = correction_recipients.progress(conn, one)
    assert (found.failed, found.waiting) == (2, 3)
    assert found.settled + found.waiting == found.total


@in_transaction
def test_the_words_of_an_erased_author_are_in_no_correction(conn: Connection) -> None:
    join(conn, [None, 1])
    number = _broadcast(conn)
    _sent(conn, number, [2])
    one = _correct(conn, number, "dua")
    erasing.forget_account(conn, AUTHOR, START)
    found, broadcast = broadcast_corrections.load(conn, one), broadcasts.load(conn, number)
    assert found is not None
    assert broadcast is not None
    assert (found.body, broadcast.body, broadcast.first_body) == ("", "", "")


@in_transaction
def test_a_message_whose_words_were_erased_gets_no_edit(conn: Connection) -> None:
    ids = join(conn, [None, 1])
    number = _broadcast(conn)
    _sent(conn, number, ids)
    blank = text("UPDATE outbox SET payload = '{}' WHERE chat_id = :chat")
    conn.execute(blank, {"chat": ACCOUNT + 2})
    one = _correct(conn, number, "dua")
    assert correction_recipients.fill(conn, one, [number], START, 9) == 2
    payloads = conn.execute(text("SELECT payload FROM outbox WHERE correction_id IS NOT NULL"))
    assert [json.loads(each)["member"] for each in payloads.scalars()] == [ids[0]]


@in_transaction
def test_edits_that_a_wrong_clock_put_off_are_due_again(conn: Connection) -> None:
    ids = join(conn, [None])
    number = _broadcast(conn)
    _sent(conn, number, ids)
    one = _correct(conn, number, "dua")
    correction_recipients.fill(conn, one, [number], START, 9)
    far = text("UPDATE outbox SET not_before = :far WHERE correction_id IS NOT NULL")
    conn.execute(far, {"far": int((START + 999 * DAY).timestamp() * 1_000_000)})
    assert correction_recipients.release(conn, one, START, 9) == 0
    assert waits.shorten_waits(conn, START, ZONE, lambda at, _zone: at) == 1
    assert correction_recipients.release(conn, one, START, 9) == 1


@in_transaction
def test_a_correction_in_a_restored_copy_is_stopped(conn: Connection) -> None:
    join(conn, [None])
    one = _correct(conn, _broadcast(conn, starts_at=START + DAY), "dua")
    after_restore.settle(conn, epoch=1, now=START, confirmed=True)
    found = broadcast_corrections.load(conn, one)
    assert found is not None
    assert found.state == "stopped"


@in_transaction
def test_messages_stay_until_a_month_after_their_broadcast_ended(conn: Connection) -> None:
    ids = join(conn, [None])
    number, other = _broadcast(conn), _broadcast(conn, "o")
    recipients.write(conn, number, [Recipient(each, ACCOUNT + each) for each in ids], START)
    recipients.write(conn, other, [Recipient(each, ACCOUNT + each) for each in ids], START)
    ended = START + 60 * DAY
    broadcasts.close(conn, other, BroadcastProgress(), START)

    def left(days: int) -> set[int]:
        """What is left so many days after the end, beside a newer message."""
        now = ended + days * DAY
        outbox.put(
            conn, key=f"new:{days}", chat_id=1, kind="toast", method="x", payload={}, at=now
        )
        outbox.prune(conn, now)
        found = conn.execute(text("SELECT broadcast_id FROM outbox")).scalars()
        return {each for each in found if each is not None}

    assert left(-1) == {number}, "held for its day, though it was written long before"
    broadcasts.close(conn, number, BroadcastProgress(), ended)
    assert left(29) == {number}
    assert left(31) == set()


def test_a_correction_is_offered_for_a_fortnight_after_the_end() -> None:
    assert is_correctable(None, START)
    assert is_correctable(START, START + 14 * DAY)
    assert not is_correctable(START, START + 14 * DAY + SECOND)
