"""How well the reader of lines tells sales, before any matcher has its say."""

from bot.core.sales.drafts import Draft
from tests.understanding.labelled import Entry, entries
from tests.understanding.reading import is_read_right, read

EXACT_PERCENT_MIN = 88
EVERY = 4
"""One of so many sentences of the tuning half is looked at; `make understanding` takes all."""

TRAPS_MAX = 24
OTHERS_MAX = 8
"""How many of a thousand lines that are no sale read as one; the matcher stops most of them."""


def is_exact(entry: Entry) -> bool:
    draft = read(entry.text)
    return isinstance(draft, Draft) and is_read_right(entry.meanings[0], draft)


def test_most_sales_are_read_exactly_in_every_field() -> None:
    sales = [entry for entry in entries("tuning")[::EVERY] if entry.intents[0] == "sale"]
    exact = sum(map(is_exact, sales))
    assert 100 * exact >= EXACT_PERCENT_MIN * len(sales), exact


def test_what_is_no_sale_is_hardly_ever_read_as_one() -> None:
    others = [entry for entry in entries("tuning")[::EVERY] if "sale" not in entry.intents]
    taken = [entry for entry in others if read(entry.text) is not None]
    traps = sum(entry.trap for entry in taken)
    assert 1_000 * traps <= TRAPS_MAX * len(others)
    assert 1_000 * (len(taken) - traps) <= OTHERS_MAX * len(others)
