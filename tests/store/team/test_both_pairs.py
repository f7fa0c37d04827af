"""Numbers that are asked for, messages that are relayed, and what is allowed; on both engines."""

from datetime import timedelta

from sqlalchemy import Connection, text

from bot.store.ledger import volumes
from bot.store.team import legs, number_requests, pair_permissions, relayed, search
from tests.store.both import DAY, MONTH, START, in_transaction, join, of_one_kind

LINE = [None, 1, 2, None]
"""1 > 2 > 3; and 4 is alone."""


@in_transaction
def test_the_newest_decision_about_one_other_counts(conn: Connection) -> None:
    join(conn, LINE)
    assert not pair_permissions.allows(conn, 3, 1, "phone")
    assert pair_permissions.allows(conn, 3, 1, "messages")
    pair_permissions.note(conn, 3, 1, "phone", True, START)
    pair_permissions.note(conn, 3, 2, "messages", False, START)
    assert pair_permissions.allows(conn, 3, 1, "phone")
    assert not pair_permissions.allows(conn, 3, 2, "phone")
    assert not pair_permissions.allows(conn, 1, 3, "phone")
    assert not pair_permissions.allows(conn, 3, 2, "messages")
    found = pair_permissions.changed(conn, 3)
    of_one_kind(found)
    assert [(each.other_id, each.purpose) for each in found] == [(2, "messages"), (1, "phone")]
    assert pair_permissions.permission(conn, found[0].id, 3) == found[0]
    assert pair_permissions.permission(conn, found[0].id, 2) is None
    assert pair_permissions.count_given(conn, 3) == 1
    pair_permissions.note(conn, 3, 1, "phone", False, START + DAY)
    pair_permissions.note(conn, 3, 2, "messages", True, START + DAY)
    assert pair_permissions.changed(conn, 3) == []
    assert pair_permissions.count_given(conn, 3) == 0


@in_transaction
def test_a_request_is_entered_once_and_decided_by_its_owner(conn: Connection) -> None:
    join(conn, LINE)
    for _ in range(2):
        number_requests.enter_request(conn, reference="aaaa", member_id=3, upline_id=1, at=START)
    assert number_requests.asked_of(conn, 3, START - DAY) == 1
    found = number_requests.newest_request(conn, 3, 1)
    assert found is not None
    of_one_kind(found)
    assert (found.state, found.at, found.decided_at) == ("asked", START, None)
    assert number_requests.newest_request(conn, 1, 3) is None
    assert number_requests.request_of(conn, "aaaa", 3) == found
    assert number_requests.request_of(conn, "aaaa", 1) is None
    assert number_requests.decide_request(conn, found.id, "given", START + DAY)
    assert not number_requests.decide_request(conn, found.id, "given", START + DAY)
    assert number_requests.decide_request(conn, found.id, "refused", START + 2 * DAY)
    again = number_requests.newest_request(conn, 3, 1)
    assert again is not None
    assert (again.state, again.decided_at) == ("refused", START + 2 * DAY)
    before, after = START - DAY, START
    assert number_requests.asked_by(conn, 1, before) == 1
    assert number_requests.asked_by(conn, 1, after) == 0
    assert number_requests.asked_of(conn, 3, before) == 1
    assert number_requests.asked_of(conn, 3, after) == 0


def _written(conn: Connection, reference: str, **other: object) -> relayed.RelayedMessage:
    facts: dict[str, object] = {
        "reference": reference,
        "sender_id": 1,
        "receiver_id": 3,
        "words": f"halo {reference}",
        "at": START,
        "due_at": START + timedelta(hours=9),
        **other,
    }
    relayed.enter_message(conn, **facts)  # type: ignore[arg-type]
    found = relayed.message(conn, reference)
    assert found is not None
    return found


@in_transaction
def test_a_message_waits_for_its_moment_and_is_settled_once(conn: Connection) -> None:
    join(conn, LINE)
    first = _written(conn, "aaaa")
    of_one_kind(first)
    again = {"sender_id": 1, "receiver_id": 3, "words": "x", "at": START, "due_at": START}
    relayed.enter_message(conn, reference="aaaa", **again)  # type: ignore[arg-type]
    assert relayed.message(conn, "aaaa") == first
    assert relayed.message(conn, "bbbb") is None
    assert relayed.due_messages(conn, START, 9) == []
    assert relayed.due_messages(conn, first.due_at, 9) == [first]
    relayed.postpone_message(conn, first.id, first.due_at + DAY)
    assert relayed.due_messages(conn, first.due_at, 9) == []
    assert relayed.mark_sent(conn, first.id, START)
    assert not relayed.mark_sent(conn, first.id, START)
    relayed.drop_message(conn, first.id)
    waiting = _written(conn, "bbbb")
    relayed.drop_waiting(conn, 3, 1)
    assert relayed.message(conn, "bbbb") == waiting
    relayed.drop_waiting(conn, 1, 3)
    dropped, sent = relayed.message(conn, "bbbb"), relayed.message(conn, "aaaa")
    assert dropped is not None
    assert sent is not None
    assert (dropped.state, sent.state) == ("dropped", "sent")


@in_transaction
def test_messages_are_counted_for_who_writes_and_for_who_gets_them(conn: Connection) -> None:
    join(conn, LINE)
    first = _written(conn, "aaaa")
    _written(conn, "bbbb", receiver_id=2)
    answer = _written(conn, "cccc", sender_id=3, receiver_id=1, answers="aaaa")
    before, due = START - DAY, first.due_at
    assert relayed.written_since(conn, 1, before) == 2
    assert relayed.written_since(conn, 1, START) == 0
    assert relayed.written_since(conn, 3, before) == 0, "an answer is no message of one's own"
    assert relayed.written_to_since(conn, 1, 3, before) == 1
    assert relayed.answers_to(conn, 3, "aaaa") == 1
    assert relayed.answers_to(conn, 1, "aaaa") == 0
    assert relayed.received_between(conn, 3, due, due + DAY) == 1
    assert relayed.received_between(conn, 3, due - DAY, due) == 0
    assert relayed.received_between(conn, 1, due, due + DAY) == 0
    relayed.drop_message(conn, first.id)
    assert relayed.received_between(conn, 3, due, due + DAY) == 0
    relayed.mark_sent(conn, answer.id, START)
    assert relayed.forget_messages(conn, START) == 0
    assert relayed.forget_messages(conn, START + DAY) == 2, "one still waits"
    assert relayed.message(conn, "bbbb") is not None


@in_transaction
def test_of_several_with_a_name_those_right_below_come_first(conn: Connection) -> None:
    join(conn, [None, 1, 2, 1, 3, None])
    rename = text("UPDATE member_words SET word = 'sari' WHERE member_id IN (3, 4, 5, 6)")
    conn.execute(text("DELETE FROM member_words WHERE word <> 'mitra'"))
    conn.execute(rename)
    assert search.named(conn, 1, ["sari"], rows=9, skip=0).ids == (4, 3, 5)
    assert search.named(conn, 1, ["sari"], rows=2, skip=1).ids == (3, 5)
    assert search.named(conn, 2, ["sari"], rows=9, skip=0).ids == (3, 5)


@in_transaction
def test_who_has_an_approved_sale_in_the_month(conn: Connection) -> None:
    join(conn, LINE)
    volumes.add_sale(
        conn,
        2,
        MONTH,
        sales=1,
        points=5,
        profit=0,
        bonus=0,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    assert legs.active_sellers(conn, [1, 2, 3], MONTH) == {2}
    assert legs.active_sellers(conn, [2], "2026-10") == set()
    assert legs.active_sellers(conn, [], MONTH) == set()
