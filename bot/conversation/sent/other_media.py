"""Answers voices, films, stickers, places, contacts and polls so that the person can go on."""

from dataclasses import replace
from typing import Final

from bot.conversation.sent.forwards import is_of_another
from bot.conversation.sent.noise import lead_back
from bot.conversation.sent.texts import route_text
from bot.conversation.starting import start_flow
from bot.core.conversation.messages import Message
from bot.flows.customers import customer_add
from bot.flows.sent import (
    ContactSent,
    LocationSent,
    PollSent,
    StickerSent,
    VideoSent,
    VoiceSent,
)
from bot.flows.talk import JustType, KeepMedia
from bot.store.conversation import sessions
from bot.turn.access import may
from bot.turn.turn import Turn

__all__ = ["answer_contact", "answer_media"]

VOICES: Final = frozenset({"voice", "video_note", "audio"})
STICKERS: Final = frozenset({"sticker", "animation", "dice"})
PLACES: Final = frozenset({"venue", "location"})


def answer_media(turn: Turn) -> None:
    """Read the words under it, if there are any; else say what to do instead."""
    if turn.incoming.text.strip() and not is_of_another(turn):
        turn.reply.preface = _hint(turn, asked=False)
        turn.incoming = replace(turn.incoming, kind="text")
        route_text(turn)
    else:
        lead_back(turn, _hint(turn, asked=False), asked=_hint(turn, asked=True))


def answer_contact(turn: Turn) -> None:
    """Ask whether the contact of another person is a customer; else say what a card is good for.

    Nothing of it is stored without a yes.
    """
    waits = sessions.load(turn.conn, turn.incoming.chat_id) is not None
    if not turn.incoming.own and not waits and may(turn.caller, customer_add.SPEC):
        line = f"{turn.incoming.text} {turn.incoming.contact_name}"
        start_flow(turn, customer_add.SPEC.commands[0], line)
        return
    lead_back(turn, ContactSent(turn.incoming.own, turn.caller.me is not None))


def _hint(turn: Turn, *, asked: bool) -> Message:
    """Returns what to do instead of sending this; `asked` is whether a question is open."""
    member, media = turn.caller.me is not None, turn.incoming.media
    if media in VOICES:
        return VoiceSent(member, asked)
    if media == "video":
        return VideoSent(member, asked)
    if media in PLACES:
        return LocationSent(member, asked)
    if media == "poll":
        return PollSent(member, asked)
    if asked:
        return JustType()
    return StickerSent(member) if media in STICKERS else KeepMedia(member)
