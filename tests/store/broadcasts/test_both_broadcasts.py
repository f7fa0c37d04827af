"""The audience and the messages of a broadcast, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, text

from bot.company import TIME_ZONES
from bot.core.messaging.broadcasts import Audience, BroadcastProgress
from bot.store.bonus import closing, ranks
from bot.store.broadcasts import audience, broadcasts, recipients
from bot.store.broadcasts.audience import AudienceFilter, Recipient
from bot.store.ledger import given_ranks, volumes
from bot.store.members import people
from bot.store.queue import claiming, outcomes
from bot.store.queue.outbox import OutboxMessage, SendResult
from bot.store.tips import consents
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

AUTHOR = ACCOUNT + 1
SECOND = timedelta(seconds=1)
ALL_MEMBERS = AudienceFilter(AUTHOR, TIME_ZONES, START - DAY, START + DAY)


def _found(conn: Connection, circle: AudienceFilter) -> list[int]:
    """The members meant, by page and by count."""
    ids: list[int] = []
    for after in range(0, audience.highest(conn), 2):
        ids += [one.member_id for one in audience.page(conn, circle, after, after + 2)]
    sizes = audience.sizes(conn, circle)
    assert sum(sizes.values()) == len(ids)
    of_one_kind(sizes)
    return ids


@in_transaction
def test_an_audience_is_found_page_by_page_and_matches_its_count(conn: Connection) -> None:
    first, second, third, fourth, fifth, sixth = join(conn, [None, 1, 2, None, 4, 3])
    assert (first, audience.highest(conn)) == (1, 6)
    assert _found(conn, ALL_MEMBERS) == [second, third, fourth, fifth, sixth]
    people.set_reach(conn, ACCOUNT + fourth, "blocked")
    consents.note(conn, third, "broadcasts", False, START)
    consents.note(conn, fifth, "broadcasts", False, START)
    consents.note(conn, fifth, "broadcasts", True, START)
    consents.note(conn, sixth, "tips", False, START)
    conn.execute(text("UPDATE members SET active = 0 WHERE id = 2"))
    assert _found(conn, ALL_MEMBERS) == [fifth, sixth]
    assert _found(conn, AudienceFilter(0, TIME_ZONES, START - DAY, START + DAY)) == [
        first,
        fifth,
        sixth,
    ]
    assert _found(conn, AudienceFilter(AUTHOR, ("Asia/Jakarta",), START, START)) == []
    assert _found(conn, AudienceFilter(AUTHOR, (ZONE,), START, START)) == [fifth, sixth]
    assert _found(conn, AudienceFilter(AUTHOR, TIME_ZONES, START + SECOND, START + DAY)) == []
    assert _found(conn, AudienceFilter(AUTHOR, TIME_ZONES, START - DAY, START - SECOND)) == []
    assert _found(conn, AudienceFilter(AUTHOR, TIME_ZONES, START, START, leader=first)) == [sixth]
    assert _found(conn, AudienceFilter(AUTHOR, TIME_ZONES, START, START, leader=-1)) == []
    _count_sale(conn, fifth)
    sellers = AudienceFilter(AUTHOR, TIME_ZONES, START, START, ("2026-12", MONTH))
    assert _found(conn, sellers) == [fifth]
    assert _found(conn, AudienceFilter(AUTHOR, TIME_ZONES, START, START, ("2026-12",))) == []


@in_transaction
def test_who_sold_nothing_since_a_day_is_found(conn: Connection) -> None:
    _first, second, third, fourth = join(conn, [None, 1, 1, 1])
    soap = stock(conn)[0]
    sell(conn, second, soap, reference="before", sold_on="2026-10-31")
    sell(conn, third, soap, reference="waiting", sold_on="2026-11-02")
    dead = sell(conn, fourth, soap, reference="taken back", sold_on="2026-11-02")
    conn.execute(text("UPDATE sales SET status = 'void' WHERE id = :id"), {"id": dead})
    assert _found(conn, replace(ALL_MEMBERS, sold_from="2026-11-01")) == [second, fourth]
    assert _found(conn, replace(ALL_MEMBERS, sold_from="2026-10-31")) == [fourth]


@in_transaction
def test_the_holders_of_a_title_are_found_whoever_gave_it(conn: Connection) -> None:
    _first, reached, given, higher, raised, back = join(conn, [None, 1, 1, 1, 1, 1])
    held = [
        ranks.Held(reached, "perak", "emas", 0),
        ranks.Held(higher, "emas", "emas", 0),
        ranks.Held(raised, "perak", "perak", 0),
        ranks.Held(back, "perak", "perak", 0),
    ]
    facts = {"plan": "2026-01", "digest": "d", "point_value": 0}
    closing.begin(conn, "2026-10", ready_on=date(2026, 11, 8), at=START, **facts)  # type: ignore[arg-type]
    ranks.add(conn, "2026-10", held)
    for member_id, rank in (
        (given, "emas"), (higher, "intan"), (raised, "emas"), (back, "emas"), (back, ""),
    ):  # fmt: skip
        given_ranks.add(conn, member_id, MONTH, rank, "why", at=START, by=None)
    gold = replace(
        ALL_MEMBERS, ranked_in="2026-10", month=MONTH, titles=("emas",), lower=("perak",)
    )
    assert _found(conn, gold) == [reached, given, raised]
    assert _found(conn, replace(gold, titles=("perak",), lower=())) == [back]
    assert _found(conn, replace(gold, titles=("intan",), lower=("perak", "emas"))) == [higher]
    assert _found(conn, replace(gold, ranked_in="0000-00")) == [given, raised]
    assert _found(conn, replace(gold, month="2026-10")) == [reached, higher]


def _count_sale(conn: Connection, member_id: int) -> None:
    conn.execute(
        text("INSERT INTO volumes (member_id, period, own_count) VALUES (:id, :period, 1)"),
        {"id": member_id, "period": MONTH},
    )
    assert volumes.CHAIN_MAX > 1


def _broadcast(conn: Connection, reference: str = "b", **differing: object) -> int:
    facts = {
        "reference": reference,
        "author_id": AUTHOR,
        "body": "Halo {nama} 😊",
        "file_id": "",
        "file_kind": "",
        "audience": Audience("all"),
        "starts_at": START,
        "at": START,
    }
    return broadcasts.add(conn, **(facts | differing))  # type: ignore[arg-type]


@in_transaction
def test_a_broadcast_is_stored_found_changed_and_closed_once(conn: Connection) -> None:
    join(conn, [None])
    number = _broadcast(conn, file_id="F1", file_kind="photo")
    again = _broadcast(conn, "c", repeats=number, author_id=AUTHOR + 7)
    assert broadcasts.by_reference(conn, "b") == number
    assert broadcasts.by_reference(conn, "x") is None
    found = broadcasts.load(conn, number)
    assert found is not None
    of_one_kind(found)
    assert (found.state, found.filled, found.finished_at, found.progress) == (
        "running", False, None, BroadcastProgress(),
    )  # fmt: skip
    assert (found.file_id, found.body, found.repeats) == ("F1", "Halo {nama} 😊", None)
    assert broadcasts.load(conn, 99) is None
    assert [one.id for one in broadcasts.latest(conn, None, 5)] == [again, number]
    assert [one.id for one in broadcasts.latest(conn, AUTHOR, 5)] == [number]
    assert broadcasts.made_since(conn, AUTHOR, START) == 1
    assert broadcasts.made_since(conn, AUTHOR + 7, START) == 0
    assert broadcasts.made_since(conn, AUTHOR, START + SECOND) == 0
    assert list(broadcasts.unfinished(conn)) == [number, again]
    assert broadcasts.change_state(conn, number, "running", "paused")
    assert not broadcasts.change_state(conn, number, "running", "paused")
    broadcasts.set_filled(conn, number, 500, filled=True)
    assert broadcasts.close(conn, number, BroadcastProgress(6, 1, 1, 1, 1, 2), START + DAY)
    assert not broadcasts.close(conn, number, BroadcastProgress(), START)
    assert not broadcasts.change_state(conn, number, "done", "running")
    found = broadcasts.load(conn, number)
    assert found is not None
    assert (found.state, found.filled, found.filled_upto) == ("done", True, 500)
    assert (found.finished_at, found.progress) == (
        START + DAY,
        BroadcastProgress(6, 1, 1, 1, 1, 2),
    )
    assert list(broadcasts.unfinished(conn)) == [again]
    broadcasts.change_state(conn, again, "running", "stopped")
    broadcasts.close(conn, again, BroadcastProgress(), START)
    stopped = broadcasts.load(conn, again)
    assert stopped is not None
    assert stopped.state == "stopped"


def _claim(conn: Connection, after: timedelta = timedelta(0)) -> list[OutboxMessage]:
    return claiming.claim(conn, START + after, 1, answers=16, bulk=16, excluded=()).outbox_messages


@in_transaction
def test_messages_wait_for_their_release_and_return_when_the_broadcast_pauses(
    conn: Connection,
) -> None:
    ids = join(conn, [None, 1, 1, 1])
    number = _broadcast(conn)
    chosen = [Recipient(each, ACCOUNT + each) for each in ids]
    recipients.write(conn, number, chosen[:3], START)
    recipients.write(conn, number, chosen, START)
    recipients.write(conn, number, [], START)
    assert recipients.progress(conn, number) == BroadcastProgress(4, waiting=4)
    assert recipients.waiting(conn, number) == {ZONE: 4}
    assert _claim(conn) == []
    assert recipients.release(conn, number, ["Asia/Jakarta"], START, 9) == 0
    assert recipients.release(conn, number, [ZONE], START, 3) == 3
    assert recipients.released(conn, number) == 3
    recipients.hold(conn, number)
    assert recipients.released(conn, number) == 0
    assert recipients.release(conn, number, [ZONE], START, 2) == 2
    first, second = _claim(conn)
    assert (first.kind, first.payload) == ("broadcast", {"broadcast": number, "member": ids[0]})
    later = SendResult(first, "later", wait=3 * SECOND)
    outcomes.record_results(conn, [later, SendResult(second, "doubt", error="cut")], START)
    assert recipients.progress(conn, number) == BroadcastProgress(4, uncertain=1, waiting=3)
    assert recipients.release(conn, number, [ZONE], START, 9) == 2
    assert recipients.release(conn, number, [ZONE], START + 3 * SECOND, 9) == 1
    assert len(_claim(conn)) == 2
    assert len(_claim(conn, 3 * SECOND)) == 1


@in_transaction
def test_the_parts_add_up_to_the_total_and_uncertain_sends_can_be_found(
    conn: Connection,
) -> None:
    ids = join(conn, [None] + [1] * 9)
    number = _broadcast(conn)
    recipients.write(conn, number, [Recipient(each, ACCOUNT + each) for each in ids], START)
    recipients.release(conn, number, [ZONE], START, 9)
    sent, blocked, gone, refused, failed, bare, doubt, silent, kept = _claim(conn)
    outcomes.record_results(
        conn,
        [
            SendResult(sent, "sent", message_id=2**40),
            SendResult(blocked, "failed", error="blocked"),
            SendResult(gone, "failed", error="gone"),
            SendResult(refused, "failed", error="refused"),
            SendResult(failed, "failed", error="message is too long"),
            SendResult(bare, "failed", error="left"),
            SendResult(doubt, "doubt", error="cut"),
            SendResult(silent, "doubt"),
            SendResult(kept, "later"),
        ],
        START,
    )
    assert recipients.unsettled(conn, number)
    assert recipients.expire(conn, number, 1) == 1
    assert recipients.expire(conn, number, 9) == 1
    assert not recipients.unsettled(conn, number)
    counted = recipients.progress(conn, number)
    of_one_kind(counted)
    assert counted == BroadcastProgress(10, sent=1, blocked=1, failed=2, uncertain=2, unsent=4)
    people.set_reach(conn, ACCOUNT + ids[7], "blocked")
    assert audience.repeatable(conn, number) == {ZONE: 2}
    (first,) = audience.repeat_recipients(conn, number, 0, 1)
    assert first[1] == Recipient(ids[4], ACCOUNT + ids[4])
    (second,) = audience.repeat_recipients(conn, number, first[0], 5)
    assert second[1].member_id == ids[6]


@in_transaction
def test_a_message_is_read_with_the_current_data_of_its_reader(conn: Connection) -> None:
    first, second = join(conn, [None, 1])
    number = _broadcast(conn)
    found = recipients.read(conn, number, second)
    assert found is not None
    of_one_kind(found)
    assert (found.body, found.user_id, found.code) == ("Halo {nama} 😊", ACCOUNT + 2, "C0000002")
    assert (found.reach, found.active, found.allowed, found.state) == (
        "open", True, True, "running",
    )  # fmt: skip
    consents.note(conn, second, "broadcasts", False, START)
    found = recipients.read(conn, number, second)
    assert found is not None
    assert found.allowed is False
    conn.execute(text("UPDATE members SET user_id = NULL WHERE id = :id"), {"id": first})
    assert recipients.read(conn, number, first) is None


@in_transaction
def test_a_message_without_a_time_gets_one_when_it_is_released(conn: Connection) -> None:
    (mine,) = join(conn, [None])
    number = _broadcast(conn)
    recipients.write(conn, number, [Recipient(mine, ACCOUNT + mine)], START)
    conn.execute(text("UPDATE outbox SET due_at = NULL"))
    assert recipients.release(conn, number, [ZONE], START, 9) == 1
    assert [message.chat_id for message in _claim(conn)] == [ACCOUNT + mine]
