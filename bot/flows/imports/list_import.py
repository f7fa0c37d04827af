"""An admin confirms a list that was read; opening balances are signed by typing their sum."""

from bot.core.conversation.replay import Flow, ask, find
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.imports.list_import_messages import (
    ImportList,
    ListGone,
    ListTermsOf,
    TypeOpeningTotal,
    WrongTotal,
)
from bot.flows.spec import Outcome
from bot.flows.typed_sum import the_sum

__all__ = ["import_list"]


def import_list(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Import the list that the job with this number has read."""
    job = button_number(rest)
    terms = yield from find(ListTermsOf(job))
    if terms is None:
        return ListGone()
    if terms.opening:
        question = TypeOpeningTotal(terms.openings, terms.opening)
        yield from ask(question, the_sum(terms.opening, WrongTotal()))
    return ImportList(job)
