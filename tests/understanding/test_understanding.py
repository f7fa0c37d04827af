"""What the bot understands may grow, and not shrink unseen."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.heard import LEARNED, LEARNED_BUYERS, LEARNED_PAYMENTS
from bot.conversation.own_words.matcher import hear
from bot.conversation.own_words.understanding import SMALL_TALK, SMALL_TALK_MIN, likely
from bot.core.sales.products import names_of
from tests.understanding.__main__ import is_exact, meant
from tests.understanding.examples import fingerprint
from tests.understanding.labelled import Entry, entries
from tests.understanding.reading import CATALOGUE

EXACT_PERCENT_MIN = {"tuning": 96, "untouched": 94}
CARDS_MAX = {"tuning": 0, "untouched": 0}
"""Cards for what is no sale."""

EVERY = {"tuning": 8, "untouched": 1}
"""One of so many sentences is looked at; `make understanding` takes all."""


@pytest.mark.parametrize("half", ["tuning", "untouched"])
def test_no_less_is_understood_than_before(half: str) -> None:
    found = entries(half)[:: EVERY[half]]
    heard = [meant(entry) for entry in found]
    exact = sum(is_exact(entry, *each) for entry, each in zip(found, heard, strict=True))
    cards = sum(
        intent == "sale" and "sale" not in entry.intents
        for entry, (intent, _) in zip(found, heard, strict=True)
    )
    assert 100 * exact >= EXACT_PERCENT_MIN[half] * len(found), exact
    assert cards <= CARDS_MAX[half]


@pytest.mark.parametrize("file", [LEARNED_BUYERS, LEARNED_PAYMENTS, LEARNED])
def test_the_weights_were_learned_from_these_sentences_patterns_and_spellings(file: Path) -> None:
    first = file.read_text("utf-8").partition("\n")[0]
    assert first.endswith(f" from {fingerprint()}"), "run `make learn`"


def test_a_greeting_stays_known_beside_short_words_and_short_words_alone_say_nothing() -> None:
    called = names_of(CATALOGUE)
    greeting = hear("Assalamualaikum wr wb", called, frozenset(), sale=None)
    assert greeting.is_known
    assert greeting.guesses[0].label == "greeting"
    for text in ("x", "qq ww", "hm"):
        assert not hear(text, called, frozenset(), sale=None).is_known


def test_each_of_several_sales_that_a_line_may_mean_is_right() -> None:
    text = "sabun kopi 2 bu ani 100"
    entry = Entry(
        text,
        ("sale 2 Sabun Kopi =100000 | buyer Bu Ani", "sale 2 Sabun Kopi ~100000 | buyer Bu Ani"),
        trap=False,
    )
    assert is_exact(entry, *meant(entry))


@pytest.mark.parametrize(("margin", "is_followed"), [(SMALL_TALK_MIN, True), (-401, False)])
def test_small_talk_that_is_only_the_least_unlikely_is_not_followed(
    margin: int, is_followed: bool
) -> None:
    heard = hear("halo", names_of(CATALOGUE), frozenset(), sale=None)
    others = [guess for guess in heard.guesses if guess.label not in SMALL_TALK]
    greeting = replace(heard.guesses[0], label="greeting", margin=margin)
    behind = [replace(guess, margin=margin - 100) for guess in others]
    found = likely(replace(heard, guesses=(greeting, *behind)))
    assert (found == [greeting]) == is_followed
    assert found
