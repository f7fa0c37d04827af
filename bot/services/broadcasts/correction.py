"""Corrections of broadcasts, as authors and admins make them."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message
from bot.core.messaging.text_corrections import CORRECTABLE_DAYS_MAX, is_correctable
from bot.flows.broadcasts.broadcast_messages import BroadcastGone
from bot.flows.broadcasts.correction import (
    Correctable,
    CorrectableBroadcast,
    CorrectBroadcast,
)
from bot.flows.broadcasts.correction_messages import (
    CorrectionReach,
    NobodyHasIt,
    NothingToCorrect,
    TooOldToCorrect,
)
from bot.services.broadcasts.broadcast import card_shown, own
from bot.services.broadcasts.broadcast_cards import correctable_family
from bot.store.broadcasts import broadcast_corrections, broadcasts, correction_recipients
from bot.store.broadcasts.broadcasts import Broadcast
from bot.store.db import audit_log
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

NEWEST_SEARCHED = 8


def correctable(turn: Turn, lookup: CorrectableBroadcast) -> Correctable | Message:
    """Returns a broadcast that the caller may correct, or says why not; 0 is the newest one."""
    found = _newest(turn) if lookup.number == 0 else own(turn, lookup.number)
    if found is None:
        return NothingToCorrect(CORRECTABLE_DAYS_MAX) if lookup.number == 0 else BroadcastGone()
    kin = _kin(turn, found)
    if not kin:
        return _why_not(turn, found)
    delivered, waiting = correction_recipients.delivered(turn.conn, kin)
    newest = broadcast_corrections.load(turn.conn, found.edition)
    missed = newest is not None and (
        newest.state == "stopped" or newest.progress.failed + newest.progress.unsent > 0
    )
    return Correctable(
        number=found.id,
        body=found.body,
        file_id=found.file_id,
        file_kind=found.file_kind,
        edition=found.edition,
        reach=CorrectionReach(
            delivered=delivered,
            waiting=waiting,
            unknown=correction_recipients.uncertain(turn.conn, kin),
            minutes=-(-delivered // (turn.company.sending.bulk_per_second * 60)),
        ),
        missed=missed,
    )


def correct_broadcast(turn: Turn, action: CorrectBroadcast) -> Iterable[Message]:
    """Enter the correction, once, and show the card of the broadcast."""
    found = own(turn, action.number)
    if found is None:
        yield BroadcastGone()
        return
    if broadcast_corrections.by_reference(turn.conn, turn.reference) is None:
        kin = _kin(turn, found)
        if not kin:
            yield _why_not(turn, found)
            return
        broadcast_corrections.lock(turn.conn, kin[0])
        user_id = turn.caller.user_id
        number = broadcast_corrections.add(
            turn.conn,
            reference=turn.reference,
            broadcast_id=found.id,
            kin=kin,
            author_id=user_id,
            body=action.body,
            at=turn.now,
        )
        words = f"broadcast {found.id}: correction {number}"
        audit_log.note(turn.conn, user_id, "correct broadcast", words, turn.now)
        if action.claims:
            assert "admin" in turn.caller.roles, "only an admin may let claims pass"
            passed = f"broadcast {found.id}: {', '.join(action.claims)}"
            audit_log.note(turn.conn, user_id, "send despite claims", passed, turn.now)
    yield card_shown(turn, found.id)


def _newest(turn: Turn) -> Broadcast | None:
    """Returns the caller's newest broadcast that can be corrected."""
    found = broadcasts.latest(turn.conn, turn.caller.user_id, NEWEST_SEARCHED)
    return next((one for one in found if _kin(turn, one)), None)


def _kin(turn: Turn, found: Broadcast) -> tuple[int, ...]:
    """Returns the broadcasts that the caller may correct with this one; none if not."""
    admin = "admin" in turn.caller.roles
    kin = correctable_family(turn.conn, found, turn.caller.user_id, turn.now, admin=admin)
    return tuple(kin)


def _why_not(turn: Turn, found: Broadcast) -> Message:
    """Returns why a broadcast that the caller may see cannot be corrected by them."""
    first = broadcasts.load(turn.conn, broadcast_corrections.family(turn.conn, found.id)[0])
    assert first is not None, "the family has the broadcast itself"
    if not is_correctable(first.finished_at, turn.now):
        return TooOldToCorrect(found.id, CORRECTABLE_DAYS_MAX)
    mine = first.author_id == turn.caller.user_id or "admin" in turn.caller.roles
    return NobodyHasIt(found.id) if mine and found.body else BroadcastGone()


LOOKUPS: Lookups = {CorrectableBroadcast: correctable}
ACTIONS: Actions = {CorrectBroadcast: correct_broadcast}
