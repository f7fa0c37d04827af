"""The version of the price list, which whoever changes products or prices replaces.

It is random, so that no list that was rolled back, or of another database, has the same one.
"""

import secrets

from sqlalchemy import Connection

from bot.store.db import counters

__all__ = ["change", "current"]

VERSION_BITS = 62
NAME = "price list"


def current(conn: Connection) -> int:
    """Returns the version; 0 if the list was not changed since there are versions."""
    return counters.read(conn, NAME)


def change(conn: Connection) -> None:
    """Replace the version; to be called right after the statement that changes the list."""
    counters.put(conn, NAME, secrets.randbits(VERSION_BITS) + 1)
