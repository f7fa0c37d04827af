"""Figures about the database, results of the integrity check, and messages after a restore."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.conversation.registry import FLOWS
from bot.store.backup import after_restore
from bot.store.db import counters
from bot.store.db.schema import metadata
from bot.store.jobs import jobs
from bot.store.proof import integrity
from bot.store.queue import claiming, inbox, outbox, outcomes, queue_stats
from bot.store.queue.outbox import SendResult
from tests.store.both import (
    ACCOUNT,
    DAY,
    START,
    ZONE,
    in_transaction,
    join,
    of_one_kind,
    sell,
    stock,
)

HOUR = timedelta(hours=1)
TABLES = metadata.tables
KNOWN = {spec.name: spec.version for spec in FLOWS}


def _write(conn: Connection, key: str, kind: outbox.OutboxKind, **moments: object) -> None:
    assert outbox.put(
        conn, key=key, chat_id=5, kind=kind, method="sendMessage", payload={}, at=START,
        **moments,  # type: ignore[arg-type]
    )  # fmt: skip


def _states(conn: Connection) -> dict[str, str]:
    rows = conn.exec_driver_sql("SELECT key, state FROM outbox").all()
    return {row.key: row.state for row in rows}


@in_transaction
def test_the_figures_of_an_empty_database_are_zeros(conn: Connection) -> None:
    found = queue_stats.figures(conn, START)
    of_one_kind(found)
    assert (found.waiting, found.waiting_since, found.dead, found.open_messages) == (
        0,
        None,
        0,
        (),
    )
    assert set(found.uncertain.values()) == {0}
    assert found.gates == {}
    assert found.jobs == ()
    assert found.size > 100_000
    assert queue_stats.nothing_open(conn, START)
    jobs.ask(conn, "copy", "a", {}, START)
    assert not queue_stats.nothing_open(conn, START)


@in_transaction
def test_the_figures_show_the_waiting_messages_their_age_and_the_dead_letters(
    conn: Connection,
) -> None:
    inbox.store(conn, 9, [(10, "a", "{}"), (11, "b", "{}"), (12, "c", "{}")], 13, START)
    inbox.store(conn, 9, [(13, "d", "{}")], 14, START + DAY)
    first, second, *_ = inbox.waiting(conn, 0, 10)
    inbox.mark_done(conn, first.id)
    inbox.mark_dead(conn, second.id, "broke")
    _write(conn, "u1:1", "answer")
    _write(conn, "later", "notice", not_before=START + DAY)
    _write(conn, "t", "tip")
    [answer] = claiming.claim(conn, START, 1, answers=1, bulk=0, excluded=()).outbox_messages
    outcomes.close_gate(conn, "chat:77", START, 2 * HOUR)
    outcomes.close_gate(conn, "chat:78", START, HOUR)
    outcomes.close_gate(conn, "edits:78", START, HOUR)
    outcomes.close_gate(conn, "menus", START, HOUR)
    outcomes.close_gate(conn, "bulk", START, 0 * HOUR)
    counters.increment(conn, "epoch")
    found = queue_stats.figures(conn, START + HOUR / 2)
    of_one_kind(found)
    assert (found.waiting, found.waiting_since, found.dead) == (2, START, 1)
    assert found.open_messages == (
        queue_stats.OpenMessages("answer", "sending", 1, START),
        queue_stats.OpenMessages("notice", "new", 1, START + DAY),
        queue_stats.OpenMessages("tip", "new", 1, START),
    )
    one = (1, START + HOUR)
    wanted = {"chat": (2, START + 2 * HOUR), "edits": one, "menus": one}
    assert found.gates == wanted, "no label names a chat"
    assert found.epoch == 1
    outcomes.record_results(conn, [SendResult(answer, "sent")], START)
    [tip] = claiming.claim(conn, START, 1, answers=2, bulk=1, excluded=()).outbox_messages
    outcomes.record_results(conn, [SendResult(tip, "doubt")], START)
    found = queue_stats.figures(conn, START)
    assert found.uncertain["tip"] == 1
    assert [heap.kind for heap in found.open_messages] == ["notice"]


@in_transaction
def test_a_count_stops_where_an_operator_has_to_act_anyway(conn: Connection) -> None:
    most = queue_stats.COUNTED_MAX
    inbox.store(conn, 9, [(each, "a", "") for each in range(1, most + 3)], most + 3, START)
    assert queue_stats.figures(conn, START).waiting == most


@in_transaction
def test_a_claimed_message_knows_which_update_it_answers(conn: Connection) -> None:
    _write(conn, "u12:1", "answer")
    [message] = claiming.claim(conn, START, 1, answers=1, bulk=0, excluded=()).outbox_messages
    assert message.key == "u12:1"


@in_transaction
def test_the_outcome_of_an_integrity_check_is_stored_with_its_time(conn: Connection) -> None:
    assert integrity.last(conn) is None
    assert integrity.keep(conn, 3, START) == 0
    assert integrity.last(conn) == integrity.IntegrityResult(START, 3)
    assert integrity.keep(conn, 0, START + DAY) == 3
    assert integrity.last(conn) == integrity.IntegrityResult(START + DAY, 0)


@in_transaction
def test_a_sound_database_passes_the_check_and_a_wrong_counter_is_found(conn: Connection) -> None:
    join(conn, [None, 1, 1])
    assert integrity.prove(conn, ZONE) == []
    conn.execute(TABLES["teams"].update().values(size=7))
    assert any("teams of member 1" in fault for fault in integrity.prove(conn, ZONE))


@in_transaction
def test_nothing_is_stuck_in_a_working_database(conn: Connection) -> None:
    members = join(conn, [None])
    clock = {"member_id": members[0], "hour": "09:00", "due_at": START + DAY}
    conn.execute(TABLES["tip_clocks"].insert(), clock)
    inbox.store(conn, 9, [(10, "a", "{}")], 11, START)
    _write(conn, "u1:1", "answer")
    assert list(integrity.stuck_work(conn, KNOWN, START + HOUR / 2)) == []


@in_transaction
def test_everything_that_is_overdue_is_found(conn: Connection) -> None:
    join(conn, [None, 1])
    clock = {"member_id": 1, "hour": "09:00", "due_at": START}
    conn.execute(TABLES["tip_clocks"].insert(), clock)
    inbox.store(conn, 9, [(10, "a", "{}")], 11, START)
    _write(conn, "u1:1", "answer")
    _write(conn, "later", "notice", not_before=START + 3 * HOUR)
    session = {
        "chat_id": 5, "flow": "forgotten", "version": 1, "reference": "r", "args": "",
        "answers": "[]", "kept": "[]", "asked": "", "started_at": START,
    }  # fmt: skip
    conn.execute(TABLES["sessions"].insert(), session)
    period = {
        "period": "2026-10", "state": "closing", "plan": "p", "plan_digest": "d",
        "ready_on": "2026-11-05", "began_at": START,
    }  # fmt: skip
    conn.execute(TABLES["periods"].insert(), period)
    assert list(integrity.stuck_work(conn, KNOWN, START + 2 * HOUR)) == [
        "1 members can be reached but have no tip schedule",
        "1 tips have been due for over an hour",
        "1 updates have waited for over an hour",
        "1 messages of the kind answer have been due for over an hour",
        "1 open conversations are of an unknown kind: forgotten",
        "the closing of 2026-10 began over an hour ago and has not ended",
    ]


@in_transaction
def test_after_a_restore_nothing_unasked_that_may_have_been_sent_is_sent_again(
    conn: Connection,
) -> None:
    now = START + 10 * HOUR
    for kind in ("toast", "answer", "notice", "tip"):
        _write(conn, kind, kind)
    _write(conn, "tomorrow", "notice", not_before=START + DAY)
    _write(conn, "under way", "answer")
    claiming.claim(conn, START, 3, answers=1, bulk=0, excluded=())
    settled = after_restore.settle(conn, epoch=8, now=now)
    assert (settled.uncertain, settled.resent) == (2, 2)
    assert _states(conn) == {
        "toast": "expired",
        "answer": "new",
        "notice": "uncertain",
        "tip": "uncertain",
        "tomorrow": "new",
        "under way": "new",
    }
    assert counters.read(conn, "epoch") == 9
    [noted] = conn.execute(TABLES["audit"].select()).all()
    assert (noted.action, noted.actor, noted.at) == ("books restored", None, now)


@in_transaction
def test_after_a_restore_broadcasts_under_way_stop_and_those_to_come_stay(
    conn: Connection,
) -> None:
    now = START + 10 * HOUR
    for number, starts_at in ((1, START), (2, START + DAY)):
        broadcast = {
            "id": number, "reference": f"b{number}", "author_id": ACCOUNT, "body": "Halo",
            "audience": "all", "state": "running", "starts_at": starts_at, "created_at": START,
        }  # fmt: skip
        conn.execute(TABLES["broadcasts"].insert(), broadcast)
        for state in ("held", "new", "sent"):
            message = {
                "key": f"{state}{number}", "chat_id": 5, "kind": "broadcast",
                "method": "broadcast", "payload": "{}", "state": state,
                "created_at": START, "broadcast_id": number,
            }  # fmt: skip
            conn.execute(TABLES["outbox"].insert(), message)
    settled = after_restore.settle(conn, epoch=0, now=now)
    assert (settled.uncertain, settled.stopped) == (2, 1)
    assert _states(conn) == {
        "held1": "uncertain", "new1": "uncertain", "sent1": "sent",
        "held2": "held", "new2": "new", "sent2": "sent",
    }  # fmt: skip
    states = conn.exec_driver_sql("SELECT state FROM broadcasts ORDER BY id").scalars().all()
    assert list(states) == ["stopped", "running"]


@in_transaction
def test_after_a_restore_the_tips_of_the_lost_time_are_skipped_to_the_same_hour(
    conn: Connection,
) -> None:
    product = stock(conn)[0]
    join(conn, [None, 1, 1])
    sale_id = sell(conn, 1, product)
    dues = {1: START, 2: START - 3 * DAY, 3: START + 5 * HOUR}
    for member_id, due_at in dues.items():
        clock = {"member_id": member_id, "hour": "09:00", "due_at": due_at}
        conn.execute(TABLES["tip_clocks"].insert(), clock)
    settled = after_restore.settle(conn, epoch=0, now=START + HOUR, confirmed=True)
    assert (settled.skipped, settled.sales, settled.last_sale) == (2, 1, sale_id)
    clocks = conn.execute(TABLES["tip_clocks"].select()).all()
    assert {row.member_id: row.due_at for row in clocks} == {
        1: START + DAY,
        2: START + DAY,
        3: START + 5 * HOUR,
    }
