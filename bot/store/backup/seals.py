"""The seal inside a database: a random token made once, and the id of the bot that uses it.

It distinguishes a database from that of another company. It is stored in a table, so each copy has
it; `bot.store.backup.seal_file` stores it beside the database as well.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, inspect, text

from bot.store.db.types import Instant

__all__ = ["Identity", "Seal", "note_bot", "of", "put"]


@dataclass(frozen=True, slots=True)
class Seal:
    """The owner of a database.

    Attributes:
        token: chosen at random when the database was made.
        bot: Telegram's id of the bot that uses it; None before the first start.
        sealed_at: when a bot that knows seals first opened it; None before that.
    """

    token: str
    bot: int | None = None
    sealed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a database or a copy says about itself.

    Attributes:
        seal: None if a version without seals has made it.
        bots: the ids of all bots that have ever used it.
        reached: how far it was written, without any clock: the number of the last run, then the
            newest update.
    """

    seal: Seal | None
    bots: frozenset[int]
    reached: tuple[int, int]

    @property
    def sealed(self) -> Seal | None:
        """The seal once a bot has seen it; before that it does not identify the owner."""
        return None if self.seal is None or self.seal.sealed_at is None else self.seal

    @property
    def bot(self) -> int | None:
        """The bot that owns the database; without a seal, the only bot that ever used it."""
        if self.sealed is not None:
            return self.sealed.bot
        return next(iter(self.bots)) if len(self.bots) == 1 else None

    def belongs_to(self, seal: Seal) -> bool:
        """Returns whether this is the database of that seal, as far as can be known."""
        if self.sealed is not None:
            return self.sealed.token == seal.token
        if self.seal is not None and self.seal.token == seal.token:
            return True
        return seal.bot is None or not self.bots or seal.bot in self.bots


READ = text("SELECT token, bot_id, sealed_at FROM seal").columns(sealed_at=Instant)
BOTS = text("SELECT bot_id FROM cursors")
REACHED = text("""
    SELECT coalesce((SELECT value FROM marks WHERE name = 'epoch'), 0) AS start,
           coalesce((SELECT max(id) FROM inbox), 0) AS newest
""")

PUT = text("""
    INSERT INTO seal (id, token, bot_id, sealed_at) VALUES (1, :token, :bot, :sealed_at)
    ON CONFLICT (id) DO UPDATE
    SET token = excluded.token, bot_id = excluded.bot_id, sealed_at = excluded.sealed_at
""").bindparams(bindparam("sealed_at", type_=Instant))

NOTE_BOT = text("UPDATE seal SET bot_id = :bot WHERE bot_id IS NULL OR bot_id <> :bot")


def of(conn: Connection) -> Identity:
    """Returns the identity of a database of any version."""
    row = conn.execute(READ).first() if inspect(conn).has_table("seal") else None
    seal = None if row is None else Seal(row.token, row.bot_id, row.sealed_at)
    start, newest = conn.execute(REACHED).one()
    return Identity(seal, frozenset(conn.execute(BOTS).scalars()), (start, newest))


def put(conn: Connection, seal: Seal) -> None:
    """Store this seal in the database."""
    facts = {"token": seal.token, "bot": seal.bot, "sealed_at": seal.sealed_at}
    conn.execute(PUT, facts)


def note_bot(conn: Connection, bot: int) -> Seal | None:
    """Store which bot uses the database; returns its seal, None where it has none."""
    conn.execute(NOTE_BOT, {"bot": bot})
    return of(conn).seal
