"""Reads a plan file, version by version; every fault comes with its line."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.company.plan_file.caps import read_caps
from bot.company.plan_file.ceiling import over_whole
from bot.company.plan_file.entries import (
    VersionContext,
    choice,
    flag,
    rank_number,
    tables,
    whole,
)
from bot.company.plan_file.misplaced import VERSION_KEYS, without_misplaced
from bot.company.plan_file.product_first import refuse_keys
from bot.company.plan_file.rank_names import RankNames
from bot.company.plan_file.ranks import read_ranks
from bot.company.plan_file.rules import read_rules
from bot.company.reading import FileReading, KeyPath, Table, lines_of
from bot.company.toml_faults import fault_of_syntax
from bot.core.file_faults import FileFault, Said
from bot.core.plans.ranks import Rank
from bot.core.plans.values import QualifyBy
from bot.core.plans.versions import Plan, Version
from bot.system.files import TOML_BYTES_MAX, UnreadableFileError, parse_toml, read_text

__all__ = ["VERSION_KEYS", "plan_of", "read_plan"]

MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
POINT_VALUE_MAX: Final = 1_000_000
SOLD_SINCE: Final = "2026-12"
"""Versions from this month on qualify members by what they sold to customers, unless they say
otherwise. Earlier ones counted goods for own use as well, and months were closed under them."""


def read_plan(file: Path, languages: tuple[str, ...]) -> tuple[Plan, list[FileFault]]:
    """Returns the plan and all faults of the file; with any fault the plan must not be used."""
    try:
        return plan_of(read_text(file, TOML_BYTES_MAX), str(file), languages)
    except UnreadableFileError as error:
        return Plan(), [_unreadable(str(file), error)]


def plan_of(text: str, name: str, languages: tuple[str, ...]) -> tuple[Plan, list[FileFault]]:
    """Returns the plan and all faults of the text of a plan file with this name."""
    try:
        raw = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        return Plan(), [fault_of_syntax(name, text, error)]
    except UnreadableFileError as error:
        return Plan(), [_unreadable(name, error)]
    reading = FileReading(name, lines_of(text))
    refuse_keys(reading, (), without_misplaced(reading, (), raw), ("version",))
    plan = Plan(tuple(_versions(reading, raw.get("version", []), languages)), text)
    return plan, reading.faults


def _unreadable(name: str, error: UnreadableFileError) -> FileFault:
    said = Said("no plan file") if error.missing else error.said
    return FileFault(name, error.line, "", said)


def _versions(reading: FileReading, raw: object, languages: tuple[str, ...]) -> Iterator[Version]:
    if not raw:
        reading.fault(("version",), "no version")
    last = ""
    names = RankNames()
    for place, each in tables(reading, ("version",), raw):
        refuse_keys(reading, place, without_misplaced(reading, place, each), VERSION_KEYS)
        since = each.get("since")
        if not isinstance(since, str) or not MONTH.fullmatch(since):
            reading.fault((*place, "since"), "first month")
            since = last
        elif since <= last:
            reading.fault((*place, "since"), "later version", last=last)
        last = max(last, since)
        yield _version(reading, place, each, since, languages, names)


def _version(
    reading: FileReading,
    place: KeyPath,
    raw: Table,
    since: str,
    languages: tuple[str, ...],
    names: RankNames,
) -> Version:
    ranks = read_ranks(reading, (*place, "rank"), raw.get("rank", []), languages)
    numbers: dict[str, int] = {}
    for number, rank in enumerate(ranks, start=1):
        numbers.setdefault(rank.slug, number)
    context = VersionContext(reading, languages, numbers)
    breakaway = 0
    if "breakaway" in raw:
        breakaway = rank_number(context, (*place, "breakaway"), raw["breakaway"])
    kept = flag(reading, (*place, "ranks_kept"), raw)
    if not kept:
        _refuse_given(reading, place, ranks)
    former, unanswered = names.followed(reading, place, raw, ranks)
    rules = raw.get("rule", [])
    if not rules:
        reading.fault((*place, "rule"), "no rule")
    paid, margins = read_rules(context, (*place, "rule"), rules, breaks_away="breakaway" in raw)
    version = Version(
        since=since,
        rules=paid,
        ranks=ranks,
        point_value=whole(reading, (*place, "point_value"), raw, 1, POINT_VALUE_MAX, 1),
        breakaway=breakaway,
        ranks_kept=kept,
        caps=read_caps(context, (*place, "caps"), raw.get("caps", {})),
        retail=margins,
        qualify_by=_qualify_by(reading, place, raw, since),
        former=former,
        unanswered=unanswered,
    )
    _refuse_too_much(reading, place, version)
    return version


def _qualify_by(reading: FileReading, place: KeyPath, raw: Table, since: str) -> QualifyBy:
    known: tuple[QualifyBy, ...] = (
        ("sold", "bought") if since >= SOLD_SINCE else ("bought", "sold")
    )
    return choice(reading, (*place, "qualify_by"), raw, known)


def _refuse_given(reading: FileReading, place: KeyPath, ranks: tuple[Rank, ...]) -> None:
    for number, rank in enumerate(ranks):
        at = (*place, "rank", number)
        if rank.is_given and reading.sound_within(at):
            reading.fault((*at, "slug"), "rank given")


def _refuse_too_much(reading: FileReading, place: KeyPath, version: Version) -> None:
    at = (*place, "rule")
    said = over_whole(version) if reading.sound_within(at) else None
    if said is not None:
        reading.fault_of(at, said)
