"""Writes the members of a whole company into a new database."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from bot.store.seed.seed_copy import SeedRow, insert, run_all

__all__ = ["add_members", "add_names", "add_teams"]

# Facts that many members share are inserted once; those that follow from the number, not at all.
TABLES: Final = (
    "CREATE TEMP TABLE called (id INTEGER PRIMARY KEY, name TEXT, title TEXT)",
    """CREATE TEMP TABLE called_word (
         called INTEGER, word TEXT, PRIMARY KEY (called, word)) WITHOUT ROWID""",
    "CREATE TEMP TABLE home (id INTEGER PRIMARY KEY, province TEXT, zone TEXT)",
    """CREATE TEMP TABLE entered (
         id INTEGER PRIMARY KEY, user_id INTEGER, code TEXT, sponsor_id INTEGER, called INTEGER,
         home INTEGER, birth_year INTEGER, joined_at INTEGER)""",
)
CALLED: Final = "INSERT INTO called (id, name, title) VALUES (?, ?, ?)"
CALLED_WORD: Final = "INSERT INTO called_word (called, word) VALUES (?, ?)"
HOME: Final = "INSERT INTO home (id, province, zone) VALUES (?, ?, ?)"
CLEAR: Final = "DELETE FROM entered"
ENTERED: Final = """
    INSERT INTO entered (id, user_id, code, sponsor_id, called, home, birth_year, joined_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
MEMBERS: Final = """
    INSERT INTO members (id, reference, user_id, code, sponsor_id, name, title, phone,
                         phone_verified, province, zone, birth_year, joined_at, number)
    SELECT e.id, 'seed:' || e.id, e.user_id, e.code, e.sponsor_id, c.name, c.title,
      printf('+62811%08d', e.id), e.user_id IS NOT NULL, h.province, h.zone, e.birth_year,
      e.joined_at, printf('M%07d', e.id)
    FROM entered AS e CROSS JOIN called AS c ON c.id = e.called CROSS JOIN home AS h
      ON h.id = e.home
    ORDER BY e.id
"""
WORDS: Final = """
    INSERT INTO member_words (word, member_id)
    SELECT w.word, e.id FROM entered AS e CROSS JOIN called_word AS w ON w.called = e.called
    ORDER BY e.id
"""
PEOPLE: Final = """
    INSERT INTO people (user_id, language, title, first_seen)
    SELECT e.user_id, 'id', c.title, e.joined_at
    FROM entered AS e CROSS JOIN called AS c ON c.id = e.called
    WHERE e.user_id IS NOT NULL ORDER BY e.id
"""
TEAM: Final = "INSERT INTO teams (member_id, size, legs) VALUES (?, ?, ?)"


def add_names(
    conn: sqlite3.Connection,
    names: Iterable[SeedRow],
    words: Iterable[SeedRow],
    homes: Iterable[SeedRow],
) -> None:
    """Write the names that members may have and the places where they may live.

    Args:
        conn: the copy.
        names: number, name, title.
        words: number of the name, and a word by which it is found.
        homes: number, province, time zone.
    """
    run_all(conn, TABLES)
    insert(conn, CALLED, names)
    insert(conn, CALLED_WORD, words)
    insert(conn, HOME, homes)


def add_members(conn: sqlite3.Connection, members: Iterable[SeedRow]) -> None:
    """Write members, and the Telegram accounts of those who have one.

    Args:
        conn: the copy, after `add_names`.
        members: id, Telegram account or None, code, sponsor or None, number of the name, number
            of the home, year of birth, moment of joining.
    """
    conn.execute("BEGIN")
    conn.execute(CLEAR)
    conn.executemany(ENTERED, members)
    run_all(conn, (MEMBERS, WORDS, PEOPLE))
    conn.execute("COMMIT")


def add_teams(conn: sqlite3.Connection, teams: Iterable[SeedRow]) -> None:
    """Write the counters of teams: member, size of the team, number of legs."""
    insert(conn, TEAM, teams)
