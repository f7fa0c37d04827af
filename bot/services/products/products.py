"""Shows what the company sells, and lets the office change what it costs."""

from collections.abc import Iterable
from dataclasses import astuple
from datetime import date

from bot.core.calendar.hours import local_day
from bot.core.conversation.messages import Message
from bot.core.sales.products import Product
from bot.core.sales.starter_kits import is_starter_kit
from bot.flows.products.pricing_messages import (
    ChangePrice,
    NoSuchProduct,
    PlanGone,
    PriceChanged,
    Priced,
    PricedArticle,
    PriceWithdrawn,
    TermsOf,
    WithdrawPrice,
)
from bot.flows.products.products import GoodsOn, PlannedPrice, ProductCard, ShowProduct
from bot.store.db import audit_log
from bot.store.products import prices
from bot.store.products import products as shelf
from bot.store.products.prices import PriceTerms, Terms
from bot.store.queue import attachments
from bot.turn.reply import Picture
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def goods_on(turn: Turn, lookup: GoodsOn) -> tuple[Product, ...]:
    """The price list of a day."""
    return shelf.catalogue_on(turn.conn, lookup.day)


def show_product(turn: Turn, command: ShowProduct) -> Iterable[Message | Picture]:
    """The card, under the picture where there is one."""
    card = _card(turn, command.id)
    if card is None:
        return [NoSuchProduct()]
    row = shelf.card(turn.conn, command.id)
    if row is None or not row.picture:
        return [card]
    name, body = attachments.load(turn.conn, row.picture)
    return [Picture(card, body, name)]


def terms_of(turn: Turn, lookup: TermsOf) -> PricedArticle | None:
    """The article as the office changes it."""
    row = shelf.card(turn.conn, lookup.id)
    now = _product(turn, lookup.id, lookup.today)
    if row is None or now is None:
        return None
    planned = prices.planned(turn.conn, lookup.id, lookup.today)
    return PricedArticle(
        id=row.id,
        name=row.name,
        kit=is_starter_kit(row.category),
        now=Priced(now.member_price, now.retail_price, now.points, now.bonus_value),
        planned=tuple(date.fromisoformat(one.from_day) for one in planned),
    )


def change_price(turn: Turn, command: ChangePrice) -> Iterable[Message]:
    """Write the new terms down, with what they replace in the list of what was decided."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    today = local_day(turn.now, turn.company.time_zone)
    now = _product(turn, command.id, today)
    row = shelf.card(turn.conn, command.id)
    assert now is not None, "the flow has found it in this transaction"
    assert row is not None, "the flow has found it in this transaction"
    new = command.new
    price = PriceTerms(command.from_day.isoformat(), Terms(*astuple(new)))
    by = turn.caller.user_id
    prices.decide(turn.conn, command.id, price, by=by, at=turn.now, today=today)
    old = (now.member_price, now.retail_price, now.points, now.bonus_value)
    told = f"product {command.id} from {price.from_day}: {_told(old)} to {_told(astuple(new))}"
    audit_log.note(turn.conn, by, "price planned", told, turn.now)
    yield PriceChanged(command.id, row.name, new, command.from_day, command.from_day <= today)


def withdraw_price(turn: Turn, command: WithdrawPrice) -> Iterable[Message]:
    """Take a plan back while its day has not come."""
    assert "admin" in turn.caller.roles, "the flow lets only admins come here"
    today = local_day(turn.now, turn.company.time_zone)
    day = command.from_day.isoformat()
    row = shelf.card(turn.conn, command.id)
    if row is None or not prices.withdraw(turn.conn, command.id, day, today):
        yield PlanGone(command.id)
        return
    told = f"product {command.id} from {day}"
    audit_log.note(turn.conn, turn.caller.user_id, "price withdrawn", told, turn.now)
    yield PriceWithdrawn(command.id, row.name, command.from_day)


def _card(turn: Turn, product_id: int) -> ProductCard | None:
    row = shelf.card(turn.conn, product_id)
    caller = turn.caller
    member, admin = caller.me is not None, "admin" in caller.roles
    now = _product(turn, product_id, caller.today)
    if row is None or now is None:
        return None
    planned: tuple[PlannedPrice, ...] = ()
    if admin:
        today = local_day(turn.now, turn.company.time_zone)
        planned = tuple(
            PlannedPrice(date.fromisoformat(one.from_day), *astuple(one.terms))
            for one in prices.planned(turn.conn, product_id, today)
        )
    return ProductCard(
        id=row.id,
        sku=row.sku,
        product=row.name,
        category=row.category,
        izin_edar=row.izin_edar,
        description=row.description,
        retail_price=now.retail_price,
        member_price=now.member_price if member or admin else 0,
        profit=now.retail_price - now.member_price if member or admin else 0,
        points=now.points if member or admin else 0,
        bonus_value=now.bonus_value if admin else 0,
        member=member,
        admin=admin,
        planned=planned,
    )


def _product(turn: Turn, product_id: int, day: date) -> Product | None:
    return next((one for one in shelf.catalogue_on(turn.conn, day) if one.id == product_id), None)


def _told(terms: tuple[int, ...]) -> str:
    return "/".join(str(one) for one in terms)


LOOKUPS: Lookups = {GoodsOn: goods_on, TermsOf: terms_of}
ACTIONS: Actions = {
    ShowProduct: show_product,
    ChangePrice: change_price,
    WithdrawPrice: withdraw_price,
}
