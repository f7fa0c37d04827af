"""Goods that come in are added up, and not more is noted at once than a sale could hold."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from bot.core.input.quantity import QUANTITY_MAX
from bot.core.sales.drafts import DraftItem
from bot.core.sales.products import Product
from bot.flows.stock.stock_messages import StockTooMuch
from bot.flows.stock.stock_note import note_items

SOAP = Product(1, "SABUN", "Sabun Sereh", 40_000, 50_000, 5, 40_000, "")
TODAY = date(2026, 11, 28)


def test_two_lines_of_one_article_are_too_much_together() -> None:
    caller: Any = SimpleNamespace(began=SimpleNamespace(own=TODAY))
    item = DraftItem(SOAP, "sabun", QUANTITY_MAX - 1, None)
    with pytest.raises(StopIteration) as ended:
        next(note_items(caller, "came", (item, item), TODAY))
    assert ended.value.value == StockTooMuch(QUANTITY_MAX)
