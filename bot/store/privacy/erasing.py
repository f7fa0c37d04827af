"""Erases a member or an account: what is left in tree and books names nobody.

Sums, postings, credits, sales and decisions stay, so every bonus can still be explained. Account
numbers stay where they say who decided something; nothing leads from them to a person any more.
"""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, text

from bot.store.db import audit_log
from bot.store.db.types import Instant
from bot.store.ledger import periods
from bot.store.members import members, name_words, relinks
from bot.store.privacy.forgotten_inquiries import forget_inquiries_of

__all__ = ["erase_member", "forget_account", "pseudonym"]

BLANK_MEMBER = text("""
    UPDATE members
    SET name = :name, title = '', phone = 'erased:' || CAST(id AS TEXT), phone_verified = 0,
      phone_shown = 0, province = '', birth_year = 0, user_id = NULL
    WHERE id = :member_id
""")

BLANK_CUSTOMERS = text("""
    UPDATE customers SET name = '#' || CAST(id AS TEXT), name_key = 'erased:' || CAST(id AS TEXT),
      phone = ''
    WHERE member_id = :member_id
""")

FORGET_DETAILS = text("""
    DELETE FROM customer_details
    WHERE customer_id IN (SELECT c.id FROM customers AS c WHERE c.member_id = :member_id)
""")

BLANK_SALES = text("""
    UPDATE sales SET invoice = '', photo_id = '', photo_key = '', photo_kind = ''
    WHERE seller_id = :member_id AND (invoice <> '' OR photo_id <> '')
""")

BLANK_VERSIONS = text("""
    UPDATE sale_versions SET invoice = '', photo_id = '', photo_key = '', photo_kind = ''
    WHERE sale_id IN (SELECT s.id FROM sales AS s WHERE s.seller_id = :member_id)
      AND (invoice <> '' OR photo_id <> '')
""")

FORGET_PAYMENTS = text("""
    DELETE FROM customer_payments
    WHERE customer_id IN (SELECT c.id FROM customers AS c WHERE c.member_id = :member_id)
""")

FORGET_PAYMENT_NOTES = text("""
    DELETE FROM payment_notes
    WHERE sale_id IN (SELECT s.id FROM sales AS s WHERE s.seller_id = :member_id)
""")

FORGET_PHOTO_DIGESTS = text("""
    DELETE FROM photo_digests
    WHERE sale_id IN (SELECT s.id FROM sales AS s WHERE s.seller_id = :member_id)
""")

NOTE_ERASED = text("""
    UPDATE departures SET erased_at = :at, account_key = :account_key, phone_key = :phone_key
    WHERE member_id = :member_id AND erased_at IS NULL
""").bindparams(bindparam("at", type_=Instant))

FORGET_PERMISSIONS = text("DELETE FROM permissions WHERE member_id = :member_id")

FORGET_PAIRS = text("""
    DELETE FROM pair_permissions WHERE member_id = :member_id OR other_id = :member_id
""")

FORGET_NUMBER_REQUESTS = text("""
    DELETE FROM number_requests WHERE member_id = :member_id OR upline_id = :member_id
""")

FORGET_RELAYED = text("""
    DELETE FROM relayed_messages WHERE sender_id = :member_id OR receiver_id = :member_id
""")

FORGET_LISTED = text("DELETE FROM today_items WHERE member_id = :member_id")

FORGET_LIST_CLOCK = text("DELETE FROM today_clocks WHERE member_id = :member_id")

FORGET_TIP_CLOCK = text("DELETE FROM tip_clocks WHERE member_id = :member_id")

FORGET_DELIVERIES = text("DELETE FROM deliveries WHERE member_id = :member_id")

FORGET_STOCK_STARTS = text("DELETE FROM stock_starts WHERE member_id = :member_id")

FORGET_STOCK_NOTES = text("DELETE FROM stock_notes WHERE member_id = :member_id")

FORGET_CODES = text("DELETE FROM relink_codes WHERE member_id = :member_id")

FORGET_LEADS = text("DELETE FROM leads WHERE user_id = :user_id")

FORGET_ROLES = text("DELETE FROM roles WHERE user_id = :user_id")

FORGET_STRIKES = text("DELETE FROM strikes WHERE user_id = :user_id")

FORGET_SESSION = text("DELETE FROM sessions WHERE chat_id = :user_id")

FORGET_USED = text("DELETE FROM used_messages WHERE chat_id = :user_id")

FORGET_MENU = text("DELETE FROM menus WHERE user_id = :user_id")

FORGET_FLOOD = text("DELETE FROM floods WHERE chat_id = :user_id")

FORGET_CONTACT_FILES = text("""
    DELETE FROM jobs WHERE kind = 'contacts' AND asked_by = :user_id
""")

FORGET_ALBUMS = text("DELETE FROM albums WHERE chat_id = :user_id")

FORGET_REQUEST = text("DELETE FROM erasure_requests WHERE user_id = :user_id")

FORGET_PERSON = text("DELETE FROM people WHERE user_id = :user_id")

BLANK_BROADCASTS = text("""
    UPDATE broadcasts SET body = '', file_id = '', file_kind = '' WHERE author_id = :user_id
""")

# A correction of an erased author's text repeats most of that text, even one by another person.
BLANK_CORRECTIONS = text("""
    UPDATE broadcast_corrections SET body = ''
    WHERE author_id = :user_id
      OR broadcast_id IN (SELECT id FROM broadcasts WHERE author_id = :user_id)
""")

BLANK_RECEIVED = text("""
    UPDATE inbox SET body = '', error = NULL, state = 'done'
    WHERE lane = CAST(:lane AS TEXT) AND state IN ('done', 'dead')
""")

SENT_FILES = text("""
    SELECT payload FROM outbox
    WHERE chat_id = :user_id AND payload LIKE '%"attachment"%' AND state <> 'held'
""")

FORGET_FILE_ID = text("""
    DELETE FROM file_ids WHERE digest IN (
      SELECT a.digest FROM attachments AS a
      WHERE a.digest = :digest AND (a.name = :picture OR a.name LIKE 'data-%'))
""")

FORGET_FILE = text("""
    DELETE FROM attachments
    WHERE digest = :digest AND (name = :picture OR name LIKE 'data-%')
""")

BLANK_SENT = text("""
    UPDATE outbox SET payload = '{}'
    WHERE chat_id = :user_id AND state NOT IN ('new', 'sending', 'held')
""")

OF_A_MEMBER: Final = (
    BLANK_CUSTOMERS,
    FORGET_DETAILS,
    BLANK_SALES,
    BLANK_VERSIONS,
    FORGET_PAYMENTS,
    FORGET_PAYMENT_NOTES,
    FORGET_PHOTO_DIGESTS,
    FORGET_PERMISSIONS,
    FORGET_PAIRS,
    FORGET_NUMBER_REQUESTS,
    FORGET_RELAYED,
    FORGET_LISTED,
    FORGET_LIST_CLOCK,
    FORGET_TIP_CLOCK,
    FORGET_DELIVERIES,
    FORGET_STOCK_STARTS,
    FORGET_STOCK_NOTES,
    FORGET_CODES,
)
"""What is done to the rows of a member; no sum depends on them."""

OF_AN_ACCOUNT: Final = (
    FORGET_LEADS,
    FORGET_ROLES,
    FORGET_STRIKES,
    FORGET_SESSION,
    FORGET_USED,
    FORGET_MENU,
    FORGET_FLOOD,
    FORGET_ALBUMS,
    FORGET_CONTACT_FILES,
    FORGET_REQUEST,
    FORGET_PERSON,
    BLANK_CORRECTIONS,
    BLANK_BROADCASTS,
    BLANK_RECEIVED,
    BLANK_SENT,
)
"""What is done to the rows of an account, besides its questions and its files."""


def pseudonym(member_id: int) -> str:
    """Returns the name under which an erased member stays in tree and books."""
    return f"Mitra-{member_id}"


def erase_member(
    conn: Connection, member_id: int, account_key: str, phone_key: str, at: datetime
) -> bool:
    """Erase a member who has left, and the account; returns False if that was done before.

    The keys are the hashes by which account and number are known again.
    """
    periods.hold_open(conn)
    member = members.by_id(conn, member_id)
    facts = {
        "member_id": member_id,
        "account_key": account_key,
        "phone_key": phone_key,
        "at": at,
    }
    if conn.execute(NOTE_ERASED, facts).rowcount == 0:
        return False
    name = pseudonym(member_id)
    conn.execute(BLANK_MEMBER, {"member_id": member_id, "name": name})
    name_words.write(conn, {member_id: ""})
    for statement in OF_A_MEMBER:
        conn.execute(statement, {"member_id": member_id})
    if member.user_id is not None:
        _forget(conn, member.user_id, member.code)
    audit_log.note(conn, None, "member erased", f"member {member_id}", at)
    return True


def forget_account(conn: Connection, user_id: int, at: datetime) -> None:
    """Forget an account that has no membership."""
    _forget(conn, user_id, "")
    audit_log.note(conn, None, "account erased", "an account without a membership", at)


def _forget(conn: Connection, user_id: int, code: str) -> None:
    """Delete what is kept about an account; what waits to be sent to it is not sent any more."""
    relinks.withdraw_outgoing(conn, user_id)
    for payload in conn.execute(SENT_FILES, {"user_id": user_id}).scalars():
        facts = {"digest": json.loads(payload).get("attachment"), "picture": f"{code}.png"}
        conn.execute(FORGET_FILE_ID, facts)
        conn.execute(FORGET_FILE, facts)
    forget_inquiries_of(conn, user_id)
    for statement in OF_AN_ACCOUNT:
        conn.execute(statement, {"user_id": user_id, "lane": f"chat {user_id}"})
