"""Example messages for every message of the bot, made from the types of their fields."""

import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

import bot.core
import bot.flows
from bot.company.plan_file.entries import NAME_LENGTH_MAX
from bot.conversation.registry import FLOWS
from bot.core.conversation.messages import Message, Question
from bot.core.members.provinces import PROVINCES, Province
from bot.flows.bonus.bonus import LINES_PER_PAGE, SHARES_PER_PAGE
from tests.architecture.packages import modules_under

__all__ = ["MESSAGES", "Size", "examples"]

Size = Literal["nothing", "one", "longest"]

DAY = date(2026, 9, 30)
NAME_CHARACTERS = 64
WORDS_CHARACTERS = 40
SUM = 999_999_999

# What stands in a field of this name, whichever message it belongs to.
VALUES: dict[str, tuple[str, ...]] = {
    "account": ("trade", "wallet"),
    "before_period": ("2026-09",),
    "changed": ("", "name", "title", "province", "phone_shown", "tip_hour", "phone"),
    "closes": ("20:00",),
    "closed_month": ("", "2026-09"),
    "code": ("7K3M9QX2",),
    "above": ("7K3M9QX2",),
    "counts_in": ("2026-09",),
    "day": ("2026-09-30",),
    "digits": ("628123456789012",),
    "earlier_period": ("", "2026-09"),
    "flow": (*(spec.name for spec in FLOWS), "unheard_of"),
    "hours": ("06:00", "21:30"),
    "key": ("12", "mlm_or_not_mlm_here_"),
    "languages": ("id", "en"),
    "later_period": ("", "2026-09"),
    "line": ("2 sabun sereh 140rb ongkir 10rb",),
    "last_sold": ("", "2026-09-30"),
    "late": ("", "2026-09"),
    "link": ("https://t.me/jualdulu_bot?start=7K3M9QX2",),
    "open_months": ("2026-09",),
    "opens": ("08:00",),
    "period": ("2026-09",),
    "phone_end": ("6789", ""),
    "next_month": ("2026-09",),
    "query": ("siti", "siti nurhaliza kusumawardhani putri"),
    "receipt": ("S-1023", "S-999999999"),
    "receipts": ("S-1023", "S-999999999"),
    "reference": ("4k2m9x0q7p",),
    "relink_code": ("7K3M-9QX2-TB5F",),
    "role": ("trainer", "admin"),
    "sale": ("", "jual 2 sabun sereh @50rb"),
    "shape": ("saldo <goods>", "perusahaan <number> … <person> peringkat <receipt> " * 3),
    "sku": ("SBN-01", "MINYAK-KAYU-PUTIH-BOTOL-KACA-60ML"[:32]),
    "slug": ("privacy",),
    "subject": ("2026-09",),
    "status": ("waiting", "approved", "rejected", "void"),
    "unclosed_month": ("", "2026-09"),
    "times": ("09:00", "19:30"),
    "tip_hour": ("19:30",),
    "title": ("Ibu", "Bapak", "Kak"),
    "wanted": (*(spec.name for spec in FLOWS), "unheard_of"),
    "why": ("", "2026-09"),
    "zone": ("WITA",),
}

# Where one of these is missing, its flow says another message.
NEVER_MISSING: dict[str, tuple[str, ...]] = {
    "approve/sales_approved": ("receipts",),
    "balance/movements": ("rows",),
    "debts/debt_of": ("receipts",),
    "debts/debtors": ("rows",),
    "debts/kind_words": ("receipts",),
    "debts/reminder": ("words",),
    "faq/faq_answer": ("heading", "answer"),
    "faq/faq_list": ("headings",),
    "faq_panel/panel_entry": ("heading", "answer"),
    "faq_panel/entry_made": ("heading", "answer"),
    "faq_panel/entry_promises": ("claims",),
    "inquiry/answer_for_you": ("answer",),
    "inquiry_cards/inquiries": ("lines",),
    "inquiry_cards/inquiry_card": ("inquiry",),
    "inquiry_cards/which_inquiry": ("numbers",),
    "lead_cards/lead_card": ("phone",),
    "uncertain_cards/uncertain_list": ("lines",),
    "unclear_list/unclear_list": ("shapes",),
    "lead_cards/leads": ("lines",),
    "find_sale/found_sales": ("lines",),
    "orders/ask_order": ("lines",),
    "stock/stock_list": ("lines",),
    "team/found_people": ("people",),
    "team/choose_person": ("people",),
    "today/refused_customers": ("rows",),
    "today/today_list": ("items",),
    "relay/confirm_relayed": ("words",),
    "relay/confirm_report": ("words",),
    "relay/relayed_for_you": ("words",),
    "products/product_list": ("lines",),
    "products/products_found": ("lines",),
    "dead_letter_cards/dead_letter_list": ("lines",),
}

# The same of facts that are carried by messages, by their classes.
NEVER_EMPTY: dict[str, tuple[str, ...]] = {
    "Reasons": ("levels",),
    "SourceSales": ("shares",),
    "ReturnToCheck": ("lines",),
}

# How much of it there may be at once; the flows cut their lists to a page.
LENGTHS = {"lines": 20, "names": 20, "holders": 20, "hours": 8, "languages": 2, "cuts": 4}
LENGTHS |= {
    "later": 3,
    "shapes": 15,
    "shares": SHARES_PER_PAGE,
    "sold": LINES_PER_PAGE,
    "chosen": 20,
    "choices": 6,
    "back": 6,
    "missed": 3,
    "unpaid": 3,
    "skipped": 3,
    "steps": 4,
    "decisions": 6,
    "versions": 3,
    "postings": 8,
    "returns": 4,
}
LENGTHS |= {"payments": 5, "offered": 6, "goods": 3}
LENGTHS |= {"headings": 8, "near": 2, "numbers": 3, "shown_to": 10, "stopped": 10}
PAGE_ROWS = 8
ALL_CHARACTERS = {"reason": 200, "heading": 64, "body": 900, "invoice": WORDS_CHARACTERS}
ALL_CHARACTERS |= {"words": 400}
ALL_CHARACTERS |= {"later": NAME_LENGTH_MAX, "inquiry": 3_000, "answer": 2_000, "reply": 300}
NAMED = {
    "customer",
    "name",
    "short",
    "label",
    "seller",
    "who",
    "full_name",
    "product",
    "person",
    "sponsor",
}


def _messages() -> Iterator[type[Message]]:
    for package in (bot.flows, bot.core):
        for module in modules_under(package):
            for value in vars(module).values():
                if not (isinstance(value, type) and issubclass(value, Message)):
                    continue
                if value.__module__ == module.__name__ and value not in {Message, Question}:
                    yield value


MESSAGES: dict[str, type[Message]] = {
    f"{each.topic()}/{each.name()}": each for each in _messages()
}


def examples(message: type[Message]) -> Iterator[Message]:
    """The message with nothing in it, with one of everything, with the most, and in between."""
    for size in ("nothing", "one", "longest"):
        whole = _filled(message, size)
        for name in NEVER_MISSING.get(f"{message.topic()}/{message.name()}", ()):
            if size == "nothing":
                whole = replace(whole, **{name: getattr(_filled(message, "one"), name)})
        yield whole
        for place in _places(message):
            for value in _choices(place, size):
                yield replace(whole, **{place.name: value})


class _Place(typing.NamedTuple):
    name: str
    hint: Any


def _places(kind: type[Any]) -> list[_Place]:
    hints = typing.get_type_hints(kind)
    return [_Place(each.name, hints[each.name]) for each in fields(kind)]


def _choices(place: _Place, size: Size) -> tuple[object, ...]:
    """The values that may change what a template says, rather than how long it is."""
    if place.hint is bool:
        return (True, False)
    if typing.get_origin(place.hint) is Literal:
        return typing.get_args(place.hint)
    if place.hint is str:
        return VALUES.get(place.name, ())
    if isinstance(place.hint, type) and is_dataclass(place.hint):
        return (*PROVINCES,) if place.hint is Province else _variants(place.hint, size)
    if typing.get_origin(place.hint) is types.UnionType:
        kind, *_ = typing.get_args(place.hint)
        if isinstance(kind, type) and is_dataclass(kind):
            return (None, *_variants(kind, size))
    if typing.get_origin(place.hint) is tuple and size == "one":
        first, *_ = typing.get_args(place.hint)
        if isinstance(first, type) and is_dataclass(first) and first is not Province:
            return tuple((each,) for each in _variants(first, size))
    if place.hint is int:
        return (0, 1, 2)
    return ()


def _variants(kind: type[Any], size: Size) -> tuple[object, ...]:
    whole = _filled(kind, size)
    return tuple(
        replace(whole, **{place.name: value})
        for place in _places(kind)
        for value in _choices(place, size)
    )


def _filled(kind: type[Any], size: Size) -> Any:
    never: tuple[str, ...] = NEVER_EMPTY.get(kind.__name__, ()) if size == "nothing" else ()
    return kind(
        **{
            place.name: _value(place, "one" if place.name in never else size)
            for place in _places(kind)
        }
    )


def _value(place: _Place, size: Size) -> object:
    name, hint = place
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return parts[0]
    if origin is types.UnionType:
        return None if size == "nothing" else _value(_Place(name, parts[0]), size)
    if origin is tuple:
        return _several(name, parts, size)
    if hint is Province:
        return max(PROVINCES, key=lambda each: len(each.name)) if size != "one" else PROVINCES[0]
    if isinstance(hint, type) and is_dataclass(hint):
        return _filled(hint, size)
    plain: dict[object, object] = {
        bool: size != "nothing",
        int: {"nothing": 0, "one": 1, "longest": SUM}[size],
        date: DAY,
        datetime: datetime(2026, 9, 30, 12, 30, tzinfo=UTC),
    }
    return _text(name, size) if hint is str else plain[hint]


def _several(name: str, parts: tuple[Any, ...], size: Size) -> tuple[object, ...]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        count = {"nothing": 0, "one": 1, "longest": LENGTHS.get(name, PAGE_ROWS)}[size]
        if parts[0] is str and name in VALUES:
            return tuple(VALUES[name][each % len(VALUES[name])] for each in range(count))
        return tuple(_value(_Place(name, parts[0]), size) for _ in range(count))
    some: Size = "one" if size == "nothing" else size
    return tuple(_value(_Place(name, part), some) for part in parts)


def _text(name: str, size: Size) -> str:
    if name in VALUES:
        return VALUES[name][-1 if size == "longest" else 0]
    if size == "longest":
        length = ALL_CHARACTERS.get(name, NAME_CHARACTERS)
        return ("Maharani <&[](/batal)> Kusumawardhani " * 30)[:length].strip()
    return "Sari" if size == "one" or name in NAMED else ""
