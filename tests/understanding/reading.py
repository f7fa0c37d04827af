"""Compares what the bot reads in a line about a sale with its label, field by field."""

import re
from datetime import date
from itertools import dropwhile
from typing import Final

from bot.cli.demo.goods import DEMO_PRODUCTS
from bot.content.heard import line_tags
from bot.core.conversation.messages import Message, Refusal
from bot.core.customers.customer_keys import name_key, plain_title
from bot.core.sales.buyers import SHOPS
from bot.core.sales.drafts import Draft, DraftItem
from bot.core.sales.line.words.short_words import in_full
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    KIN,
    OF_MINE,
    PLACES_BEHIND,
    TRADES,
)
from bot.core.sales.products import Product, find_products
from bot.core.sales.quick_entry import StoppedBy, read_line
from bot.core.sales.sales import likely_amounts
from tests.core.sales.costs import noted

__all__ = ["CATALOGUE", "TODAY", "is_read_right", "paid_in", "read"]

TODAY: Final = date(2026, 11, 26)
CATALOGUE: Final = tuple(
    Product(
        number, each.sku, each.name, each.member_price, each.retail_price, each.points,
        each.bonus_value, each.category,
    )
    for number, each in enumerate(DEMO_PRODUCTS, start=1)
)  # fmt: skip
_SEVERAL: Final = re.compile(r"\b([^\W\d]{3,})(?:2|[- ]\1)(?!\w)")
"""`ibu2`, `ibu-ibu` and `ibu ibu` are one word for several people."""

_SAY_NOTHING: Final = ("si ", "the ", "a ", "an ", "my ")
"""Before a name: the seller knows her customer with them or without."""

TO_PLACES: Final = frozenset(
    ["di", "yang", "yg", "depan", "belakang", "samping", "pasar", "dekat"]
)
_WHOSE: Final = OF_MINE | frozenset(["the", "tetangga", "teman", "temen", "tmn", "rekan", "dosen"])
"""Words before a title that only say whose she is."""
LIMITS: Final = (50, 200)
"""The least and the most that the demo's company lets a piece cost, in hundredths of its price."""

DESCRIBING: Final = ABOUT_BUYERS | KIN | TRADES | SHOPS | PLACES_BEHIND | TO_PLACES
"""Words that begin what tells a buyer from others of that name."""

OPEN: Final = "one of "
"""Before the names of the products of which one is meant."""

MEANS: Final = {"cash": "tunai", "transfer": "transfer", "qris": "qris"}


def read(
    text: str, *, is_begun: bool = False, stopped_by: StoppedBy = StoppedBy.ANY_DOUBT
) -> Draft | Message | None:
    """Returns the sale in a text, None if there is none, or what a refusal says."""
    try:
        return read_line(
            text,
            CATALOGUE,
            TODAY,
            tags=line_tags(),
            in_thousands=True,
            is_begun=is_begun,
            stopped_by=stopped_by,
        )
    except Refusal as refusal:
        return refusal.message


def is_read_right(meaning: str, draft: Draft) -> bool:
    """Returns whether a draft is what the label says: `sale 2 Sabun Sereh @50000 | buyer Ani`."""
    first, *_ = meaning.removeprefix("sale ").split("|")
    wanted = sorted(_item(item) for item in first.split(";"))
    fields = _parts(meaning)
    found = _fields(draft)
    buyer = _name(fields.get("buyer", ""))
    if _is_the_same(str(found["buyer"]), buyer):
        found["buyer"] = buyer
    return _are_the_same(wanted, sorted(map(_found, draft.items))) and found == {
        "buyer": buyer,
        "own": "own" in fields,
        "day": fields.get("day", ""),
        "total": int(fields.get("total", 0)),
        "paid": _settled(paid_in(meaning)),
        "discount": fields.get("discount", ""),
    }


def _are_the_same(wanted: list[tuple[str, str, str]], found: list[tuple[str, str, str]]) -> bool:
    """Returns whether items are as labelled; where a product is asked for, fewer may be offered.

    Labels know `?madu`, and `madu hutan` leaves two of the four that there are.
    """
    return len(wanted) == len(found) and all(
        (quantity, price) == (its_quantity, its_price) and _is_among(its_name, name)
        for (quantity, name, price), (its_quantity, its_name, its_price) in zip(
            wanted, found, strict=True
        )
    )


def _is_among(found: str, name: str) -> bool:
    """Returns whether all products that a question offers are among those of the label."""
    if found == name or not (found.startswith(OPEN) and name.startswith(OPEN)):
        return found == name
    offered = set(found.removeprefix(OPEN).split(", "))
    return offered != {""} and offered <= set(name.removeprefix(OPEN).split(", "))


def paid_in(meaning: str) -> frozenset[str]:
    """Returns what a label says of the payment: `lunas`, `dp 50000`, `transfer`."""
    return frozenset(each.strip() for each in _parts(meaning).get("paid", "").split(",") if each)


def _parts(meaning: str) -> dict[str, str]:
    """Returns the parts of a label behind the items, by their first word."""
    parts = (part.strip().partition(" ") for part in meaning.split("|")[1:])
    return {word: rest for word, _, rest in parts}


def _settled(paid: frozenset[str]) -> frozenset[str]:
    """Returns what is said of the payment; `lunas` adds nothing to how it was paid.

    Nothing is owed by either, and writers of labels put it down or not as they please.
    """
    return paid - {"lunas"} or paid


def _is_the_same(found: str, buyer: str) -> bool:
    """Returns whether the bot takes two names for one customer, or one only says more of her."""
    if found and buyer and name_key(found) == name_key(buyer):
        return True
    if _is_without_description(found, buyer) or _is_without_description(buyer, found):
        return True
    return _is_whose(buyer.removesuffix(f" {found}"), found)


def _is_whose(before: str, found: str) -> bool:
    """Returns whether words before a name only say whose she is: `my neighbour Bu Ani`.

    Of `anak bu Ani` the child is the buyer.
    """
    words, name = before.removesuffix(" si").split(), found.split()
    if not words or before.endswith(found):
        return False
    of_mine = words[0] == "my" or words[-1] in OF_MINE or words[-1].endswith("ku")
    if len(name) < 2:
        return of_mine and words[0] in KIN | ABOUT_BUYERS
    return bool(plain_title(name[0])) and (of_mine or _WHOSE.issuperset(words))


def _is_without_description(found: str, buyer: str) -> bool:
    """Returns whether only who the buyer is was left out: `pak min` for `pak min tukang bakso`.

    What an address or a number tells apart may not be left out, nor the name itself.
    """
    rest = buyer.removeprefix(f"{found} ")
    if not found or rest == buyer or all(map(plain_title, found.split())):
        return False
    words = list(dropwhile(OF_MINE.__contains__, rest.split())) or ["yang"]
    described = words[0] in DESCRIBING or words[0].startswith("(")
    return described and not any(sign.isdigit() for sign in rest)


def _fields(draft: Draft) -> dict[str, object]:
    return {
        "buyer": _name(draft.customer or ""),
        "own": draft.own_use,
        "day": _day(draft),
        "total": draft.total or 0,
        "paid": _settled(frozenset(_paid(draft))),
        "discount": _discount(draft),
    }


def _day(draft: Draft) -> str:
    if draft.day_is_open or (draft.day is not None and draft.day > TODAY):
        return "ask"
    return "" if draft.day in {None, TODAY} else str(draft.day)


def _paid(draft: Draft) -> set[str]:
    payment = noted(draft)
    said = {MEANS[each] for each in payment.means}
    if payment.in_full is not None:
        said.add("lunas" if payment.in_full else "belum")
    if payment.deposit:
        said.add(f"dp {payment.deposit}")
    return said


def _discount(draft: Draft) -> str:
    found = draft.discount
    if found is None:
        return ""
    return str(found.amount) if found.amount else f"{found.basis_points // 100}%"


def _name(name: str) -> str:
    plain = " ".join(in_full(name).replace(".", " ").casefold().split())
    for word in _SAY_NOTHING:
        plain = plain.removeprefix(word)
    return _SEVERAL.sub(r"\1 \1", plain)


def _item(label: str) -> tuple[str, str, str]:
    """Returns quantity, product and price of an item; an open product as those that fit."""
    quantity, *words = label.split()
    price = words.pop() if words[-1][0] in "@=~" else ""
    name = " ".join(words)
    name = _fitting(name[1:]) if name.startswith("?") else name
    return quantity, name, _charged(quantity, name, price)


def _found(item: DraftItem) -> tuple[str, str, str]:
    name = item.product.name if item.product else _fitting(item.query)
    price = ""
    if item.price is not None:
        kind = "~" if item.price.is_open else "=" if item.price.each is None else "@"
        price = f"{kind}{item.price.total if item.price.each is None else item.price.each}"
    quantity = str(item.quantity or "?")
    return quantity, name, _charged(quantity, name, price)


def _charged(quantity: str, name: str, price: str) -> str:
    """Returns what the card shows as charged for all pieces.

    It stays open for which pieces an amount is, if both are as likely.
    """
    product = next((each for each in CATALOGUE if each.name == name), None)
    if not price or quantity == "?" or product is None:
        return price
    amount, count = int(price[1:]), int(quantity)
    readings = {"@": {amount * count}, "=": {amount}, "~": {amount, amount * count}}[price[0]]
    likely = likely_amounts(product, count, readings, LIMITS)
    return "or".join(map(str, sorted(likely if len(likely) == 1 else readings)))


def _fitting(query: str) -> str:
    match = find_products(query, CATALOGUE)
    if match.product is not None:
        return match.product.name
    return OPEN + ", ".join(sorted(each.name for each in match.closest))
