"""Asks which customer is meant, where the words fit nobody or several."""

from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.typed import one_line, shown
from bot.core.input.yesno import yes_or_no
from bot.flows.answers import button_number, typed
from bot.flows.debts.debt_facts import CustomerAccount, PayersMeant, WhoOwes
from bot.flows.debts.debts_messages import AskPayer
from bot.flows.sales.sell_messages import UnknownBuyer

__all__ = ["payer_of"]

OFFERED_MAX: Final = 6
TEXT_CHARACTERS_MAX: Final = 256


def payer_of(name: str) -> Flow[int | None]:
    """Returns the id of the customer whom a name means; asks where that is not certain.

    None says that no customer has such a name, and that nobody owes anything.
    """
    while True:
        offered: tuple[tuple[int, str], ...] = ()
        if name:
            found = yield from find(PayersMeant(name))
            if found.is_certain:
                return found.customers[0][0]
            offered = found.customers
        if not offered:
            debtors = yield from find(WhoOwes())
            offered = tuple((each.customer_id, each.name) for each in debtors)
        if not offered:
            return None
        answer = yield from ask(AskPayer(shown(name), offered[:OFFERED_MAX]), _named)
        if isinstance(answer, str):
            name = answer
        elif (yield from find(CustomerAccount(answer))) is None:
            raise Refusal(UnknownBuyer(""), AskPayer)
        else:
            return answer


def _named(answer: Answer) -> int | str:
    """Returns a customer's number, or a name."""
    if answer.kind == "tap":
        return button_number(answer.value.removeprefix("c"))
    name = one_line(typed(answer)[:TEXT_CHARACTERS_MAX])
    if yes_or_no(name) is not None or not any(sign.isalpha() for sign in name):
        raise Refusal(UnknownBuyer(shown(name)))
    return name
