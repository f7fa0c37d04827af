"""The answer about a profit, and the command lines behind its buttons."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.profit.profit import Cost, PricePercents, Profit, priced_lines, profit_of
from bot.core.sales.drafts import Discount, Draft
from bot.core.sales.sales import SaleLine, is_within, price_limits, totals
from bot.flows.caller import Caller
from bot.flows.profit.profit_messages import OtherPrice, PriceBounds, ProfitShown, Saving
from bot.flows.sales.sell_answers import shown_lines
from bot.flows.sales.sell_items import draft_of
from bot.flows.sales.sell_lookups import Shelf

__all__ = ["BUTTON_BYTES_MAX", "answer_for"]

SAVINGS: Final = (5, 10, 15)
BUTTON_BYTES_MAX: Final = 64
"""What Telegram carries behind a button, with the command and its slash."""


def answer_for(draft: Draft, costs: tuple[Cost, ...], shelf: Shelf, caller: Caller) -> ProfitShown:
    """Returns what a sale would bring; every article of the draft is known.

    Args:
        draft: goods, prices and discount.
        costs: of the way.
        shelf: the price list.
        caller: the seller.
    """
    policy = caller.company.policy
    limits = (policy.price_min_percent, policy.price_max_percent)
    before = priced_lines(replace(draft, discount=None), limits)
    lines = priced_lines(draft, limits)
    assert before is not None, "every article is known"
    assert lines is not None, "every article is known"
    sums = profit_of(lines, costs)
    only = lines[0] if len(lines) == 1 else None
    outside = next((line for line in lines if not is_within(line, *limits)), None)
    bounded = outside or only
    loses = sums.profit < 0
    discount = draft.discount
    return ProfitShown(
        lines=shown_lines(before),
        discount=totals(before).total - sums.total,
        basis_points=0 if discount is None else discount.basis_points,
        member_each=0 if only is None else only.product.member_price,
        costs=costs,
        sums=sums,
        loss_until=(sums.least_total if only is None else sums.least_each) if loses else 0,
        loss_of="all" if only is None else "each",
        bounds=None if bounded is None else _bounds(bounded, limits),
        is_outside=outside is not None,
        sale="" if outside is not None else _sale_line(draft, before, lines, shelf, caller),
        savings=() if discount is not None or sums.profit <= 0 else _savings(only, costs, limits),
        other=None if only is None else _other(only, sums, costs, limits),
    )


def _bounds(line: SaleLine, limits: PricePercents) -> PriceBounds:
    return PriceBounds(line.product.name, *price_limits(line.product, *limits))


def _sale_line(
    draft: Draft,
    before: Sequence[SaleLine],
    lines: Sequence[SaleLine],
    shelf: Shelf,
    caller: Caller,
) -> str:
    """Returns the command line of the sale, if a line on a button reads as exactly this sale."""
    policy = caller.company.policy
    limits = (policy.price_min_percent, policy.price_max_percent)
    for text in _sale_lines(draft, before, lines):
        command = f"jual {text}"
        if not _fits(command):
            continue
        try:
            read = draft_of(text, shelf, caller.began)
        except Refusal:
            continue
        if read is None or read.customer or read.day or read.own_use or read.payment.is_stated:
            continue
        settled = all(item.price is None or not item.price.is_open for item in read.items)
        if settled and priced_lines(read, limits) == tuple(lines):
            return command
    return ""


def _sale_lines(
    draft: Draft, before: Sequence[SaleLine], lines: Sequence[SaleLine]
) -> Iterable[str]:
    """Yield lines that may say this sale, by article number and by name, the shortest first."""
    taken_off = ""
    if draft.discount is not None and draft.discount.basis_points:
        whole, tenths = divmod(draft.discount.basis_points // 10, 10)
        taken_off = f" diskon {whole}{f',{tenths}' if tenths else ''}%"
    elif draft.discount is not None:
        taken_off = f" diskon {draft.discount.amount}"
    names: tuple[Callable[[SaleLine], str], ...] = (
        lambda line: line.product.sku,
        lambda line: line.product.name,
    )
    for name in names:
        yield ", ".join(f"{line.quantity} {name(line)} {_price(line)}" for line in lines)
        if taken_off:
            said = (f"{line.quantity} {name(line)} {_price(line)}" for line in before)
            yield ", ".join(said) + taken_off
            plain = (f"{line.quantity} {name(line)}" for line in before)
            yield ", ".join(plain) + taken_off
        if draft.total is not None:
            plain = (f"{line.quantity} {name(line)}" for line in lines)
            yield f"{', '.join(plain)} total {totals(lines).total}"


def _price(line: SaleLine) -> str:
    return f"@{line.each}" if line.each is not None else f"total {line.amount}"


def _savings(
    line: SaleLine | None, costs: tuple[Cost, ...], limits: PricePercents
) -> tuple[Saving, ...]:
    """Returns the discounts to try on the only article, as far as the limits allow them."""
    if line is None:
        return ()
    tried = []
    for percent in SAVINGS:
        amount = Discount(basis_points=percent * 100).off(line.amount)
        text = _line(line, f"{_price(line)} diskon {percent}%", costs)
        if is_within(replace(line, amount=amount), *limits) and _fits(f"hitung {text}"):
            tried.append(Saving(percent, text))
    return tuple(tried)


def _other(
    line: SaleLine, sums: Profit, costs: tuple[Cost, ...], limits: PricePercents
) -> OtherPrice | None:
    """Returns a price to try: within the limits, and without a loss if they allow that."""
    least, most = price_limits(line.product, *limits)
    if not is_within(line, *limits):
        above = line.amount > most * line.quantity
        each = most if above else max(least, min(sums.least_each, most))
    elif sums.profit < 0 and sums.least_each <= most:
        each = sums.least_each
    else:
        return None
    other = OtherPrice(each, _line(line, f"@{each}", costs))
    return other if _fits(f"hitung {other.line}") else None


def _line(line: SaleLine, price: str, costs: tuple[Cost, ...]) -> str:
    way = "".join(f" {cost.word} {cost.amount}" for cost in costs)
    return f"{line.quantity} {line.product.sku} {price}{way}"


def _fits(command: str) -> bool:
    """Returns whether a button carries this command line."""
    return len(f"/{command}".encode("utf-8", "replace")) <= BUTTON_BYTES_MAX
