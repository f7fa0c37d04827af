"""Broadcasts as trainers write, watch, pause, stop and repeat them."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.content.broadcasts import Addressee, examine, render_for
from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_of
from bot.core.conversation.messages import Message, Refusal, Sample
from bot.core.members.people import first_name
from bot.core.members.provinces import province
from bot.core.messaging.broadcasts import PER_DAY_MAX
from bot.flows.broadcasts.broadcast import (
    CardOf,
    Latest,
    RepeatableBy,
    RepeatBroadcast,
    TurnBroadcast,
)
from bot.flows.broadcasts.broadcast_messages import (
    BodyRefused,
    BroadcastCard,
    BroadcastGone,
    Broadcasts,
    NothingToRepeat,
    TooManyToday,
)
from bot.flows.broadcasts.broadcast_questions import ConfirmBroadcast, NamedRank
from bot.flows.broadcasts.draft_lookups import (
    AudienceSizes,
    BodyFault,
    BotName,
    PreviewOf,
    Ranks,
    SendBroadcast,
    SentToday,
)
from bot.services.bonus.wording import in_words
from bot.services.broadcasts.audience import audience_filter
from bot.services.broadcasts.broadcast_cards import REPEAT, card_of, line_of, repeatable
from bot.store.broadcasts import audience, broadcasts, recipients
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.db import audit_log
from bot.store.members import members
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "card_shown", "own"]

LINES_MAX = 8
EXAMPLE = Addressee("Sari", "Ibu", "Sulawesi Selatan", "7K3M9QX2")


def sent_today(turn: Turn, _lookup: SentToday) -> int:
    """Returns the number of broadcasts that the caller wrote since local midnight."""
    return broadcasts.made_since(turn.conn, turn.caller.user_id, _midnight(turn))


def body_fault(_turn: Turn, lookup: BodyFault) -> BodyRefused | None:
    """Returns what is wrong with a text for Telegram or its readers; None if nothing is."""
    found = examine(lookup.body, caption=lookup.caption)
    if found is None:
        return None
    return BodyRefused(found, lookup.caption, lookup.stays)


def bot_name(turn: Turn, _lookup: BotName) -> str:
    """Returns the bot's username."""
    return turn.username


def preview_of(turn: Turn, lookup: PreviewOf) -> Sample:
    """Returns the broadcast as the caller would get it, or an example if not a member."""
    me = turn.caller.me
    person = EXAMPLE
    if me is not None:
        place = province(members.by_id(turn.conn, me.id).province).name
        person = Addressee(first_name(me.name), me.title, place, me.code)
    return Sample(render_for(lookup.body, person), lookup.file_id, lookup.file_kind)


def ranks_now(turn: Turn, _lookup: Ranks) -> tuple[NamedRank, ...]:
    """Returns the ranks of the plan of this month, the lowest first."""
    version = turn.company.plan.version_for(period_of(turn.now, turn.company.time_zone))
    language = turn.caller.language
    return tuple(
        NamedRank(rank.slug, in_words(rank.names, rank.slug, language))
        for rank in (version.ranks if version is not None else ())
    )


def audience_sizes(turn: Turn, lookup: AudienceSizes) -> tuple[tuple[str, int], ...]:
    """Returns the size of an audience by time zone."""
    wanted = audience_filter(
        turn.conn, turn.company, lookup.audience, turn.caller.user_id, lookup.at
    )
    return tuple(sorted(audience.sizes(turn.conn, wanted).items()))


def latest(turn: Turn, lookup: Latest) -> Broadcasts:
    """Returns the newest broadcasts of the caller, or of all authors for an admin."""
    admin = "admin" in turn.caller.roles
    all_authors = lookup.all_authors and admin
    author = None if all_authors else turn.caller.user_id
    found = broadcasts.latest(turn.conn, author, LINES_MAX)
    lines = tuple(line_of(turn.conn, one, turn.caller.user_id, turn.now) for one in found)
    return Broadcasts(lines, all_authors, admin)


def card(turn: Turn, lookup: CardOf) -> BroadcastCard | None:
    """Returns the card of a broadcast, for its author and for admins."""
    found = own(turn, lookup.number)
    return None if found is None else card_shown(turn, found.id)


def repeatable_by(turn: Turn, lookup: RepeatableBy) -> int:
    """Returns how many members a broadcast can be repeated to."""
    return repeatable(turn.conn, lookup.number)


def send_broadcast(turn: Turn, action: SendBroadcast) -> Iterable[Message]:
    """Enter the broadcast, once, and show its card.

    Raises:
        Refusal: the author has written the day's `PER_DAY_MAX` broadcasts.
    """
    number = broadcasts.by_reference(turn.conn, turn.reference)
    if number is None:
        _assert_may_write(turn)
        user_id = turn.caller.user_id
        if broadcasts.made_since(turn.conn, user_id, _midnight(turn)) >= PER_DAY_MAX:
            raise Refusal(TooManyToday(PER_DAY_MAX), ConfirmBroadcast)
        number = broadcasts.add(
            turn.conn,
            reference=turn.reference,
            author_id=user_id,
            body=action.body,
            file_id=action.file_id,
            file_kind=action.file_kind,
            audience=action.audience,
            starts_at=max(action.starts_at, turn.now),
            at=action.chosen_at,
        )
        audit_log.note(turn.conn, user_id, "send broadcast", f"broadcast {number}", turn.now)
        if action.claims:
            assert "admin" in turn.caller.roles, "only an admin may let claims pass"
            words = f"broadcast {number}: {', '.join(action.claims)}"
            audit_log.note(turn.conn, user_id, "send despite claims", words, turn.now)
    yield card_shown(turn, number)


def turn_broadcast(turn: Turn, action: TurnBroadcast) -> Iterable[Message]:
    """Pause, resume or stop a broadcast; one that is so already does not change."""
    found = own(turn, action.number)
    if found is None:
        yield BroadcastGone()
        return
    number = found.id
    if action.turn == "resume":
        changed = broadcasts.change_state(turn.conn, number, "paused", "running")
        if changed and found.author_id != turn.caller.user_id:
            broadcasts.vouch(turn.conn, number, turn.caller.user_id)
    elif action.turn == "pause":
        changed = broadcasts.change_state(turn.conn, number, "running", "paused")
    else:
        changed = any(
            [
                broadcasts.change_state(turn.conn, number, "running", "stopped"),
                broadcasts.change_state(turn.conn, number, "paused", "stopped"),
            ]
        )
    if changed:
        recipients.hold(turn.conn, number)
        act = f"{action.turn} broadcast"
        audit_log.note(turn.conn, turn.caller.user_id, act, f"broadcast {number}", turn.now)
    yield card_shown(turn, number)


def repeat_broadcast(turn: Turn, action: RepeatBroadcast) -> Iterable[Message]:
    """Repeat a broadcast to members who may not have got it; each can be repeated once."""
    found = own(turn, action.number)
    if found is None:
        yield BroadcastGone()
        return
    reference = REPEAT.format(found.id)
    number = broadcasts.by_reference(turn.conn, reference)
    if number is None:
        _assert_may_write(turn)
        if found.finished_at is None or not repeatable(turn.conn, found.id):
            yield NothingToRepeat(found.id)
            return
        number = broadcasts.add(
            turn.conn,
            reference=reference,
            author_id=turn.caller.user_id,
            body=found.body,
            file_id=found.file_id,
            file_kind=found.file_kind,
            audience=found.audience,
            starts_at=turn.now,
            at=turn.now,
            repeats=found.id,
            edition=found.edition,
        )
        subject = f"broadcast {number} repeats {found.id}"
        audit_log.note(turn.conn, turn.caller.user_id, "repeat broadcast", subject, turn.now)
    yield card_shown(turn, number)


def own(turn: Turn, number: int) -> Broadcast | None:
    """Returns the broadcast, for its author and for admins; else None."""
    _assert_may_write(turn)
    found = broadcasts.load(turn.conn, number)
    if found is None:
        return None
    own = found.author_id == turn.caller.user_id
    return found if own or "admin" in turn.caller.roles else None


def card_shown(turn: Turn, number: int) -> BroadcastCard:
    """Returns the card of a broadcast that the caller may see."""
    found = broadcasts.load(turn.conn, number)
    assert found is not None, "it was found a moment ago"
    names = {each.slug: each.name for each in ranks_now(turn, Ranks())}
    caller = turn.caller
    admin = "admin" in caller.roles
    return card_of(turn.conn, turn.company, found, names, caller.user_id, turn.now, admin=admin)


def _assert_may_write(turn: Turn) -> None:
    assert turn.caller.roles & {"trainer", "admin"}, "FLOWS lets only trainers in"


def _midnight(turn: Turn) -> datetime:
    """Returns when the caller's local day began."""
    me = turn.caller.me
    zone = me.zone if me is not None else turn.company.time_zone
    return datetime.combine(local_day(turn.now, zone), time(), ZoneInfo(zone))


LOOKUPS: Lookups = {
    SentToday: sent_today,
    BodyFault: body_fault,
    BotName: bot_name,
    PreviewOf: preview_of,
    Ranks: ranks_now,
    AudienceSizes: audience_sizes,
    Latest: latest,
    CardOf: card,
    RepeatableBy: repeatable_by,
}
ACTIONS: Actions = {
    SendBroadcast: send_broadcast,
    TurnBroadcast: turn_broadcast,
    RepeatBroadcast: repeat_broadcast,
}
