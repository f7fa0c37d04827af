"""A sale that is settled but not recorded: what the card shows, and what can still be changed."""

from dataclasses import dataclass, replace
from datetime import date

from bot.core.sales.payment_note import NOT_STATED, Payment
from bot.core.sales.sales import SaleLine, totals
from bot.flows.sales.sale_parts import Buyer, Proof

__all__ = ["OWN_USE", "OpenSale"]

OWN_USE = Buyer(None, "")
NO_PROOF = Proof()


@dataclass(frozen=True, slots=True)
class OpenSale:
    """The parts of a sale before it is recorded."""

    lines: tuple[SaleLine, ...]
    buyer: Buyer
    day: date
    proof: Proof = NO_PROOF
    payment: Payment = NOT_STATED

    @property
    def noted(self) -> Payment:
        """What is noted of the payment: what was paid, where a rest or a share was named."""
        return self.payment.of(totals(self.lines).total)

    def sold_to(self, buyer: Buyer) -> "OpenSale":
        """Returns the sale with this buyer; a buyer instead of own use pays the retail price."""
        lines = self.lines
        if self.buyer.own_use and not buyer.own_use:
            lines = tuple(
                SaleLine(x.product, x.quantity, x.product.retail_price * x.quantity) for x in lines
            )
        return replace(self, lines=lines, buyer=buyer)
