"""The office puts answered questions into the FAQ, and takes them out again."""

from collections.abc import Iterable
from typing import Final

from bot.core.conversation.messages import Message
from bot.core.input.typed import one_line, shown
from bot.core.messaging.claims import claims_in
from bot.flows.inquiries.faq_messages import FaqHeading
from bot.flows.inquiries.faq_panel import (
    EntryMade,
    EntryPromises,
    EntryRemoved,
    EntryTooLong,
    FaqInPanel,
    FaqPanel,
    MakeEntry,
    NoSuchEntry,
    PanelEntry,
    PanelEntryBy,
    PutBackEntry,
    RemoveEntry,
)
from bot.store.db import audit_log
from bot.store.inquiries import faq_entries, inquiries, inquiry_answers
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

PER_PAGE: Final = 8
ASKED_CHARACTERS_MAX: Final = 200
ANSWER_CHARACTERS_MAX: Final = 700


def faq_in_panel(turn: Turn, lookup: FaqInPanel) -> FaqPanel:
    """Returns a page of the office's own entries; the last page for a number past the end."""
    own = faq_entries.current_entries(turn.conn)
    last = max(1, (len(own) - 1) // PER_PAGE + 1)
    page = min(lookup.page, last)
    headings = tuple(
        FaqHeading(str(each.id), shown(each.asked))
        for each in own[(page - 1) * PER_PAGE : page * PER_PAGE]
    )
    after = page + 1 if page < last else 0
    return FaqPanel(headings, len(turn.company.faq), before=page - 1, after=after)


def panel_entry(turn: Turn, lookup: PanelEntryBy) -> PanelEntry | None:
    """Returns an entry made by the office, in use or not."""
    entry = faq_entries.entry_by_id(turn.conn, lookup.number)
    if entry is None:
        return None
    return PanelEntry(entry.id, one_line(entry.asked), entry.answer, entry.removed)


def make(turn: Turn, action: MakeEntry) -> Iterable[Message]:
    """Make an entry of a question and the answer that was sent first.

    Everybody will read it, so it may promise no more than a broadcast.
    """
    found = inquiries.inquiry(turn.conn, action.inquiry)
    first = inquiry_answers.first_answer(turn.conn, action.inquiry)
    if found is None or first is None:
        yield NoSuchEntry()
        return
    asked = one_line(found.words)
    if len(asked) > ASKED_CHARACTERS_MAX or len(first.words) > ANSWER_CHARACTERS_MAX:
        yield EntryTooLong(ASKED_CHARACTERS_MAX, ANSWER_CHARACTERS_MAX)
        return
    claims = claims_in(first.words)
    if claims:
        yield EntryPromises(claims)
        return
    number = faq_entries.add_entry(
        turn.conn,
        inquiry_id=found.id,
        asked=asked,
        answer=first.words,
        by=turn.caller.user_id,
        at=turn.now,
    )
    audit_log.note(turn.conn, turn.caller.user_id, "add faq entry", f"entry {number}", turn.now)
    yield EntryMade(number, asked, first.words)


def remove(turn: Turn, action: RemoveEntry) -> Iterable[Message]:
    """Take an entry out of use; the entry itself stays, and can be put back."""
    entry = faq_entries.entry_by_id(turn.conn, action.number)
    if entry is None:
        yield NoSuchEntry()
        return
    user_id = turn.caller.user_id
    if faq_entries.remove_entry(turn.conn, entry.id, user_id, turn.now):
        audit_log.note(turn.conn, user_id, "remove faq entry", f"entry {entry.id}", turn.now)
    yield EntryRemoved(entry.id, one_line(entry.asked))


def put_back(turn: Turn, action: PutBackEntry) -> Iterable[Message]:
    """Take an entry into use again."""
    entry = faq_entries.entry_by_id(turn.conn, action.number)
    if entry is None:
        yield NoSuchEntry()
        return
    if faq_entries.put_back_entry(turn.conn, entry.id):
        user_id = turn.caller.user_id
        audit_log.note(turn.conn, user_id, "put faq entry back", f"entry {entry.id}", turn.now)
    yield EntryMade(entry.id, one_line(entry.asked), entry.answer)


LOOKUPS: Lookups = {FaqInPanel: faq_in_panel, PanelEntryBy: panel_entry}
ACTIONS: Actions = {MakeEntry: make, RemoveEntry: remove, PutBackEntry: put_back}
