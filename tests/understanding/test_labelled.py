"""The labelled sentences can be trusted as a measure."""

import re
from collections import Counter

import pytest

from bot.cli.demo.goods import DEMO_PRODUCTS
from tests.understanding.labelled import HASH, entries, hash_of

HALVES = ("tuning", "untouched")
PRODUCTS = {product.name for product in DEMO_PRODUCTS}
GOODS = {word for name in PRODUCTS for word in name.casefold().split()}
TITLES = frozenset(("bu", "ibu", "pak", "bapak", "mbak", "mas", "kak", "teh", "kang", "mrs", "mr"))
NARROWED = ("help ",)
"""Intents of which the narrow forms are counted together."""


def test_the_untouched_half_is_the_one_that_was_written_before_tuning() -> None:
    assert hash_of("untouched") == HASH


@pytest.mark.parametrize("half", HALVES)
def test_each_intent_and_each_kind_of_line_is_there_often_enough(half: str) -> None:
    found = entries(half)
    intents = Counter(
        "help" if entry.intent.startswith(NARROWED) else entry.intent for entry in found
    )
    assert intents["sale"] >= 300
    assert sum(intents.values()) - intents["sale"] >= 300
    assert min(intents.values()) >= 20, intents.most_common()[-3:]
    assert sum(entry.trap for entry in found) >= 75
    assert not any(entry.trap and entry.intent == "sale" for entry in found)


def test_no_sentence_is_in_both_halves_under_other_names_and_numbers() -> None:
    tuning, untouched = ({_shape(entry.text) for entry in entries(half)} for half in HALVES)
    assert not tuning & untouched


@pytest.mark.parametrize("half", HALVES)
def test_a_label_of_a_sale_names_products_that_exist(half: str) -> None:
    for entry in entries(half):
        for meaning in entry.meanings:
            if meaning.startswith("sale "):
                for item in meaning.removeprefix("sale ").partition("|")[0].split(";"):
                    name = re.sub(r"^\S+ | [@=~]\d+$", "", item.strip())
                    assert name.startswith("?") or name in PRODUCTS, (half, name)


def _shape(text: str) -> str:
    """Returns the text without what may differ: numbers, products, and names behind a title."""
    shape: list[str] = []
    titled = False
    for word in re.findall(r"[0-9]+|[^\W\d]+", text.casefold()):
        kind = "0" if word.isdigit() else "product" if word in GOODS else word
        shape.append("name" if titled and kind == word else kind)
        titled = word in TITLES
    return " ".join(shape)
