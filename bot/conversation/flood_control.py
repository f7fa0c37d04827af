"""Keeps a chat that writes faster than it can be answered from filling the outbox.

At `ANSWERS_OPEN_MAX` unsent answers, the bot says once that it will answer all messages one by
one. Later updates stay in the inbox, in their order, until most of those answers are sent. After
`WORKED_MAX` updates of such a flood, the messages that the chat has written by then are left out,
and the bot says how many they were and how they began, so that no real message waits an hour
behind them. Pressed buttons are never left out: they may decide about money, and each is bound to
its question.

A typed answer is not bound to a question. The first text after a gap may belong to a message that
was left out, so it does not count as an answer: the open question is asked again.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from bot.core.errors import UpdateError
from bot.flows.talk import LeftOut, OneByOne
from bot.store.conversation import flood_control
from bot.store.conversation.flood_control import ChatLoad
from bot.turn.incoming import Incoming
from bot.turn.notices import answer_to
from bot.turn.raw_updates import is_message
from bot.turn.turn import Turn

__all__ = ["ANSWERS_OPEN_MAX", "ChatThrottledError", "Flood", "flood_of"]

ANSWERS_OPEN_MAX: Final = 20
ANSWERS_OPEN_AGAIN: Final = 10
"""At this number of unsent answers, updates of a chat with a flood are handled again."""

WORKED_MAX: Final = 100
LEFT_OUT_MIN: Final = 20
LEFT_OUT_AT_ONCE_MAX: Final = 5_000
FIRST_WORDS_MAX: Final = 40


class ChatThrottledError(UpdateError):
    """The update waits until answers to its chat are sent; it has had no effect."""


@dataclass(frozen=True, slots=True)
class Flood:
    """An update and the load of its chat, which decides whether the update is handled now.

    Attributes:
        incoming: the update.
        load: how much is open between the bot and the chat.
    """

    incoming: Incoming
    load: ChatLoad

    @property
    def must_wait(self) -> bool:
        """Whether the update stays in the inbox until answers are sent."""
        most = ANSWERS_OPEN_MAX if self.load.since is None else ANSWERS_OPEN_AGAIN
        return self.incoming.kind != "reach" and self.load.answers >= most

    @property
    def group_is_full(self) -> bool:
        """Whether a group has too many unsent answers to get another."""
        return not self.incoming.private and self.load.answers >= ANSWERS_OPEN_MAX

    def begin(self, turn: Turn) -> None:
        """Send one message that everything will be answered in turn."""
        if self.load.since is None:
            chat, key = self.incoming.chat_id, f"u{self.incoming.row}:hushed"
            flood_control.begin(turn.conn, chat, turn.now)
            # A separate key, since the update itself is still to be answered.
            answer_to(turn.conn, turn.screen(OneByOne()), chat, key, turn.now)

    def leaves_out(self, turn: Turn) -> bool:
        """Leave out the chat's unhandled messages if there are too many; return whether so."""
        load, typed = self.load, self.incoming.kind not in {"tap", "reach"}
        if load.since is None or load.worked < WORKED_MAX or not typed:
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
        turn.reply.say(LeftOut(1 + len(written), first, load.received_at, until, member))
        return True

    def note_handled(self, conn: Connection) -> None:
        """Count the handled update, and end the flood if it was the last one."""
        if self.load.since is None:
            return
        typed = self.incoming.kind not in {"tap", "reach"}
        gap = self.load.gap and not typed
        if not gap and not flood_control.behind(conn, self.incoming.row, 1):
            flood_control.end(conn, self.incoming.chat_id)
        else:
            worked = self.load.worked + 1
            flood_control.keep(conn, self.incoming.chat_id, worked=worked, gap=gap)


def flood_of(conn: Connection, incoming: Incoming) -> Flood | None:
    """Returns the update with the load of its chat; None if it was handled before."""
    load = flood_control.load_of(conn, incoming.row, incoming.chat_id, ANSWERS_OPEN_MAX)
    return None if load is None else Flood(incoming, load)
