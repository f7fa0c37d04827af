"""The products with their prices, and price changes by the office."""

from collections.abc import Iterable
from dataclasses import astuple, replace
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
    PricedProduct,
    PriceWithdrawn,
    TermsOf,
    WithdrawPrice,
)
from bot.flows.products.products import GoodsOn, PlannedPrice, ProductCard, ShowProduct
from bot.store.db import audit_log
from bot.store.products import prices
from bot.store.products import products as stored
from bot.store.products.prices import PriceTerms, Terms
from bot.store.products.products import ProductDetails
from bot.store.queue import attachments
from bot.turn.reply import Picture
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def goods_on(turn: Turn, lookup: GoodsOn) -> tuple[Product, ...]:
    """Returns the price list of a day."""
    return stored.catalogue_on(turn.conn, lookup.day)


def show_product(turn: Turn, action: ShowProduct) -> Iterable[Message | Picture]:
    """Show a product's card, as the caption of its picture if it has one."""
    details = stored.card(turn.conn, action.id)
    card = None if details is None else _card(turn, details)
    if details is None or card is None:
        return [NoSuchProduct()]
    if not details.picture:
        return [card]
    name, body = attachments.load(turn.conn, details.picture)
    return [Picture(card, body, name)]


def terms_of(turn: Turn, lookup: TermsOf) -> PricedProduct | None:
    """Returns the product with its price of today and the planned ones."""
    details = stored.card(turn.conn, lookup.id)
    now = _product(turn, lookup.id, lookup.today)
    if details is None or now is None:
        return None
    kit = is_starter_kit(details.category)
    planned = [
        (date.fromisoformat(one.from_day), Priced(*astuple(one.terms)))
        for one in prices.planned(turn.conn, lookup.id, lookup.today)
    ]
    terms = Priced(now.member_price, now.retail_price, now.points, now.bonus_value)
    return PricedProduct(
        id=details.id,
        name=details.name,
        kit=kit,
        now=_as_kit(terms) if kit else terms,
        planned=tuple((day, _as_kit(one) if kit else one) for day, one in planned),
    )


def _as_kit(terms: Priced) -> Priced:
    """Returns the terms as a starter kit may have them: without points and bonus value."""
    return replace(terms, points=0, bonus_value=0)


def change_price(turn: Turn, action: ChangePrice) -> Iterable[Message]:
    """Store the new terms, and log them with the terms they replace."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    today = local_day(turn.now, turn.company.time_zone)
    now = _product(turn, action.id, today)
    details = stored.card(turn.conn, action.id)
    assert now is not None, "the flow has found it in this transaction"
    assert details is not None, "the flow has found it in this transaction"
    new = action.new
    price = PriceTerms(action.from_day.isoformat(), Terms(*astuple(new)))
    by = turn.caller.user_id
    prices.decide(turn.conn, action.id, price, by=by, at=turn.now, today=today)
    old = (now.member_price, now.retail_price, now.points, now.bonus_value)
    change = f"{_joined(old)} to {_joined(astuple(new))}"
    subject = f"product {action.id} from {price.from_day}: {change}"
    audit_log.note(turn.conn, by, "price planned", subject, turn.now)
    yield PriceChanged(action.id, details.name, new, action.from_day, action.from_day <= today)


def withdraw_price(turn: Turn, action: WithdrawPrice) -> Iterable[Message]:
    """Withdraw a planned price before its day."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    today = local_day(turn.now, turn.company.time_zone)
    day = action.from_day.isoformat()
    details = stored.card(turn.conn, action.id)
    if details is None or not prices.withdraw(turn.conn, action.id, day, today):
        yield PlanGone(action.id)
        return
    subject = f"product {action.id} from {day}"
    audit_log.note(turn.conn, turn.caller.user_id, "price withdrawn", subject, turn.now)
    yield PriceWithdrawn(action.id, details.name, action.from_day)


def _card(turn: Turn, details: ProductDetails) -> ProductCard | None:
    """Returns what the caller may see of a product; None if it is not on sale."""
    caller = turn.caller
    member, admin = caller.me is not None, "admin" in caller.roles
    now = _product(turn, details.id, caller.today)
    if now is None:
        return None
    planned: tuple[PlannedPrice, ...] = ()
    if admin:
        today = local_day(turn.now, turn.company.time_zone)
        planned = tuple(
            PlannedPrice(date.fromisoformat(one.from_day), *astuple(one.terms))
            for one in prices.planned(turn.conn, details.id, today)
        )
    return ProductCard(
        id=details.id,
        sku=details.sku,
        product=details.name,
        category=details.category,
        izin_edar=details.izin_edar,
        description=details.description,
        lasts_days=details.lasts_days if member else 0,
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
    return next((one for one in stored.catalogue_on(turn.conn, day) if one.id == product_id), None)


def _joined(terms: tuple[int, ...]) -> str:
    return "/".join(str(one) for one in terms)


LOOKUPS: Lookups = {GoodsOn: goods_on, TermsOf: terms_of}
ACTIONS: Actions = {
    ShowProduct: show_product,
    ChangePrice: change_price,
    WithdrawPrice: withdraw_price,
}
