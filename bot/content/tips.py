"""The tips in the folder `tips/`: their titles, and the rules when each is due.

The Indonesian file of a tip begins with its rule between two lines `+++`: `day = 3` after joining,
`every = "monday"`, `"month-start"` or `"month-end-3"`, or `silence = 14` days without a sale. The
files are read once, when the bot starts.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.content.catalogue import FOLDER, LANGUAGES, split_front
from bot.core.messaging.tips import (
    AfterSilence,
    BeforeMonthEnd,
    MonthStart,
    OnDay,
    OnWeekday,
    TipRule,
)

__all__ = ["RULES", "TIPS", "Tip"]

WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
MONTH_END: Final = re.compile(r"month-end-([1-9]|1[0-9]|2[0-7])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip.

    Attributes:
        slug: its name, which stays when its place in the order changes.
        order: its place; the file's name begins with it.
        rule: when it is given.
        titles: its heading in each language.
    """

    slug: str
    order: int
    rule: TipRule
    titles: Mapping[str, str]

    def path(self, language: str) -> str:
        """Returns the path of the template, for `Content.fill`."""
        return _path(f"{self.order:03}-{self.slug}", language)


def _read_all() -> dict[str, Tip]:
    """Returns all tips by slug, in their order."""
    tips: dict[str, Tip] = {}
    for file in sorted((FOLDER / "tips").glob("*.id.j2")):
        stem = file.name.removesuffix(".id.j2")
        fronts = {language: _front(stem, language) for language in LANGUAGES}
        own = fronts["id"]
        number, _, slug = stem.partition("-")
        assert int(number) == own["order"], f"{stem}: the name begins with another number"
        assert slug not in tips, f"{slug} is there twice"
        titles = {language: front["title"] for language, front in fronts.items()}
        tips[slug] = Tip(slug, own["order"], _rule(stem, own), titles)
    return tips


def _path(stem: str, language: str) -> str:
    return f"tips/{stem}.{language}.j2"


def _front(stem: str, language: str) -> dict[str, Any]:  # TOML; a wrong type fails at start
    source = (FOLDER / _path(stem, language)).read_text(encoding="utf-8")
    return tomllib.loads(split_front(source)[0])


def _rule(stem: str, front: dict[str, Any]) -> TipRule:  # as _front returns it
    if "day" in front:
        return OnDay(front["day"])
    if "silence" in front:
        return AfterSilence(front["silence"])
    every = front["every"]
    if every in WEEKDAYS:
        return OnWeekday(WEEKDAYS.index(every))
    if every == "month-start":
        return MonthStart()
    found = MONTH_END.fullmatch(every)
    assert found is not None, f"{stem}: {every!r} is not a time of tips"
    return BeforeMonthEnd(int(found[1]))


TIPS: Final[Mapping[str, Tip]] = _read_all()

RULES: Final = tuple((tip.slug, tip.rule) for tip in TIPS.values())
"""Slug and rule of each tip in order, as `bot.core.messaging.tips` takes them."""
