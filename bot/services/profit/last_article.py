"""Which article was talked about last, for a question that names none."""

import re
from typing import Final

from bot.flows.profit.profit import LastArticle
from bot.store.products import products
from bot.store.sales import sales
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

NEWEST: Final = 2**62
ON_CARD: Final = re.compile(r"\+?/jual (\S{1,64})")
"""The button *Jual ini* on the card of an article."""


def last_article(turn: Turn, _: LastArticle) -> int:
    """Returns the article of the card that is replied to, or of today's newest sale.

    Returns 0 where neither has exactly one.
    """
    quoted = turn.incoming.quoted
    if quoted is not None and quoted.by_bot:
        found = (ON_CARD.fullmatch(data) for data in quoted.buttons)
        numbers = {each[1] for each in found if each is not None}
        known = [one.id for one in products.catalogue(turn.conn) if one.sku in numbers]
        if len(known) == 1:
            return known[0]
    newest = sales.latest_of(turn.conn, turn.caller.member.id, NEWEST, 1)
    if not newest or newest[0].sold_on != turn.caller.today.isoformat():
        return 0
    sold = {line.product_id for line in sales.lines_of(turn.conn, newest[0].id)}
    return sold.pop() if len(sold) == 1 else 0


LOOKUPS: Lookups = {LastArticle: last_article}
ACTIONS: Actions = {}
