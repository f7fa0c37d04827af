"""Keeps a chat that writes faster than it can be answered from filling the outbox.

With `ANSWERS_OPEN_MAX` answers unsent the chat is told once that all of it will be answered one by
one, and what it writes from then on stays in the inbox, in its order, until most of those answers
have left. After `WORKED_MAX` updates of such a flood, whatever the chat has written until then is
left out and said to be, with its number and its first words, so that nobody waits for an hour
behind nonsense. Pressed buttons are never left out: they may decide about money, and each is bound
to its question.

A typed answer is not bound to a question. What is typed next after a gap may belong to something
that was left out, so it answers nothing: the open question is asked again.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from bot.flows.talk import LeftOut, OneByOne
from bot.store.conversation import flood_control
from bot.store.conversation.flood_control import ChatLoad
from bot.turn.incoming import Incoming
from bot.turn.notices import answer_to
from bot.turn.raw_updates import is_message
from bot.turn.turn import Turn

__all__ = ["ANSWERS_OPEN_MAX", "Flood", "Hushed", "flood_of"]

ANSWERS_OPEN_MAX: Final = 20
ANSWERS_OPEN_AGAIN: Final = 10
"""A chat that was hushed is heard again when so few answers are unsent."""

WORKED_MAX: Final = 100
LEFT_OUT_MIN: Final = 20
LEFT_OUT_AT_ONCE_MAX: Final = 5_000
FIRST_WORDS_MAX: Final = 40


class Hushed(Exception):  # noqa: N818 - an update that waits is not an error
    """The update waits until answers of its chat have left; nothing of it was done."""


@dataclass(frozen=True, slots=True)
class Flood:
    """What one update meets: how much of its chat is unanswered.

    Attributes:
        incoming: the update.
        standing: of its chat.
    """

    incoming: Incoming
    standing: ChatLoad

    @property
    def must_wait(self) -> bool:
        """Whether the update stays in the inbox until answers have left."""
        most = ANSWERS_OPEN_MAX if self.standing.since is None else ANSWERS_OPEN_AGAIN
        return self.incoming.kind != "reach" and self.standing.answers >= most

    @property
    def unanswered(self) -> bool:
        """Whether a group has so many answers waiting that it gets no more."""
        return not self.incoming.private and self.standing.answers >= ANSWERS_OPEN_MAX

    def begin(self, turn: Turn) -> None:
        """Say once that everything gets its answer, one by one."""
        if self.standing.since is None:
            chat, key = self.incoming.chat_id, f"u{self.incoming.row}:hushed"
            flood_control.begin(turn.conn, chat, turn.now)
            # Under a name of its own, for the update has its answer still to come.
            answer_to(turn.conn, turn.screen(OneByOne()), chat, key, turn.now)

    def leaves_out(self, turn: Turn) -> bool:
        """Leave out what the chat wrote until now, if it is that much; whether it was."""
        standing, typed = self.standing, self.incoming.kind not in {"tap", "reach"}
        if standing.since is None or standing.worked < WORKED_MAX or not typed:
            return False
        behind = flood_control.behind(turn.conn, self.incoming.row, LEFT_OUT_AT_ONCE_MAX)
        written = [row for row in behind if is_message(row.body)]
        if len(written) < LEFT_OUT_MIN:
            return False
        flood_control.leave_out(turn.conn, [self.incoming.row, *(row.id for row in written)])
        flood_control.keep(turn.conn, self.incoming.chat_id, worked=0, gap=True)
        first = " ".join(self.incoming.text.split()) if self.incoming.kind == "text" else ""
        if len(first) > FIRST_WORDS_MAX:
            first = f"{first[:FIRST_WORDS_MAX]}…"
        member, until = turn.caller.me is not None, written[-1].received_at
        turn.reply.say(LeftOut(1 + len(written), first, standing.came, until, member))
        return True

    def worked(self, conn: Connection) -> None:
        """Count the update that was dealt with, and end the flood where it was the last."""
        if self.standing.since is None:
            return
        typed = self.incoming.kind not in {"tap", "reach"}
        gap = self.standing.gap and not typed
        if not gap and not flood_control.behind(conn, self.incoming.row, 1):
            flood_control.end(conn, self.incoming.chat_id)
        else:
            worked = self.standing.worked + 1
            flood_control.keep(conn, self.incoming.chat_id, worked=worked, gap=gap)


def flood_of(conn: Connection, incoming: Incoming) -> Flood | None:
    """How much of the update's chat is unanswered; None where it was dealt with before."""
    standing = flood_control.standing(conn, incoming.row, incoming.chat_id, ANSWERS_OPEN_MAX)
    return None if standing is None else Flood(incoming, standing)
