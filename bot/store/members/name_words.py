"""The search index of members' names, one row a word."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from bot.core.members.people import name_words

__all__ = ["write"]

FORGET = text("DELETE FROM member_words WHERE member_id = :member_id")

KEEP = text("INSERT INTO member_words (word, member_id) VALUES (:word, :member_id)")


def write(conn: Connection, names: Mapping[int, str]) -> None:
    """Replace the indexed words of these members, given their full names by id."""
    if not names:
        return
    conn.execute(FORGET, [{"member_id": member_id} for member_id in names])
    rows = [
        {"word": word, "member_id": member_id}
        for member_id, name in names.items()
        for word in name_words(name)
    ]
    if rows:
        conn.execute(KEEP, rows)
