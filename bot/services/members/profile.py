"""A member's profile, and what members may change in it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

from bot.core.calendar.hours import zone_label
from bot.core.conversation.messages import Message, Refusal
from bot.core.input.clock_times import next_time
from bot.core.members.people import first_name, masked_name, short_phone
from bot.core.members.provinces import province
from bot.flows.members.details import AskPhone, PhoneTaken
from bot.flows.members.profile import (
    ChangeName,
    ChangePhone,
    ChangeProvince,
    ChangeTitle,
    OwnProfile,
    PhoneChanged,
    PhoneGone,
    Profile,
)
from bot.flows.tips.tip_time import ChangeTipHour
from bot.services.tips.consent import decide, tip_hour
from bot.store.members import members, people, profiles, unclaimed
from bot.store.team import pair_permissions
from bot.store.tips import consents
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def own_profile(turn: Turn, lookup: OwnProfile) -> Profile:
    """Returns the profile as stored."""
    return _card(turn, lookup.member_id)


def change_name(turn: Turn, action: ChangeName) -> Iterable[Message]:
    """Store the name and address the caller by it."""
    member_id = turn.caller.member.id
    profiles.rename(turn.conn, member_id, action.name)
    turn.reader = replace(turn.reader, name=first_name(action.name))
    yield _card(turn, member_id, "name")


def change_title(turn: Turn, action: ChangeTitle) -> Iterable[Message]:
    """Store the form of address and use it at once."""
    member_id = turn.caller.member.id
    profiles.retitle(turn.conn, member_id, action.title)
    people.set_title(turn.conn, turn.caller.user_id, action.title)
    turn.reader = replace(turn.reader, title=action.title)
    yield _card(turn, member_id, "title")


def change_phone(turn: Turn, action: ChangePhone) -> Iterable[Message]:
    """Store the number; a member who has it unverified gives it up to a verified one.

    Raises:
        Refusal: the number stays with another member.
    """
    member_id = turn.caller.member.id
    number, verified = action.phone.number, action.phone.verified
    holder = members.phone_holder(turn.conn, number)
    if holder is not None and holder.id == member_id:
        verified = verified or holder.phone_verified
    elif holder is not None:
        waits = unclaimed.waiting(turn.conn, number) is not None
        if waits or holder.phone_verified or not verified:
            raise Refusal(PhoneTaken(provable=not verified), AskPhone)
        members.give_up_phone(turn.conn, holder.id)
        turn.tell(
            holder.id,
            PhoneGone(short_phone(number)),
            key=f"yielded:{holder.id}:{turn.reference}",
        )
    profiles.set_phone(turn.conn, member_id, number, verified=verified)
    yield PhoneChanged(short_phone(number), verified)


def change_province(turn: Turn, action: ChangeProvince) -> Iterable[Message]:
    """Store the province; the tip comes by its local time from now on."""
    member_id = turn.caller.member.id
    place = province(action.slug)
    profiles.move_to(turn.conn, member_id, place.slug, place.zone)
    turn.reader = replace(turn.reader, zone=place.zone)
    _schedule_tip(turn, tip_hour(turn, member_id), place.zone)
    yield _card(turn, member_id, "province")


def change_tip_hour(turn: Turn, action: ChangeTipHour) -> Iterable[Message]:
    """Store the hour; choosing one is also consent to tips."""
    decide(turn, turn.caller.member.id, "tips", given=True)
    _schedule_tip(turn, action.tip_hour, turn.caller.member.zone)
    yield _card(turn, turn.caller.member.id, "tip_hour")


def _card(turn: Turn, member_id: int, changed: str = "") -> Profile:
    me = members.by_id(turn.conn, member_id)
    place = province(me.province)
    sponsor = None if me.sponsor_id is None else members.by_id(turn.conn, me.sponsor_id)
    return Profile(
        full_name=me.name,
        title=me.title,
        code=me.code,
        phone_end=short_phone(me.phone) if me.phone.startswith("+") else "",
        phone_verified=me.phone_verified,
        phone_shown=me.phone_shown,
        phone_given=pair_permissions.count_given(turn.conn, member_id),
        province=place.name,
        province_english=place.english,
        zone=zone_label(me.zone),
        joined_at=me.joined_at,
        sponsor="" if sponsor is None else masked_name(sponsor.name),
        tip_hour=tip_hour(turn, member_id),
        tips_wanted=consents.allows(turn.conn, member_id, "tips"),
        changed=changed,
    )


def _schedule_tip(turn: Turn, hour: str, zone: str) -> None:
    due_at = next_time(turn.now, time.fromisoformat(hour), zone)
    profiles.set_tip_hour(turn.conn, turn.caller.member.id, hour, due_at)


LOOKUPS: Lookups = {OwnProfile: own_profile}
ACTIONS: Actions = {
    ChangeName: change_name,
    ChangeTitle: change_title,
    ChangePhone: change_phone,
    ChangeProvince: change_province,
    ChangeTipHour: change_tip_hour,
}
