"""Shows and changes what members may change about themselves."""

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
    ShowPhone,
)
from bot.flows.tips.tip_time import ChangeTipHour
from bot.services.tips.consent import decide, tip_hour
from bot.store.members import members, people, profiles, unclaimed
from bot.store.tips import consents
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def own_profile(turn: Turn, lookup: OwnProfile) -> Profile:
    """The card as the books have it."""
    return _card(turn, lookup.member_id)


def change_name(turn: Turn, command: ChangeName) -> Iterable[Message]:
    """Write the name down and speak to the caller by it."""
    member_id = turn.caller.seat.id
    profiles.rename(turn.conn, member_id, command.name)
    turn.reader = replace(turn.reader, name=first_name(command.name))
    yield _card(turn, member_id, "name")


def change_title(turn: Turn, command: ChangeTitle) -> Iterable[Message]:
    """Write the form of address down and use it at once."""
    member_id = turn.caller.seat.id
    profiles.retitle(turn.conn, member_id, command.title)
    people.address_as(turn.conn, turn.caller.user_id, command.title)
    turn.reader = replace(turn.reader, title=command.title)
    yield _card(turn, member_id, "title")


def change_phone(turn: Turn, command: ChangePhone) -> Iterable[Message]:
    """Write the number down; whoever has it without proof gives way to proof."""
    member_id = turn.caller.seat.id
    number, verified = command.phone.number, command.phone.verified
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


def change_province(turn: Turn, command: ChangeProvince) -> Iterable[Message]:
    """Write the province down; the tip comes by the clock there from now on."""
    member_id = turn.caller.seat.id
    place = province(command.slug)
    profiles.move_to(turn.conn, member_id, place.slug, place.zone)
    turn.reader = replace(turn.reader, zone=place.zone)
    _wind(turn, tip_hour(turn, member_id), place.zone)
    yield _card(turn, member_id, "province")


def show_phone(turn: Turn, command: ShowPhone) -> Iterable[Message]:
    """Let the team above see the number, or not."""
    member_id = turn.caller.seat.id
    profiles.show_phone(turn.conn, member_id, shown=command.shown)
    yield _card(turn, member_id, "phone_shown")


def change_tip_hour(turn: Turn, command: ChangeTipHour) -> Iterable[Message]:
    """Set the hour; who chooses one wants tips."""
    decide(turn, turn.caller.seat.id, "tips", given=True)
    _wind(turn, command.tip_hour, turn.caller.seat.zone)
    yield _card(turn, turn.caller.seat.id, "tip_hour")


def _card(turn: Turn, member_id: int, changed: str = "") -> Profile:
    row = members.by_id(turn.conn, member_id)
    place = province(row.province)
    sponsor = row.sponsor_id and masked_name(members.by_id(turn.conn, row.sponsor_id).name)
    return Profile(
        full_name=row.name,
        title=row.title,
        code=row.code,
        phone_end=short_phone(row.phone) if row.phone.startswith("+") else "",
        phone_verified=row.phone_verified,
        phone_shown=row.phone_shown,
        province=place.name,
        province_english=place.english,
        zone=zone_label(row.zone),
        joined_at=row.joined_at,
        sponsor=sponsor or "",
        tip_hour=tip_hour(turn, member_id),
        tips_wanted=consents.allows(turn.conn, member_id, "tips"),
        changed=changed,
    )


def _wind(turn: Turn, hour: str, zone: str) -> None:
    due_at = next_time(turn.now, time.fromisoformat(hour), zone)
    profiles.wind(turn.conn, turn.caller.seat.id, hour, due_at)


LOOKUPS: Lookups = {OwnProfile: own_profile}
ACTIONS: Actions = {
    ChangeName: change_name,
    ChangeTitle: change_title,
    ChangePhone: change_phone,
    ChangeProvince: change_province,
    ShowPhone: show_phone,
    ChangeTipHour: change_tip_hour,
}
