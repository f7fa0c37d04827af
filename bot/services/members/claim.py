"""Claiming a membership that the company imported, by the phone number."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.conversation.messages import Message
from bot.core.members.people import first_name, masked_name
from bot.flows.members.claim import Claim, ClaimWelcome, Place, PlaceOf, TeammateArrived
from bot.flows.members.register_messages import FirstSale
from bot.services.home.command_menu import request_menu_check
from bot.services.members.first_tip import begin_tips
from bot.services.members.invite import link_to
from bot.store.members import members, unclaimed
from bot.turn.reply import Picture
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def place_of(turn: Turn, lookup: PlaceOf) -> Place | None:
    """Returns the unclaimed membership with a verified number; None for an unverified one."""
    if not lookup.phone.verified:
        return None
    found = unclaimed.waiting(turn.conn, lookup.phone.number)
    if found is None:
        return None
    return Place(found.id, found.name, found.number, masked_name(found.sponsor or ""))


def claim(turn: Turn, action: Claim) -> Iterable[Message | Picture]:
    """Link the account to the membership, once; a repeated request gets the same welcome."""
    member = members.by_user(turn.conn, turn.caller.user_id)
    if member is None:
        details = action.details
        assert details.phone.verified, "a typed number claims nothing"
        unclaimed.claim(
            turn.conn,
            action.member_id,
            user_id=turn.caller.user_id,
            phone=details.phone.number,
            title=details.title,
            province=details.province.slug,
            zone=details.province.zone,
            birth_year=details.birth_year,
        )
        member = members.by_id(turn.conn, action.member_id)
        consents = tuple((c.card, str(c.version), c.at) for c in action.consents)
        members.agree(turn.conn, member.id, consents)
        begin_tips(turn, member.id, member.zone)
        request_menu_check(turn, turn.caller.user_id)
        if member.sponsor_id is not None:
            news = TeammateArrived(masked_name(member.name), first_name(member.name))
            turn.tell(member.sponsor_id, news, key=f"claimed:{member.id}")
    name = first_name(member.name)
    turn.reader = replace(turn.reader, title=member.title, name=name, zone=member.zone)
    return ClaimWelcome(member.code, link_to(turn.username, member.code)), FirstSale()


LOOKUPS: Lookups = {PlaceOf: place_of}
ACTIONS: Actions = {Claim: claim}
