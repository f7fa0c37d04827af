"""Reads the smaller answers of a sale: buyer, day and proof."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.calendar.two_days import TwoDays, two_days
from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask
from bot.core.input.dates import DayInFuture, DayTooOld, checked_day, some_day
from bot.core.input.typed import one_line, shown
from bot.core.sales.buyers import shown_name
from bot.core.sales.sales import SaleLine
from bot.flows.answers import typed
from bot.flows.caller import Caller
from bot.flows.sales.sale_parts import Proof, ShownLine
from bot.flows.sales.sell_messages import AskDay, UnknownBuyer

__all__ = ["day_of", "read_buyer", "read_proof", "shown_lines", "when"]

BUYER_CHARACTERS_MAX = 64
INVOICE_CHARACTERS_MAX = 40
TO = re.compile(r"(?:ke|kpd|kepada|buat|bwt|untuk|utk|to|for)\s+(?=\w)", re.IGNORECASE)
TEXT_CHARACTERS_MAX = 256
INVOICE = re.compile(r"(?:nomor|no|nota|faktur|invoice)\b\.?\s*+[:#]?\s*+(?=\w)", re.IGNORECASE)
OWN_USE = re.compile(
    r"(?:(?:un)?tuk |utk |buat |for )?"
    r"(?:(?:di)?pakai sendiri|sendiri|(?:saya|aku)(?: sendiri)?|pribadi|me|myself|own use)",
    re.IGNORECASE,
)


def read_buyer(answer: Answer) -> int | str | None:
    """Returns a known customer's id, a name, or None for own use."""
    if answer.kind == "tap":
        return None if answer.value == "own" else int(answer.value.removeprefix("c"))
    name = one_line(typed(answer)[:TEXT_CHARACTERS_MAX])
    if OWN_USE.fullmatch(name):
        return None
    name = shown_name(TO.sub("", name))
    if not any(sign.isalpha() for sign in name) or len(name) > BUYER_CHARACTERS_MAX:
        raise Refusal(UnknownBuyer(shown(name)))
    return name


def read_proof(answer: Answer) -> Proof:
    """Returns an invoice number as typed, a photo, or an empty proof.

    Of the words under a photo only those with a digit can be the number.
    """
    if answer.kind == "tap":
        return Proof()
    if answer.kind in {"photo", "document"}:
        told = answer.words if any(sign.isdigit() for sign in answer.words) else ""
        return Proof(_invoice(told), answer.value, answer.note, answer.kind)
    return Proof(_invoice(typed(answer)))


def _invoice(told: str) -> str:
    told = told.strip()[:TEXT_CHARACTERS_MAX]
    return one_line(INVOICE.sub("", told), INVOICE_CHARACTERS_MAX)


def when(
    caller: Caller, told: date | None, *, asking: bool = False, unclear: bool = False
) -> Flow[date]:
    """Returns the day of the sale: as typed, else today; asks where that day is not allowed.

    Args:
        caller: the seller.
        told: the day that was typed.
        asking: whether to ask in any case.
        unclear: whether a day was typed that the words do not settle, such as `minggu lalu`.
    """
    oldest_days = caller.company.policy.sale_days_back_max
    trouble = "unclear" if unclear else ""
    if not (asking or unclear):
        try:
            return checked_day(told or caller.began.company, caller.today, oldest_days)
        except Refusal as refusal:
            if not isinstance(refusal.message, DayInFuture | DayTooOld):
                raise
            trouble = "future" if isinstance(refusal.message, DayInFuture) else "old"

    def read(answer: Answer) -> date:
        then = day_of(caller, answer)
        if answer.kind == "tap":
            return then.counted(then.own - timedelta(days=int(answer.value.removeprefix("d"))))
        named = some_day(typed(answer), then.own)
        return checked_day(then.counted(named), then.company, oldest_days)

    return (yield from ask(AskDay(caller.today - timedelta(days=oldest_days), trouble), read))


def day_of(caller: Caller, answer: Answer) -> TwoDays:
    """Returns the day on which an answer was given."""
    return two_days(answer.at, caller.member.zone, caller.company.time_zone)


def shown_lines(lines: Sequence[SaleLine]) -> tuple[ShownLine, ...]:
    """Returns the lines as a card or a receipt shows them."""
    return tuple(ShownLine(x.product.name, x.quantity, x.each, x.amount) for x in lines)
