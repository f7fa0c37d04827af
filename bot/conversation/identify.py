"""Identifies the sender of an update."""

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Reader
from bot.core.calendar.periods import period_of
from bot.core.calendar.two_days import two_days
from bot.core.members.people import first_name
from bot.flows.caller import Caller, Me
from bot.store.members import people
from bot.turn.access import effective_roles
from bot.turn.incoming import Incoming

__all__ = ["recognise"]


def recognise(conn: Connection, company: Company, incoming: Incoming) -> tuple[Caller, Reader]:
    """Returns the sender of an update, and the language and name to address them with.

    A new sender gets the company's first language.
    """
    row = people.meet(conn, incoming.user_id, company.languages[0], incoming.at)
    me = None
    if row.id is not None:
        facts = (row.id, row.code, row.name, row.member_title, row.zone)
        me = Me(*facts, active=row.active, left=row.left)
    zone = me.zone if me else company.time_zone
    days = two_days(incoming.at, zone, company.time_zone)
    caller = Caller(
        user_id=incoming.user_id,
        language=row.language,
        me=me,
        roles=effective_roles(_listed(row.roles), suspended=me is not None and not me.active),
        at=incoming.at,
        today=days.company,
        began=days,
        period=period_of(incoming.at, company.time_zone),
        company=company,
    )
    title = me.title if me else row.title
    office = me is None and "admin" in caller.roles
    reader = Reader(row.language, title, first_name(me.name) if me else "", zone, office)
    return caller, reader


def _listed(roles: str | None) -> frozenset[str]:
    return frozenset((roles or "").split(",")) - {""}
