"""Turns the rows of a list into what is shown: names, articles, sums, and ready words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection

from bot.content import Content, Reader
from bot.core.today.customer_facts import ListedCustomer
from bot.core.today.rhythms import PastOrder, usual_days
from bot.core.today.spoken_names import spoken_article, spoken_name
from bot.flows.today.today_messages import CustomerWords, TodayItem
from bot.store.customers import customer_details
from bot.store.debts import debts
from bot.store.debts.debts import Owed
from bot.store.today import customer_purchases
from bot.store.today.customer_purchases import NotedDetails
from bot.system.number_keys import NumberKeys

__all__ = ["ItemsOf"]

WEEK_DAYS: Final = 7
MONTH_DAYS: Final = 30
WORDINGS: Final = 3
WHATSAPP: Final = "https://wa.me/{digits}?text={words}"
TELEGRAM: Final = "https://t.me/share/url?url={words}"
"""Its clients put the text in place of the address into the message, and ask for the chat."""


class ItemsOf:
    """The rows of one seller's list, as they are shown.

    Args:
        conn: the database.
        content: renders the words.
        keys: open the customers' numbers.
        reader: the seller.
        member_id: the seller.
        day: the seller's own day.
    """

    def __init__(
        self,
        conn: Connection,
        content: Content,
        keys: NumberKeys,
        reader: Reader,
        member_id: int,
        day: date,
    ) -> None:
        self._conn = conn
        self._content = content
        self._keys = keys
        self._reader = reader
        self._member_id = member_id
        self._day = day
        self._noted: dict[int, NotedDetails] = {}

    def shown(self, listed: Sequence[ListedCustomer]) -> tuple[TodayItem, ...]:
        """Returns the rows as they are shown, without those that were refused."""
        rows = [one for one in listed if one.state != "never"]
        ids = [one.customer_id for one in rows]
        names = customer_purchases.names_of(self._conn, self._member_id, ids)
        self._noted |= customer_purchases.noted_of(self._conn, self._member_id, ids)
        articles = customer_purchases.product_names(self._conn, list(_articles(rows)))
        since = min((one.shown_on for one in rows), default=self._day)
        bought = customer_purchases.last_days(self._conn, self._member_id, since)
        return tuple(
            self._item(one, names[one.customer_id], articles, bought.get(one.customer_id))
            for one in rows
            if one.customer_id in names
        )

    def _item(
        self, one: ListedCustomer, name: str, articles: Mapping[int, str], bought: date | None
    ) -> TodayItem:
        first, _, rest = one.subject.partition(":")
        owed = self._owed(one.customer_id, int(first)) if one.reason == "debt" else None
        if one.reason == "debt":
            day = owed.due_on if owed else None
        else:
            day = date.fromisoformat(rest or first)
        settled = owed is None if one.reason == "debt" else _since(bought, one.shown_on)
        done = settled or one.state in {"done", "sent"}
        noted = self._noted.get(one.customer_id)
        orders = self._orders(one.customer_id, int(first)) if one.reason == "reorder" else []
        last = orders[0] if orders else None
        days = (self._day - day).days if day else 0
        months = days // MONTH_DAYS
        item = TodayItem(
            customer_id=one.customer_id,
            customer=name,
            called=spoken_name(name),
            reason=one.reason,
            article=articles.get(int(first), "") if rest else "",
            day=day,
            days=days,
            weeks=days // WEEK_DAYS,
            months=months if months > 1 else 0,
            pieces=last.pieces if last else 0,
            every=usual_days(orders),
            bought_on=last.day if last else owed.sold_on if owed else None,
            amount=owed.amount if owed else 0,
            wish=noted.wish if noted and one.reason == "wish" else "",
            by_seller=bool(noted and noted.wish_on),
            done=done,
            until=one.until if one.state == "later" else None,
            link="",
        )
        return replace(item, link=self._link(item))

    def _owed(self, customer_id: int, sale_id: int) -> Owed | None:
        account = debts.account_of(self._conn, self._member_id, customer_id)
        return next((each for each in account.owed if each.sale_id == sale_id), None)

    def _orders(self, customer_id: int, product_id: int) -> list[PastOrder]:
        who = self._member_id, customer_id
        return customer_purchases.latest_orders_of(self._conn, *who, product_id)

    def words(self, item: TodayItem) -> str:
        """Returns ready words to a customer who was shown, in the customer's language."""
        noted = self._noted.get(item.customer_id)
        language = noted.language if noted and noted.language else self._reader.language
        message = CustomerWords(
            called=item.called,
            reason=item.reason,
            article=spoken_article(item.article),
            days=item.days,
            due=item.day is not None,
            bought_on=item.bought_on,
            amount=item.amount,
            wish=item.wish,
            wording=item.customer_id % WORDINGS,
        )
        return unescape(self._content.screen(message, Reader(language)).text)

    def _link(self, item: TodayItem) -> str:
        """Returns the address that opens a chat with the words: the customer's, if it is known."""
        words, digits = quote(self.words(item), safe=""), self._digits(item.customer_id)
        template = WHATSAPP if digits else TELEGRAM
        return template.format(digits=digits, words=words)

    def _digits(self, customer_id: int) -> str:
        """Returns the customer's number as WhatsApp wants it; empty if the seller noted none."""
        number = customer_details.number_of(self._conn, self._keys, self._member_id, customer_id)
        return number.removeprefix("+")


def _since(bought: date | None, shown_on: date) -> bool:
    """Returns whether a customer has bought since the seller was reminded."""
    return bought is not None and bought >= shown_on


def _articles(rows: Iterable[ListedCustomer]) -> Iterable[int]:
    for one in rows:
        first, colon, _ = one.subject.partition(":")
        if colon:
            yield int(first)
