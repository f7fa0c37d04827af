"""The FAQ, questions to the office with their answers, and the notice of what waits there.

May import flows, turn, store, content and core. Begin with `faq_search.py`.
"""

from bot.flows.inquiries import FLOWS
from bot.services.inquiries import answering_inquiries, asking_office, faq_keeping, faq_search
from bot.turn.turn import Actions, Lookups

__all__ = ["ACTIONS", "FLOWS", "LOOKUPS"]

LOOKUPS: Lookups = {
    **answering_inquiries.LOOKUPS,
    **faq_keeping.LOOKUPS,
    **faq_search.LOOKUPS,
}
ACTIONS: Actions = {
    **answering_inquiries.ACTIONS,
    **asking_office.ACTIONS,
    **faq_keeping.ACTIONS,
}
