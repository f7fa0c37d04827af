"""The people who asked the office for a call, and who of them is done."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message
from bot.core.members.people import masked_name, short_phone
from bot.flows.office.lead_cards import (
    LeadCard,
    LeadDone,
    LeadGone,
    LeadLine,
    Leads,
    LeadsPage,
    NoLeads,
    OpenLead,
    SettleLead,
)
from bot.store.db import audit_log
from bot.store.members import leads, office
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

LEADS_PER_PAGE = 5


def leads_page(turn: Turn, lookup: LeadsPage) -> Leads | NoLeads:
    """Returns a page of leads; the last page for a number past the end."""
    total = office.count_leads(turn.conn)
    if total == 0:
        return NoLeads()
    last = (total - 1) // LEADS_PER_PAGE + 1
    page = min(lookup.page, last)
    found = office.leads(turn.conn, LEADS_PER_PAGE, (page - 1) * LEADS_PER_PAGE)
    lines = tuple(
        LeadLine(lead.id, masked_name(lead.name), short_phone(lead.phone), lead.at)
        for lead in found
    )
    return Leads(lines, total, page, before=page - 1, after=page + 1 if page < last else 0)


def open_lead(turn: Turn, action: OpenLead) -> Iterable[Message]:
    """Show name and number, and log who looked at them."""
    lead = office.lead(turn.conn, action.lead_id)
    if lead is None:
        yield LeadGone()
        return
    audit_log.note(turn.conn, turn.caller.user_id, "open lead", f"lead {lead.id}", turn.now)
    digits = lead.phone.removeprefix("+")
    yield LeadCard(lead.id, lead.name, lead.phone, digits, lead.at, lead.done_at is not None)


def settle_lead(turn: Turn, action: SettleLead) -> Iterable[Message]:
    """Mark a lead as done, once."""
    user_id = turn.caller.user_id
    if leads.settle_lead(turn.conn, action.lead_id, user_id, turn.now):
        audit_log.note(turn.conn, user_id, "settle lead", f"lead {action.lead_id}", turn.now)
    elif office.lead(turn.conn, action.lead_id) is None:
        yield LeadGone()
        return
    yield LeadDone(office.count_leads(turn.conn))


LOOKUPS: Lookups = {LeadsPage: leads_page}
ACTIONS: Actions = {OpenLead: open_lead, SettleLead: settle_lead}
