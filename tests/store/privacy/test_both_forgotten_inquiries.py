"""Questions of an erased account and those settled long ago lose their words, on both engines."""

from sqlalchemy import Connection, text

from bot.store.inquiries import faq_entries, inquiries, inquiry_answers
from bot.store.privacy import erasing, forgotten_inquiries, own_copy
from tests.store.both import ACCOUNT, DAY, START, in_transaction

ASKER, ADMIN, OTHER = ACCOUNT + 1, ACCOUNT + 2, ACCOUNT + 3
LATER = START + 10 * DAY


def _asked(conn: Connection, reference: str, user_id: int = ASKER) -> int:
    inquiries.offer(conn, reference=reference, user_id=user_id, words=f"{reference}?", at=START)
    assert inquiries.submit(conn, reference, user_id, START)
    found = inquiries.offered(conn, reference, user_id)
    assert found is not None
    return found.id


def _answered(conn: Connection, number: int, *, sent: bool = True) -> int:
    settled = inquiries.settle_inquiry(conn, number, "answered", ADMIN, START)
    assert settled == sent
    return inquiry_answers.keep_answer(
        conn,
        reference=f"answer{number}{sent}",
        inquiry_id=number,
        words=f"jawaban {number}",
        by=ADMIN,
        at=START,
        sent=sent,
    )


def _entry(conn: Connection, number: int) -> int:
    return faq_entries.add_entry(
        conn, inquiry_id=number, asked=f"{number}?", answer="Ada.", by=ADMIN, at=START
    )


def _words(conn: Connection) -> list[str]:
    both = text("SELECT words FROM inquiries UNION SELECT words FROM inquiry_answers")
    return sorted(each for each in conn.execute(both).scalars() if each)


@in_transaction
def test_an_erased_account_leaves_no_question_and_no_answer_to_one(conn: Connection) -> None:
    answered, waiting = _asked(conn, "a"), _asked(conn, "b")
    others = _asked(conn, "c", OTHER)
    _answered(conn, answered)
    held = _answered(conn, answered, sent=False)
    _answered(conn, others)
    inquiries.offer(conn, reference="d", user_id=ASKER, words="d?", at=START)
    erasing.forget_account(conn, ASKER, LATER)
    assert _words(conn) == ["c?", f"jawaban {others}"]
    assert inquiries.inquiry(conn, answered) is None
    assert inquiries.inquiry(conn, waiting) is None
    assert inquiry_answers.held_answer(conn, held, ADMIN) is None
    assert inquiries.count_waiting(conn) == 0
    assert not inquiries.settle_inquiry(conn, waiting, "answered", ADMIN, LATER)
    accounts = conn.execute(text("SELECT DISTINCT user_id FROM inquiries ORDER BY 1")).scalars()
    assert accounts.all() == [0, OTHER]


@in_transaction
def test_the_number_of_a_forgotten_question_is_not_given_to_another(conn: Connection) -> None:
    number = _asked(conn, "a")
    forgotten_inquiries.forget_inquiries_of(conn, ASKER)
    assert _asked(conn, "b", OTHER) > number


@in_transaction
def test_an_entry_in_use_stays_and_a_removed_one_cannot_be_put_back(conn: Connection) -> None:
    numbers = _asked(conn, "a"), _asked(conn, "b")
    used, removed = (_entry(conn, number) for number in numbers)
    assert faq_entries.remove_entry(conn, removed, ADMIN, START)
    forgotten_inquiries.forget_inquiries_of(conn, ASKER)
    assert [each.id for each in faq_entries.current_entries(conn)] == [used]
    assert faq_entries.entry_by_id(conn, removed) is None
    assert faq_entries.entry_of(conn, numbers[1]) is None
    assert not faq_entries.put_back_entry(conn, removed)


@in_transaction
def test_only_questions_settled_long_ago_are_forgotten(conn: Connection) -> None:
    old, waiting, recent = (_asked(conn, each) for each in "abc")
    _answered(conn, old)
    assert inquiries.settle_inquiry(conn, recent, "closed", ADMIN, LATER)
    assert forgotten_inquiries.forget_settled_inquiries(conn, START + DAY) == 1
    assert forgotten_inquiries.forget_settled_inquiries(conn, START + DAY) == 0
    assert _words(conn) == ["b?", "c?"]
    assert inquiries.inquiry(conn, old) is None
    assert inquiries.inquiry(conn, waiting) is not None


@in_transaction
def test_a_copy_has_ones_questions_with_the_answers_that_were_sent(conn: Connection) -> None:
    answered, _ = _asked(conn, "a"), _asked(conn, "b")
    _asked(conn, "c", OTHER)
    _answered(conn, answered)
    _answered(conn, answered, sent=False)
    copy = own_copy.own_copy(conn, ASKER, None)["inquiries"]
    assert [(row["inquiry"], row["state"], row["answer"]) for row in copy] == [
        ("a?", "answered", f"jawaban {answered}"),
        ("b?", "waiting", None),
    ]
