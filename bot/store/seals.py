"""The seal inside the books: a random word made once, and the bot that works on them.

Books are told from those of another company by it. It stands in a table, so each copy carries it;
`bot.store.seal_file` keeps it beside the books as well.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, inspect, text

from bot.store.types import Instant

__all__ = ["Identity", "Seal", "note_bot", "of", "put"]


@dataclass(frozen=True, slots=True)
class Seal:
    """Whose books these are.

    Attributes:
        token: made by chance when the books were.
        bot: Telegram's number of the bot that works on them; None before the first start.
        sealed_at: when a bot of this version first saw them; None before that.
    """

    token: str
    bot: int | None = None
    sealed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What books or a copy say about themselves.

    Attributes:
        seal: None in what a version without seals has made.
        bots: those that have ever worked on them.
        reached: how far they were written, by no clock: the start, then the update.
    """

    seal: Seal | None
    bots: frozenset[int]
    reached: tuple[int, int]

    @property
    def sealed(self) -> Seal | None:
        """The seal once a bot has seen it; before that it says nothing yet of whose they are."""
        return None if self.seal is None or self.seal.sealed_at is None else self.seal

    @property
    def bot(self) -> int | None:
        """The bot whose books these are; without a seal that is known where it was only one."""
        if self.sealed is not None:
            return self.sealed.bot
        return next(iter(self.bots)) if len(self.bots) == 1 else None

    def belongs_to(self, seal: Seal) -> bool:
        """Whether these are the books of that seal, as far as they can say."""
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
    """What the books say about themselves; they may be of any version."""
    row = conn.execute(READ).first() if inspect(conn).has_table("seal") else None
    seal = None if row is None else Seal(row.token, row.bot_id, row.sealed_at)
    start, newest = conn.execute(REACHED).one()
    return Identity(seal, frozenset(conn.execute(BOTS).scalars()), (start, newest))


def put(conn: Connection, seal: Seal) -> None:
    """Make this the seal of the books."""
    facts = {"token": seal.token, "bot": seal.bot, "sealed_at": seal.sealed_at}
    conn.execute(PUT, facts)


def note_bot(conn: Connection, bot: int) -> Seal | None:
    """Note which bot works on the books; returns their seal, None where they have none."""
    conn.execute(NOTE_BOT, {"bot": bot})
    return of(conn).seal
