"""Events of one article in any order of noting, and what is left by counting them by hand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from bot.core.returns.pieces import figures_of
from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine, totals
from bot.store.returns import returns
from bot.store.sales import sales
from bot.store.stock import stock_notes
from tests.store.both import START

__all__ = ["FIRST_DAY", "Event", "by_hand", "differences", "enter"]

FIRST_DAY = date(2026, 11, 1)

EventKind: TypeAlias = Literal[
    "bought", "counted", "found", "undone", "sold", "used", "void", "rejected", "back", "damaged"
]


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; its place among all is when it was noted.

    `undone` is a purchase that was taken back, `void` and `rejected` are sales that do not count,
    `back` is a sale of which all came back saleable at once, `damaged` one of damaged goods.
    """

    kind: EventKind
    quantity: int
    day: int

    @property
    def on(self) -> str:
        return (FIRST_DAY + timedelta(days=self.day)).isoformat()


def enter(
    conn: Connection, member_id: int, product: Product, customer_id: int, events: list[Event]
) -> None:
    """Enter all events, one second after the other."""
    for place, event in enumerate(events):
        at = START + timedelta(seconds=place)
        if event.kind in {"bought", "counted", "found", "undone"}:
            _note(conn, member_id, product, event, place, at)
        else:
            _sale(conn, member_id, product, customer_id, event, place, at)


def _note(
    conn: Connection, member_id: int, product: Product, event: Event, place: int, at: datetime
) -> None:
    kind = "bought" if event.kind == "undone" else event.kind
    assert kind in {"bought", "counted", "found"}
    added = stock_notes.add(
        conn,
        member_id,
        product.id,
        kind=kind,
        quantity=event.quantity,
        day=event.on,
        reference=f"e{place}",
        at=at,
    )
    assert added
    if event.kind == "undone":
        note = stock_notes.by_reference(conn, member_id, f"e{place}")
        assert note is not None
        assert stock_notes.undo(conn, member_id, note.id, at)


def _sale(
    conn: Connection,
    member_id: int,
    product: Product,
    customer_id: int,
    event: Event,
    place: int,
    at: datetime,
) -> None:
    line = SaleLine(product, event.quantity, event.quantity * product.retail_price)
    sale = sales.add(
        conn,
        [line],
        totals([line]),
        reference=f"e{place}",
        seller_id=member_id,
        customer_id=None if event.kind == "used" else customer_id,
        sold_on=event.on,
        period=event.on[:7],
        invoice="",
        photo_id="",
        photo_key="",
        photo_kind="",
        logged_at=at,
    )
    if event.kind in {"void", "rejected"}:
        assert sales.set_status(
            conn, sale, "waiting", event.kind, event.on[:7], 7, at, point_value=None
        )
    if event.kind in {"back", "damaged"}:
        sold = returns.sold_pieces(conn, sale)
        damaged = {sold[0].line_id: event.quantity} if event.kind == "damaged" else {}
        figures = figures_of(sold, [(sold[0].line_id, event.quantity)], damaged)
        returns.add(
            conn,
            sale,
            figures,
            reference=f"b{place}",
            came_on=event.on,
            reason="",
            refund=0,
            by=7,
            at=at,
        )


def by_hand(events: list[Event]) -> int | None:
    """Returns what is left, by going through the days; None where nothing was noted."""
    found = _walk(events)
    return None if found is None else found[0]


def differences(events: list[Event]) -> int:
    """Returns by how much all counts together differed from what was there by the notes."""
    found = _walk(events)
    return 0 if found is None else found[1]


def _walk(events: list[Event]) -> tuple[int, int] | None:
    noted = [each for each in events if each.kind in {"bought", "counted", "found"}]
    if not noted:
        return None
    begun = min(each.day for each in noted)
    left = differed = 0
    ordered = sorted(enumerate(events), key=lambda pair: (pair[1].day, pair[0]))
    for _, event in ordered:
        if event.day < begun:
            continue
        match event.kind:
            case "bought" | "found":
                left += event.quantity
            case "sold" | "used" | "damaged":
                left -= event.quantity
            case "counted":
                differed += event.quantity - left
                left = event.quantity
            case _:
                pass
    return left, differed
