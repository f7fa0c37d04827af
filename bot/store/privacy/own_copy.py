"""A copy of everything that is kept about one person, part by part, and of nobody else.

Each statement is a part. Its columns are what the person gets, under these names; no account and
no name of another person is among them, except the sponsor's. What is kept but not copied is
listed, with the reason, in `tests/store/privacy/not_copied.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.sql.selectable import TextualSelect

from bot.store.db.types import Flag, Instant
from bot.store.privacy.own_money_copy import MONEY_PARTS
from bot.store.privacy.own_sales_copy import SALES_PARTS

__all__ = ["PARTS", "CopiedRow", "own_copy"]

CopiedRow: TypeAlias = Mapping[str, str | int | bool | datetime | None]
"""A row of a part: the value of each column."""

MY_ACCOUNT = text("""
    SELECT user_id, language, title, reach, first_seen FROM people WHERE user_id = :user_id
""").columns(first_seen=Instant)

MY_CONTACT = text("""
    SELECT name, phone, at, done_at FROM leads WHERE user_id = :user_id ORDER BY id
""").columns(at=Instant, done_at=Instant)

MY_INQUIRIES = text("""
    SELECT i.words AS inquiry, i.state, i.at, i.sent_at, a.words AS answer, a.at AS answered_at,
      i.settled_at
    FROM inquiries AS i LEFT JOIN inquiry_answers AS a ON a.inquiry_id = i.id AND a.sent = 1
    WHERE i.user_id = :user_id ORDER BY i.id, a.id
""").columns(at=Instant, sent_at=Instant, answered_at=Instant, settled_at=Instant)

MY_ROLES = text("""
    SELECT role, granted_at, unreminded FROM roles WHERE user_id = :user_id ORDER BY role
""").columns(granted_at=Instant)

MY_REVOCATIONS = text("""
    SELECT at FROM admin_revocations WHERE user_id = :user_id ORDER BY id
""").columns(at=Instant)

MY_CONVERSATION = text("""
    SELECT flow, started_at, asked_at, paused FROM sessions WHERE chat_id = :user_id
""").columns(started_at=Instant, asked_at=Instant, paused=Flag)

MY_ATTEMPTS = text("""
    SELECT kind, at FROM strikes WHERE user_id = :user_id ORDER BY kind, at
""").columns(at=Instant)

MY_PROFILE = text("""
    SELECT m.code, m.number, m.name, m.title, m.phone, m.phone_verified, m.phone_shown,
      m.province, m.zone, m.birth_year, m.joined_at, m.active,
      (SELECT s.name FROM members AS s WHERE s.id = m.sponsor_id) AS sponsor
    FROM members AS m WHERE m.id = :member_id
""").columns(phone_verified=Flag, phone_shown=Flag, joined_at=Instant, active=Flag)

MY_CONSENTS = text("""
    SELECT card, version, at FROM consents WHERE member_id = :member_id ORDER BY id
""").columns(at=Instant)

MY_PERMISSIONS = text("""
    SELECT purpose, given, at FROM permissions WHERE member_id = :member_id ORDER BY id
""").columns(given=Flag, at=Instant)

MY_PAIR_PERMISSIONS = text("""
    SELECT purpose, given, at FROM pair_permissions WHERE member_id = :member_id ORDER BY id
""").columns(given=Flag, at=Instant)

MY_NUMBER_REQUESTS = text("""
    SELECT CASE WHEN upline_id = :member_id THEN 1 ELSE 0 END AS mine, state, at, decided_at
    FROM number_requests WHERE member_id = :member_id OR upline_id = :member_id ORDER BY id
""").columns(mine=Flag, at=Instant, decided_at=Instant)

MY_RELAYED = text("""
    SELECT CASE WHEN sender_id = :member_id THEN 1 ELSE 0 END AS mine, words, state, at,
      due_at AS deliver_from, sent_at
    FROM relayed_messages
    WHERE sender_id = :member_id OR (receiver_id = :member_id AND state = 'sent') ORDER BY id
""").columns(mine=Flag, at=Instant, deliver_from=Instant, sent_at=Instant)

MY_TIPS = text("""
    SELECT hour, due_at FROM tip_clocks WHERE member_id = :member_id
""").columns(due_at=Instant)

MY_LIST_CLOCK = text("""
    SELECT hour, wanted, decided_at, due_at FROM today_clocks WHERE member_id = :member_id
""").columns(wanted=Flag, decided_at=Instant, due_at=Instant)

MY_DELIVERIES = text("""
    SELECT schedule, slot, state, at FROM deliveries WHERE member_id = :member_id ORDER BY id
""").columns(at=Instant)

MY_MOVES = text("""
    SELECT expires_at, used_at FROM relink_codes WHERE member_id = :member_id
    ORDER BY expires_at
""").columns(expires_at=Instant, used_at=Instant)

MY_DEPARTURE = text("""
    SELECT left_at, period, suspended, erase_asked_at FROM departures
    WHERE member_id = :member_id
""").columns(left_at=Instant, suspended=Flag, erase_asked_at=Instant)

MY_COMEBACK = text("""
    SELECT came_at, chosen_at, reason FROM comebacks WHERE member_id = :member_id
""").columns(came_at=Instant, chosen_at=Instant)

MY_TEAM = text("SELECT size, legs FROM teams WHERE member_id = :member_id")

MY_MONTHS = text("""
    SELECT period, own_sales, own_points, own_profit, own_count, own_bonus, sold_points,
      fixed_bonus, group_sales, group_points, team_active, team_joined, returned_sales,
      returned_points, returned_profit, returned_group_points, returned_sold_points
    FROM volumes WHERE member_id = :member_id ORDER BY period
""")

MY_BROADCASTS = text("""
    SELECT body, file_kind, audience, state, created_at, starts_at, finished_at, total, sent,
      blocked, failed, uncertain, unsent
    FROM broadcasts WHERE author_id = :user_id ORDER BY id
""").columns(created_at=Instant, starts_at=Instant, finished_at=Instant)

MY_CORRECTIONS = text("""
    SELECT body, state, created_at, finished_at, total, corrected, blocked, deleted, failed,
      unsent, unknown
    FROM broadcast_corrections WHERE author_id = :user_id ORDER BY id
""").columns(created_at=Instant, finished_at=Instant)

CopyStatement: TypeAlias = TextClause | TextualSelect

ACCOUNT_PARTS: Final[Mapping[str, CopyStatement]] = {
    "account": MY_ACCOUNT,
    "contact": MY_CONTACT,
    "inquiries": MY_INQUIRIES,
    "roles": MY_ROLES,
    "revocations": MY_REVOCATIONS,
    "broadcasts": MY_BROADCASTS,
    "broadcast_corrections": MY_CORRECTIONS,
    "conversation": MY_CONVERSATION,
    "attempts": MY_ATTEMPTS,
}
"""What is kept about every account that wrote to the bot."""

MEMBER_PARTS: Final[Mapping[str, CopyStatement]] = {
    "profile": MY_PROFILE,
    "consents": MY_CONSENTS,
    "permissions": MY_PERMISSIONS,
    "pair_permissions": MY_PAIR_PERMISSIONS,
    "number_requests": MY_NUMBER_REQUESTS,
    "relayed_messages": MY_RELAYED,
    "departure": MY_DEPARTURE,
    "comeback": MY_COMEBACK,
    **SALES_PARTS,
    "months": MY_MONTHS,
    "team": MY_TEAM,
    **MONEY_PARTS,
    "tips": MY_TIPS,
    "list_clock": MY_LIST_CLOCK,
    "deliveries": MY_DELIVERIES,
    "moves": MY_MOVES,
}
"""What is kept about a member."""

PARTS: Final = (*MEMBER_PARTS, *ACCOUNT_PARTS)
"""The names of all parts, in their order."""


def own_copy(conn: Connection, user_id: int, member_id: int | None) -> dict[str, list[CopiedRow]]:
    """Returns the rows of each part; a person who is no member has only those of the account."""
    facts = {
        "user_id": user_id,
        "member_id": member_id,
        "wallet": f"member:{member_id}:wallet",
        "trade": f"member:{member_id}:trade",
    }
    member = {} if member_id is None else MEMBER_PARTS
    return {
        name: [dict(row) for row in conn.execute(part, facts).mappings()]
        for name, part in {**member, **ACCOUNT_PARTS}.items()
    }
