"""Lets members of old take the place that the company entered for them."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.conversation.messages import Message
from bot.core.members.people import first_name, masked_name
from bot.flows.members.claim import Claim, ClaimWelcome, Place, PlaceOf, TeammateArrived
from bot.services.home.command_menu import hang
from bot.services.members.invite import invitation, link_to
from bot.services.members.register import begin_tips
from bot.store.members import members, unclaimed
from bot.turn.reply import Picture
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def place_of(turn: Turn, lookup: PlaceOf) -> Place | None:
    """The place behind a number that Telegram vouches for; nothing is told about any other."""
    if not lookup.phone.verified:
        return None
    found = unclaimed.waiting(turn.conn, lookup.phone.number)
    if found is None:
        return None
    return Place(found.id, found.name, found.number, masked_name(found.sponsor or ""))


def claim(turn: Turn, command: Claim) -> Iterable[Message | Picture]:
    """Link the account, once; asked again, show the same welcome again."""
    member = members.by_user(turn.conn, turn.caller.user_id)
    if member is None:
        assert command.phone.verified, "a typed number claims nothing"
        unclaimed.take(
            turn.conn,
            command.member_id,
            user_id=turn.caller.user_id,
            phone=command.phone.number,
            title=command.title,
            province=command.province.slug,
            zone=command.province.zone,
            birth_year=command.birth_year,
        )
        member = members.by_id(turn.conn, command.member_id)
        consents = tuple((c.card, str(c.version), c.at) for c in command.consents)
        members.agree(turn.conn, member.id, consents)
        begin_tips(turn, member.id, member.zone)
        hang(turn, turn.caller.user_id)
        if member.sponsor_id is not None:
            news = TeammateArrived(masked_name(member.name), first_name(member.name))
            turn.tell(member.sponsor_id, news, key=f"claimed:{member.id}")
    name = first_name(member.name)
    turn.reader = replace(turn.reader, title=member.title, name=name, zone=member.zone)
    return ClaimWelcome(member.code, link_to(turn.username, member.code)), invitation(
        turn, member.code
    )


LOOKUPS: Lookups = {PlaceOf: place_of}
ACTIONS: Actions = {Claim: claim}
