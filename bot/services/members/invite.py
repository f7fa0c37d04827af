"""Draws a member's invitation: a link into the bot, as text and as a QR for phone cameras."""

import io
from collections.abc import Iterable

import segno

from bot.flows.members.invite import Invitation, Invite
from bot.turn.reply import Picture
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "invitation", "link_to"]

# Ten dots a module make the picture some 400 wide, which fills a phone's screen and still scans
# from across a table. A tenth of it may be dirty.
DOTS_PER_MODULE = 10
ERROR_LEVEL = "m"


def link_to(username: str, code: str) -> str:
    """The address that opens the bot with this code."""
    return f"https://t.me/{username}?start={code}"


def invitation(turn: Turn, code: str) -> Picture:
    """The QR with code and link under it."""
    link = link_to(turn.username, code)
    drawn = io.BytesIO()
    segno.make_qr(link, error=ERROR_LEVEL).save(drawn, kind="png", scale=DOTS_PER_MODULE)
    return Picture(Invitation(code, link), drawn.getvalue(), f"{code}.png")


def invite(turn: Turn, command: Invite) -> Iterable[Picture]:
    """Show the member's own invitation."""
    yield invitation(turn, command.code)


LOOKUPS: Lookups = {}
ACTIONS: Actions = {Invite: invite}
