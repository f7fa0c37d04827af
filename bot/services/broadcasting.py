"""Takes broadcasts from trainers, and shows how they stand."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.content.broadcasts import Addressee, examine, word_for
from bot.core.broadcasts import PER_DAY_MAX
from bot.core.hours import local_day
from bot.core.messages import Message, Refusal, Sample
from bot.core.people import first_name
from bot.core.provinces import province
from bot.flows.broadcast import CardOf, Latest, RepeatableBy, RepeatBroadcast, TurnBroadcast
from bot.flows.broadcast_draft import (
    AudienceSizes,
    BodyFault,
    BotName,
    PreviewOf,
    SendBroadcast,
    SentToday,
)
from bot.flows.broadcast_words import (
    BodyRefused,
    BroadcastCard,
    BroadcastGone,
    Broadcasts,
    ConfirmBroadcast,
    NothingToRepeat,
    TooManyToday,
)
from bot.services.broadcast_cards import REPEAT, card_of, line_of, repeatable
from bot.services.broadcast_circles import circle
from bot.services.turn import Turn
from bot.store import audience, audit, broadcast_letters, broadcasts, members
from bot.store.broadcasts import Broadcast

__all__ = ["COMMANDS", "LOOKUPS"]

LINES_MAX = 8
EXAMPLE = Addressee("Sari", "Ibu", "Sulawesi Selatan", "7K3M9QX2")


def sent_today(turn: Turn, _lookup: SentToday) -> int:
    """Count those of the caller's own day."""
    return broadcasts.made_since(turn.conn, turn.caller.user_id, _midnight(turn))


def body_fault(_turn: Turn, lookup: BodyFault) -> BodyRefused | None:
    """Examine a text for what Telegram or its readers could stumble over."""
    found = examine(lookup.body, caption=lookup.caption)
    if found is None:
        return None
    return BodyRefused(
        found.kind, found.piece, found.hint, found.length, found.most, lookup.caption
    )


def bot_name(turn: Turn, _lookup: BotName) -> str:
    """The name under which Telegram knows the bot."""
    return turn.username


def preview_of(turn: Turn, lookup: PreviewOf) -> Sample:
    """Word it for the caller, or for an example where the caller is no member."""
    me = turn.caller.me
    person = EXAMPLE
    if me is not None:
        place = province(members.by_id(turn.conn, me.id).province).name
        person = Addressee(first_name(me.name), me.title, place, me.code)
    return Sample(word_for(lookup.body, person), lookup.file_id, lookup.file_kind)


def audience_sizes(turn: Turn, lookup: AudienceSizes) -> tuple[tuple[str, int], ...]:
    """Count who belongs to it, zone by zone."""
    wanted = circle(turn.conn, turn.company, lookup.audience, turn.caller.user_id, lookup.at)
    return tuple(sorted(audience.sizes(turn.conn, wanted).items()))


def latest(turn: Turn, lookup: Latest) -> Broadcasts:
    """The newest ones."""
    admin = "admin" in turn.caller.roles
    everybodys = lookup.all_authors and admin
    author = None if everybodys else turn.caller.user_id
    found = broadcasts.latest(turn.conn, author, LINES_MAX)
    lines = tuple(line_of(turn.conn, one, turn.caller.user_id) for one in found)
    return Broadcasts(lines, everybodys, admin)


def card(turn: Turn, lookup: CardOf) -> BroadcastCard | None:
    """How one stands."""
    found = _own(turn, lookup.number)
    return None if found is None else _card(turn, found.id)


def repeatable_by(turn: Turn, lookup: RepeatableBy) -> int:
    """Count who may be sent it again."""
    return repeatable(turn.conn, lookup.number)


def send_broadcast(turn: Turn, command: SendBroadcast) -> Iterable[Message]:
    """Write it down and say how it stands; a repeated message finds it written."""
    number = broadcasts.by_reference(turn.conn, turn.reference)
    if number is None:
        _assert_may_write(turn)
        user_id = turn.caller.user_id
        if broadcasts.made_since(turn.conn, user_id, _midnight(turn)) >= PER_DAY_MAX:
            raise Refusal(TooManyToday(PER_DAY_MAX), ConfirmBroadcast.__name__)
        number = broadcasts.add(
            turn.conn,
            reference=turn.reference,
            author_id=user_id,
            body=command.body,
            file_id=command.file_id,
            file_kind=command.file_kind,
            audience=command.audience,
            starts_at=max(command.starts_at, turn.now),
            at=command.chosen_at,
        )
        audit.note(turn.conn, user_id, "send broadcast", f"broadcast {number}", turn.now)
        if command.claims:
            assert "admin" in turn.caller.roles, "only an admin may let claims pass"
            words = f"broadcast {number}: {', '.join(command.claims)}"
            audit.note(turn.conn, user_id, "send despite claims", words, turn.now)
    yield _card(turn, number)


def turn_broadcast(turn: Turn, command: TurnBroadcast) -> Iterable[Message]:
    """Let it rest, go on or end; what it is already it stays."""
    found = _own(turn, command.number)
    if found is None:
        yield BroadcastGone()
        return
    number = found.id
    if command.turn == "resume":
        changed = broadcasts.turn(turn.conn, number, "paused", "running")
        if changed and found.author_id != turn.caller.user_id:
            broadcasts.vouch(turn.conn, number, turn.caller.user_id)
    elif command.turn == "pause":
        changed = broadcasts.turn(turn.conn, number, "running", "paused")
    else:
        changed = any(
            [
                broadcasts.turn(turn.conn, number, "running", "stopped"),
                broadcasts.turn(turn.conn, number, "paused", "stopped"),
            ]
        )
    if changed:
        broadcast_letters.hold(turn.conn, number)
        act = f"{command.turn} broadcast"
        audit.note(turn.conn, turn.caller.user_id, act, f"broadcast {number}", turn.now)
    yield _card(turn, number)


def repeat_broadcast(turn: Turn, command: RepeatBroadcast) -> Iterable[Message]:
    """A new broadcast to those in doubt; there is at most one repeat of each."""
    found = _own(turn, command.number)
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
        )
        what = f"broadcast {number} repeats {found.id}"
        audit.note(turn.conn, turn.caller.user_id, "repeat broadcast", what, turn.now)
    yield _card(turn, number)


def _own(turn: Turn, number: int) -> Broadcast | None:
    """The broadcast, for its author and for admins."""
    _assert_may_write(turn)
    found = broadcasts.load(turn.conn, number)
    if found is None:
        return None
    own = found.author_id == turn.caller.user_id
    return found if own or "admin" in turn.caller.roles else None


def _card(turn: Turn, number: int) -> BroadcastCard:
    found = broadcasts.load(turn.conn, number)
    assert found is not None, "it was found a moment ago"
    return card_of(turn.conn, turn.company, found, turn.caller.user_id, turn.now)


def _assert_may_write(turn: Turn) -> None:
    assert turn.caller.roles & {"trainer", "admin"}, "FLOWS lets only trainers in"


def _midnight(turn: Turn) -> datetime:
    """When the caller's day began."""
    me = turn.caller.me
    zone = me.zone if me is not None else turn.company.time_zone
    return datetime.combine(local_day(turn.now, zone), time(), ZoneInfo(zone))


LOOKUPS = {
    SentToday: sent_today,
    BodyFault: body_fault,
    BotName: bot_name,
    PreviewOf: preview_of,
    AudienceSizes: audience_sizes,
    Latest: latest,
    CardOf: card,
    RepeatableBy: repeatable_by,
}
COMMANDS = {
    SendBroadcast: send_broadcast,
    TurnBroadcast: turn_broadcast,
    RepeatBroadcast: repeat_broadcast,
}
