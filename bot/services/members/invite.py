"""A member's invitation: a link into the bot, as text and as a QR code."""

import io
from collections.abc import Iterable

import segno

from bot.flows.members.invite import Invitation, Invite
from bot.turn.reply import Picture
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "invitation", "link_to"]

# Ten pixels a module make the picture some 400 wide, which fills a phone's screen and scans from
# across a table. Error level m reads with up to 15% of the code damaged.
DOTS_PER_MODULE = 10
ERROR_LEVEL = "m"


def link_to(username: str, code: str) -> str:
    """Returns the link that opens the bot with this code."""
    return f"https://t.me/{username}?start={code}"


def invitation(turn: Turn, code: str) -> Picture:
    """Returns the QR code, captioned with code and link."""
    link = link_to(turn.username, code)
    drawn = io.BytesIO()
    segno.make_qr(link, error=ERROR_LEVEL).save(drawn, kind="png", scale=DOTS_PER_MODULE)
    return Picture(Invitation(code, link), drawn.getvalue(), f"{code}.png")


def invite(turn: Turn, action: Invite) -> Iterable[Picture]:
    """Show the member's own invitation."""
    yield invitation(turn, action.code)


LOOKUPS: Lookups = {}
ACTIONS: Actions = {Invite: invite}
