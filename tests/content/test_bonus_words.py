"""Every way a rule may pay has its words, wherever a bonus is shown."""

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.core.plans.kinds import Way

FOLDER = Path(__file__).parents[2] / "bot" / "content" / "bonus"
ASKING = sorted(file for file in FOLDER.glob("*.j2") if "row.kind" in file.read_text("utf-8"))
BY_LEVEL = {"unilevel", "personal"}
"""Said by the level alone: of one's own sales, or a number of levels below."""

OF_NO_MEMBER = {"pool"}
"""Never shown beside the sales of one member, for it comes from those of all."""


def test_some_texts_ask_for_it() -> None:
    assert len(ASKING) >= 8


@pytest.mark.parametrize("file", ASKING, ids=lambda file: file.name)
def test_each_way_is_distinguished_from_the_others(file: Path) -> None:
    worded = set(re.findall(r'row\.kind == "(\w+)"', file.read_text("utf-8")))
    left_out = OF_NO_MEMBER if file.name.startswith("bonus_sales") else set()
    assert worded == set(get_args(Way)) - BY_LEVEL - left_out
