"""Questions to the office, their answers and the entries made of them; on both engines."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.store.conversation import sessions
from bot.store.conversation.sessions import Session
from bot.store.inquiries import faq_entries, inquiries, inquiry_answers
from bot.store.inquiries.faq_entries import StoredEntry
from bot.store.members import leads, office, people
from tests.store.both import ACCOUNT, START, in_transaction, of_one_kind

HOUR = timedelta(hours=1)
ASKER, ADMIN, OTHER = ACCOUNT + 1, ACCOUNT + 2, ACCOUNT + 3


def asked(conn: Connection, reference: str = "aaaa", user_id: int = ASKER) -> int:
    """Returns the number of a question that was sent."""
    inquiries.offer(conn, reference=reference, user_id=user_id, words=f"{reference}?", at=START)
    assert inquiries.submit(conn, reference, user_id, START)
    found = inquiries.offered(conn, reference, user_id)
    assert found is not None
    return found.id


@in_transaction
def test_a_question_is_sent_once_by_its_author_alone(conn: Connection) -> None:
    inquiries.offer(conn, reference="aaaa", user_id=ASKER, words="seragam?", at=START)
    assert inquiries.count_waiting(conn) == 0
    assert inquiries.offered(conn, "aaaa", OTHER) is None
    assert not inquiries.submit(conn, "aaaa", OTHER, START)
    assert inquiries.submit(conn, "aaaa", ASKER, START)
    assert not inquiries.submit(conn, "aaaa", ASKER, START + HOUR)
    found = inquiries.offered(conn, "aaaa", ASKER)
    assert found is not None
    assert (found.words, found.state, found.sent_at) == ("seragam?", "waiting", START)
    of_one_kind([found])
    assert inquiries.inquiry(conn, found.id) == found
    assert inquiries.inquiry(conn, found.id + 1) is None
    assert inquiries.waiting_inquiries(conn, 5, 0) == [found]
    assert inquiries.waiting_inquiries(conn, 5, 1) == []
    assert inquiries.sent_since(conn, ASKER, START - HOUR) == [START]
    assert inquiries.sent_since(conn, ASKER, START) == []


@in_transaction
def test_a_button_of_a_dropped_offer_does_not_send_the_next_one(conn: Connection) -> None:
    inquiries.offer(conn, reference="aaaa", user_id=ASKER, words="one", at=START)
    inquiries.offer(conn, reference="bbbb", user_id=ASKER, words="two", at=START)
    assert inquiries.offered(conn, "aaaa", ASKER) is None
    assert not inquiries.submit(conn, "aaaa", ASKER, START)
    assert inquiries.submit(conn, "bbbb", ASKER, START)


@in_transaction
def test_offers_that_were_not_sent_are_forgotten(conn: Connection) -> None:
    kept = asked(conn)
    inquiries.offer(conn, reference="bbbb", user_id=ASKER, words="two", at=START)
    inquiries.forget_offers(conn, START)
    assert inquiries.offered(conn, "bbbb", ASKER) is not None
    inquiries.forget_offers(conn, START + HOUR)
    assert inquiries.offered(conn, "bbbb", ASKER) is None
    assert inquiries.inquiry(conn, kept) is not None


@in_transaction
def test_admins_are_told_of_each_question_once(conn: Connection) -> None:
    first, second = asked(conn), asked(conn, "bbbb")
    assert [each.id for each in inquiries.untold(conn, 1)] == [first]
    told = inquiries.mark_told(conn)
    assert [each.id for each in told] == [first, second]
    of_one_kind(told)
    assert inquiries.untold(conn, 5) == []
    third = asked(conn, "cccc")
    assert [each.id for each in inquiries.untold(conn, 5)] == [third]
    assert inquiries.settle_inquiry(conn, third, "closed", ADMIN, START)
    assert inquiries.untold(conn, 5) == []
    assert inquiries.count_waiting(conn) == len([first, second])


@in_transaction
def test_the_first_answer_settles_a_question_and_a_second_is_held_back(conn: Connection) -> None:
    number = asked(conn)
    assert inquiry_answers.first_answer(conn, number) is None
    ids = []
    for reference, by in (("u1", ADMIN), ("u2", OTHER)):
        first = inquiries.settle_inquiry(conn, number, "answered", by, START)
        answer = inquiry_answers.keep_answer(
            conn,
            reference=reference,
            inquiry_id=number,
            words=f"by {reference}",
            by=by,
            at=START,
            sent=first,
        )
        ids.append(answer)
    found = inquiries.inquiry(conn, number)
    assert found is not None
    assert (found.state, found.settled_by, found.settled_at) == ("answered", ADMIN, START)
    sent = inquiry_answers.first_answer(conn, number)
    assert sent is not None
    assert (sent.id, sent.words, sent.by) == (ids[0], "by u1", ADMIN)
    of_one_kind([sent])
    assert inquiry_answers.held_answer(conn, ids[1], ADMIN) is None
    held = inquiry_answers.held_answer(conn, ids[1], OTHER)
    assert held is not None
    assert held.words == "by u2"
    assert not inquiry_answers.release_answer(conn, ids[1], ADMIN)
    assert inquiry_answers.release_answer(conn, ids[1], OTHER)
    assert not inquiry_answers.release_answer(conn, ids[1], OTHER)
    assert inquiry_answers.first_answer(conn, number) == sent


@in_transaction
def test_an_entry_is_made_once_removed_and_put_back(conn: Connection) -> None:
    number, other = asked(conn), asked(conn, "bbbb")
    assert faq_entries.entry_of(conn, number) is None
    entry = faq_entries.add_entry(
        conn, inquiry_id=number, asked="seragam?", answer="Tidak ada.", by=ADMIN, at=START
    )
    newer = faq_entries.add_entry(
        conn, inquiry_id=other, asked="libur?", answer="Minggu.", by=ADMIN, at=START
    )
    stored = StoredEntry(entry, "seragam?", "Tidak ada.", removed=False)
    assert [each.id for each in faq_entries.current_entries(conn)] == [newer, entry]
    assert faq_entries.entry_by_id(conn, entry) == stored == faq_entries.entry_of(conn, number)
    of_one_kind(faq_entries.current_entries(conn))
    assert faq_entries.remove_entry(conn, entry, OTHER, START)
    assert not faq_entries.remove_entry(conn, entry, OTHER, START)
    assert [each.id for each in faq_entries.current_entries(conn)] == [newer]
    removed = faq_entries.entry_by_id(conn, entry)
    assert removed is not None
    assert removed.removed
    assert faq_entries.put_back_entry(conn, entry)
    assert not faq_entries.put_back_entry(conn, entry)
    assert faq_entries.remove_entry(conn, entry, OTHER, START)
    again = faq_entries.add_entry(
        conn, inquiry_id=number, asked="seragam?", answer="Tidak ada.", by=ADMIN, at=START
    )
    assert again == entry
    assert faq_entries.entry_by_id(conn, entry) == stored


@in_transaction
def test_a_lead_is_told_once_done_once_and_may_ask_again_later(conn: Connection) -> None:
    def keep(reference: str) -> None:
        leads.keep(conn, reference=reference, user_id=ASKER, name="Dina", phone="+62857", at=START)

    keep("one")
    keep("two")
    assert office.count_leads(conn) == 1 == leads.new_leads(conn)
    leads.tell_leads(conn)
    assert leads.new_leads(conn) == 0
    (lead,) = office.leads(conn, 5, 0)
    assert lead.done_at is None
    assert leads.lead_with_phone(conn, "+62857") == lead.id
    assert leads.lead_with_phone(conn, "+62858") is None
    assert leads.settle_lead(conn, lead.id, ADMIN, START)
    assert not leads.settle_lead(conn, lead.id, ADMIN, START)
    assert office.count_leads(conn) == 0
    assert office.leads(conn, 5, 0) == []
    done = office.lead(conn, lead.id)
    assert done is not None
    assert done.done_at == START
    keep("three")
    assert office.count_leads(conn) == 1 == leads.new_leads(conn)


@in_transaction
def test_a_pause_lasts_until_the_question_is_asked_again(conn: Connection) -> None:
    people.meet(conn, ASKER, "id", START)
    session = Session(ASKER, "register", 1, "ref", "", (), (), "asked", None, START)
    sessions.save(conn, session, START)
    sessions.pause(conn, ASKER)
    paused = sessions.load(conn, ASKER)
    assert paused is not None
    assert paused.paused
    assert _left_open(conn) == []
    sessions.save(conn, paused, START)
    again = sessions.load(conn, ASKER)
    assert again == session
    assert _left_open(conn) == [ASKER]


def _left_open(conn: Connection) -> list[int]:
    since, until, zone = START - HOUR, START + HOUR, "Asia/Jakarta"
    return sessions.left_open(conn, since, until, zones=[zone], home=zone, limit=5)
