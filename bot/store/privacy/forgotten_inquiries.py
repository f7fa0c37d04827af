"""Forgets questions to the office: those of an erased account, and those settled long ago.

Their rows stay, without words and without an account: the number of a question is on buttons that
admins have, and is not given again. An entry of the FAQ is the company's own text, and stays while
it is in use.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["forget_inquiries_of", "forget_settled_inquiries"]

DROP_OFFERS_OF = text("DELETE FROM inquiries WHERE user_id = :user_id AND state = 'offered'")

BLANK_REMOVED_ENTRIES_OF = text("""
    UPDATE faq_entries SET asked = '', answer = '' WHERE removed_at IS NOT NULL
      AND inquiry_id IN (SELECT i.id FROM inquiries AS i WHERE i.user_id = :user_id)
""")

BLANK_ANSWERS_TO = text("""
    UPDATE inquiry_answers SET words = ''
    WHERE inquiry_id IN (SELECT i.id FROM inquiries AS i WHERE i.user_id = :user_id)
""")

BLANK_INQUIRIES_OF = text("""
    UPDATE inquiries
    SET words = '', user_id = 0, state = CASE WHEN state = 'waiting' THEN 'closed' ELSE state END
    WHERE user_id = :user_id
""")

BLANK_ANSWERS_SETTLED = text("""
    UPDATE inquiry_answers SET words = ''
    WHERE words <> ''
      AND inquiry_id IN (SELECT i.id FROM inquiries AS i WHERE i.settled_at < :before)
""").bindparams(bindparam("before", type_=Instant))

BLANK_INQUIRIES_SETTLED = text("""
    UPDATE inquiries SET words = '', user_id = 0 WHERE settled_at < :before AND words <> ''
""").bindparams(bindparam("before", type_=Instant))


def forget_inquiries_of(conn: Connection, user_id: int) -> None:
    """Forget an account's questions, settled or not, and the answers to them."""
    for statement in (
        DROP_OFFERS_OF,
        BLANK_REMOVED_ENTRIES_OF,
        BLANK_ANSWERS_TO,
        BLANK_INQUIRIES_OF,
    ):
        conn.execute(statement, {"user_id": user_id})


def forget_settled_inquiries(conn: Connection, before: datetime) -> int:
    """Forget questions settled before that moment, with their answers; returns how many."""
    facts = {"before": before}
    conn.execute(BLANK_ANSWERS_SETTLED, facts)
    return conn.execute(BLANK_INQUIRIES_SETTLED, facts).rowcount
