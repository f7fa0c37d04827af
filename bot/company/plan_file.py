"""The company's plan, as its file says: versions with the month from which each holds."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args

from bot.company.reading import Place, Reading, fault_of_syntax, lines_of
from bot.core.plans import KINDS, Plan, Rule, Version
from bot.core.plans.rates import rate_bp
from bot.core.plans.unilevel import LEVELS_MAX, Compression, Unilevel
from bot.core.plans.values import BASIS_POINTS

__all__ = ["read_plan"]

MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,19}", re.ASCII)
NAME_LENGTH_MAX: Final = 30
POINTS_MAX: Final = 1_000_000
UNILEVEL_KEYS: Final = ("kind", "slug", "id", "en", "rates", "compression", "own_points_min")


def read_plan(file: Path, languages: tuple[str, ...]) -> tuple[Plan, list[str]]:
    """The plan, and all faults of the file; with a fault the plan means nothing."""
    try:
        text = file.read_text("utf-8")
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Plan(), [fault_of_syntax(str(file), error)]
    except UnicodeDecodeError:
        return Plan(), [f"{file} is not UTF-8 text; save it again as plain UTF-8 text"]
    except OSError as error:
        words = "does not exist" if isinstance(error, FileNotFoundError) else error.strerror
        return Plan(), [f"{file}: the plan file {words}; begin with plan.sample.toml"]
    reading = Reading(str(file), lines_of(text))
    reading.unknown_keys((), raw, ("version",))
    plan = Plan(tuple(_versions(reading, raw.get("version", []), languages)))
    return plan, reading.faults


def _versions(reading: Reading, raw: object, languages: tuple[str, ...]) -> Iterator[Version]:
    if not isinstance(raw, list) or not raw:
        reading.fault(("version",), "must hold at least one version under [[version]]")
        return
    rules_before = 0
    last = ""
    for number, each in enumerate(raw):
        place: Place = ("version", number)
        since = each.get("since")
        reading.unknown_keys(place, each, ("since", "rule"))
        if not isinstance(since, str) or not MONTH.fullmatch(since):
            reading.fault((*place, "since"), 'must be the first month, such as "2026-01"')
            since = last
        elif since <= last:
            reading.fault((*place, "since"), f'must be later than the version before ("{last}")')
        last = max(last, since)
        rules = each.get("rule", [])
        if not isinstance(rules, list) or not rules:
            reading.fault((*place, "rule"), "must hold at least one rule under [[version.rule]]")
            continue
        yield Version(since, tuple(_rules(reading, rules, rules_before, languages)))
        rules_before += len(rules)


def _rules(
    reading: Reading, raw: list[Any], before: int, languages: tuple[str, ...]
) -> Iterator[Rule]:
    seen: set[str] = set()
    for number, each in enumerate(raw, start=before):
        # The lines of tables within tables are counted through the whole file.
        place: Place = ("version", "rule", number)
        kind = each.get("kind")
        if kind not in KINDS:
            known = ", ".join(f'"{name}"' for name in KINDS)
            reading.fault((*place, "kind"), f"must be one of {known}")
            continue
        reading.unknown_keys(place, each, UNILEVEL_KEYS)
        slug = each.get("slug")
        if not isinstance(slug, str) or not SLUG.fullmatch(slug):
            words = "must be 1 to 20 small letters, digits or -, and begin with a letter"
            reading.fault((*place, "slug"), words)
            slug = ""
        elif slug in seen:
            reading.fault((*place, "slug"), f'"{slug}" is another rule of this version already')
        seen.add(slug)
        yield _unilevel(reading, place, each, slug, languages)


def _unilevel(
    reading: Reading, place: Place, raw: dict[str, Any], slug: str, languages: tuple[str, ...]
) -> Unilevel:
    compression = raw.get("compression", "skip-inactive")
    if compression not in get_args(Compression):
        known = " or ".join(f'"{name}"' for name in get_args(Compression))
        reading.fault((*place, "compression"), f"must be {known}")
    points = raw.get("own_points_min", 0)
    if type(points) is not int or not 0 <= points <= POINTS_MAX:
        words = f"must be a whole number from 0 to {POINTS_MAX}"
        reading.fault((*place, "own_points_min"), words)
    return Unilevel(
        slug=slug,
        names=tuple(_names(reading, place, raw, languages)),
        rates_bp=_rates(reading, (*place, "rates"), raw.get("rates")),
        compression=compression,
        own_points_min=points,
    )


def _names(
    reading: Reading, place: Place, raw: dict[str, Any], languages: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for language in languages:
        name = raw.get(language)
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= NAME_LENGTH_MAX:
            words = f"must be what members read for it, at most {NAME_LENGTH_MAX} characters"
            reading.fault((*place, language), words)
            continue
        yield language, name.strip()


def _rates(reading: Reading, place: Place, raw: object) -> tuple[int, ...]:
    """The rates in hundredths of a percent, from level 1 on."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= LEVELS_MAX:
        words = f'must be 1 to {LEVELS_MAX} rates from level 1 on, such as ["5%", "2,5%"]'
        reading.fault(place, words)
        return ()
    rates = [rate_bp(each) if isinstance(each, str) else None for each in raw]
    for level, (rate, each) in enumerate(zip(rates, raw, strict=True), start=1):
        if rate is None:
            words = f'level {level} is {each!r}; write a percentage in quotes, such as "2,5%"'
            reading.fault(place, words)
    known = tuple(rate for rate in rates if rate is not None)
    if sum(known) > BASIS_POINTS:
        reading.fault(place, "come to more than 100 % together")
    return known
