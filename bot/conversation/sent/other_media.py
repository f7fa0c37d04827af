"""Answers voices, films, stickers, places, contacts and polls so that the person can go on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.conversation.sent.forwards import is_of_another
from bot.conversation.sent.noise import lead_back
from bot.conversation.sent.texts import route_text
from bot.core.conversation.messages import Message
from bot.flows.sent import (
    ContactSent,
    LocationSent,
    PollSent,
    StickerSent,
    VideoSent,
    VoiceSent,
)
from bot.flows.talk import JustType, KeepMedia
from bot.turn.turn import Turn

__all__ = ["answer_contact", "answer_media"]

HINTS: Final[Mapping[str, Callable[[bool], Message]]] = {
    "voice": VoiceSent,
    "video_note": VoiceSent,
    "audio": VoiceSent,
    "video": VideoSent,
    "sticker": StickerSent,
    "animation": StickerSent,
    "dice": StickerSent,
    "venue": LocationSent,
    "location": LocationSent,
    "poll": PollSent,
}


def answer_media(turn: Turn) -> None:
    """Read the words under it, if there are any; else say what to do instead."""
    hint = HINTS.get(turn.incoming.media, KeepMedia)(turn.caller.me is not None)
    if turn.incoming.text.strip() and not is_of_another(turn):
        turn.reply.preface = hint
        turn.incoming = replace(turn.incoming, kind="text")
        route_text(turn)
        return
    lead_back(turn, hint, asked=JustType() if isinstance(hint, StickerSent) else None)


def answer_contact(turn: Turn) -> None:
    """Say what a contact card is good for; nothing of it is stored."""
    lead_back(turn, ContactSent(turn.incoming.own, turn.caller.me is not None))
