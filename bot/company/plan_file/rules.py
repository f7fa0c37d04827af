"""Reads the rules of a version of the plan. Each kind declares its keys and reads them itself."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from bot.company.plan_file.entries import (
    AMOUNT_MAX,
    POINTS_MAX,
    VersionContext,
    choice,
    names,
    percentage,
    rank_number,
    slug,
    tables,
    whole,
)
from bot.company.plan_file.kind_names import known_as
from bot.company.plan_file.product_first import law_of, refuse_keys, refused_kind
from bot.company.plan_file.steps import by_points, by_rank
from bot.company.reading import KeyPath, Table
from bot.core.file_faults import Said
from bot.core.plans.conditions import Conditions
from bot.core.plans.kinds import KINDS, PAID, Retail, Rule, keys_of
from bot.core.plans.kinds.keys import CONDITIONS, NAMED, Key, RateOf, RuleHead
from bot.core.plans.rates import BASIS_POINTS, Steps

__all__ = ["RULE_KEYS", "read_rules"]

W = TypeVar("W", bound=str)

CUSTOMERS_MAX: Final = 10_000


def _in_file(keys: Sequence[Key]) -> tuple[str, ...]:
    """Returns the keys as a file has them."""
    return tuple(name for key in keys for name in key.name.split(", "))


RULE_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    kind: _in_file((*NAMED, *keys_of(kind))) for kind in KINDS
}
"""The keys of each kind of rule. None names a registration, a recruit or a purchase."""

ROUNDINGS: Final = ("down",)
"""Multiplied first, then rounded down once per credit; the integrity check recomputes each."""


def read_rules(
    context: VersionContext, place: KeyPath, raw: object, *, breaks_away: bool
) -> tuple[tuple[Rule, ...], tuple[Retail, ...]]:
    """Returns the rules that the company pays, and the retail margins, which it does not pay."""
    reading = context.reading
    paid: list[Rule] = []
    margins: list[Retail] = []
    seen: list[str] = []
    for at, each in tables(reading, place, raw):
        kind = each.get("kind")
        if not isinstance(kind, str) or kind not in RULE_KEYS:
            _refuse_kind(context, (*at, "kind"), kind)
            continue
        refuse_keys(reading, at, each, RULE_KEYS[kind])
        name = slug(reading, at, each, seen)
        seen.append(name)
        words = tuple(names(context, at, each))
        choice(reading, (*at, "rounding"), each, ROUNDINGS)
        keys = _Keys(context, at, each, breaks_away=breaks_away)
        if kind == Retail.kind:
            margins.append(Retail.read(RuleHead(name, words, Conditions()), keys))
        else:
            head = RuleHead(name, words, _conditions(context, at, each))
            paid.append(PAID[kind].read(head, keys))
    return tuple(paid), tuple(margins)


def _refuse_kind(context: VersionContext, place: KeyPath, kind: object) -> None:
    known = ", ".join(f'"{name}"' for name in RULE_KEYS)
    why = (refused_kind(kind) or known_as(kind)) if isinstance(kind, str) else None
    if why is None:
        context.reading.fault(place, "rule kind", known=known, article=law_of("recruiting"))
    else:
        context.reading.fault(place, "kinds are", why=why, known=known)


def _conditions(context: VersionContext, place: KeyPath, raw: Table) -> Conditions:
    assert _in_file(CONDITIONS) == ("own_points_min", "customers_min", "rank_min")
    reading = context.reading
    rank_min = 0
    if "rank_min" in raw:
        rank_min = rank_number(context, (*place, "rank_min"), raw["rank_min"])
    return Conditions(
        whole(reading, (*place, "own_points_min"), raw, 0, POINTS_MAX, 0),
        whole(reading, (*place, "customers_min"), raw, 0, CUSTOMERS_MAX, 0),
        rank_min,
    )


def _nth(what: RateOf, number: int) -> Said:
    return Said.of(f"nth {what}", number=number)


class _Keys:
    """Reads the keys of one rule; implements `bot.core.plans.kinds.keys.KeyReader`."""

    def __init__(
        self, context: VersionContext, place: KeyPath, raw: Table, *, breaks_away: bool
    ) -> None:
        self.breaks_away = breaks_away
        self._context = context
        self._place = place
        self._raw = raw

    def _at(self, key: str) -> KeyPath:
        return (*self._place, key)

    def has(self, key: str) -> bool:
        return key in self._raw

    def fault(self, key: str, what: str) -> None:
        self._context.reading.fault(self._at(key), what)

    def rate(self, key: str) -> int:
        return percentage(self._context.reading, self._at(key), self._raw.get(key)) or 0

    def rates(self, key: str, most: int, what: RateOf) -> tuple[int, ...]:
        given = self._raw.get(key)
        if not isinstance(given, list) or not 1 <= len(given) <= most:
            facts = {"most": most, "first": _nth(what, 1)}
            self._context.reading.fault(self._at(key), "rates", **facts)
            return ()
        rates = [
            percentage(self._context.reading, self._at(key), each, _nth(what, number))
            for number, each in enumerate(given, start=1)
        ]
        known = tuple(rate for rate in rates if rate is not None)
        if sum(known) > BASIS_POINTS:
            self.fault(key, "rates together")
        return known

    def by_points(self, key: str) -> Steps:
        return by_points(self._context, self._at(key), self._raw.get(key))

    def by_rank(self, key: str) -> Steps:
        return by_rank(self._context, self._at(key), self._raw.get(key))

    def choice(self, key: str, known: Sequence[W]) -> W:
        return choice(self._context.reading, self._at(key), self._raw, known)

    def amount(self, key: str, default: int) -> int:
        if key not in self._raw:
            return default
        return whole(self._context.reading, self._at(key), self._raw, 1, AMOUNT_MAX, 1)
