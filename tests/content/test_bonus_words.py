"""Every way a rule may pay has its words, wherever a bonus is shown."""

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.core.plans.kinds import Way

FOLDER = Path(__file__).parents[2] / "bot" / "content" / "bonus"
MACRO = re.compile(r"\{% macro (\w+)\(.*?endmacro %\}", re.DOTALL)
ASKING = [
    pytest.param(found[0], id=f"{found[1]} {file.suffixes[0]}")
    for file in sorted(FOLDER.glob("_macros.*.j2"))
    for found in MACRO.finditer(file.read_text("utf-8"))
    if found[1] in {"level", "way"}
]
BY_LEVEL = {"unilevel", "personal"}
"""Said by the level alone: of one's own sales, or a number of levels below."""

OF_NO_MEMBER = {"pool"}
"""Has no way of its own beside a seller, as it comes from all sales of the company."""


def test_some_texts_ask_for_it() -> None:
    assert len(ASKING) == 4


@pytest.mark.parametrize("macro", ASKING)
def test_each_way_is_distinguished_from_the_others(macro: str) -> None:
    worded = set(re.findall(r'row\.kind == "(\w+)"', macro))
    left_out = OF_NO_MEMBER if "macro way" in macro else set()
    assert worded == set(get_args(Way)) - BY_LEVEL - left_out
