"""Tells colours of houses and cars from goods: `bu Nining yg pagar ijo` buys no green tea."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.sales.line.scanning.tokens import Token

__all__ = ["with_colours_of_things"]

_COLOUR_WORDS: Final = (
    "hijau ijo hejo hijo merah abang beureum putih item hitam ireng biru kuning coklat green red"
    " white black blue yellow"
)
_COLOURS: Final = frozenset(_COLOUR_WORDS.split())
_THING_WORDS: Final = """
    cat catnya dicat cet pagar pager pagarnya pagere gerbang pintu pintune tembok temboke rumah
    rumahnya rmh rmhnya omah omahe omahnya umah griya gubuk genteng atap mobil mobilnya motor
    motornya kereta keretanya honda sepeda truk avanza vario beat jilbab jilbabnya kerudung hijab
    baju bajunya kaos jaket topi tenda payung gerobak kios warung lapak ruko toko tas helm
    house gate fence door roof car bike shirt hijab wall shop
"""
_THINGS: Final = frozenset(_THING_WORDS.split())
"""What a colour behind it describes."""


def with_colours_of_things(tokens: Sequence[Token]) -> list[Token]:
    """Returns the tokens of a line with a colour behind a thing as a word, as it was typed."""
    before: Sequence[Token | None] = (None, *tokens)
    return [
        replace(token, text=token.as_typed, typed="", goods=False)
        if token.goods and _describes(token, thing)
        else token
        for thing, token in zip(before, tokens, strict=False)
    ]


def _describes(colour: Token, thing: Token | None) -> bool:
    """Returns whether two words are a thing and its colour."""
    if thing is None or thing.goods or thing.as_typed.lower() not in _THINGS:
        return False
    return colour.as_typed.lower() in _COLOURS
