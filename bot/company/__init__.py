"""The company's own file, `company.toml`: its name, its sending hours, its policies.

A file with faults is refused as a whole, with all its faults at once: a bot that runs on half of
the settings that the company meant does more harm than one that does not start.
"""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.company.model import (
    NO_PLAN,
    TIME_ZONES,
    Card,
    Company,
    FaqEntry,
    Policy,
    Ramadan,
    Retention,
    Sending,
)
from bot.company.plan_file import read_plan
from bot.company.reading import FileReading, KeyPath, Table, lines_of
from bot.company.toml_faults import fault_of_syntax
from bot.core.errors import SetupError
from bot.core.messaging.claims import claims_in
from bot.system.files import TOML_BYTES_MAX, UnreadableFileError, parse_toml, read_text

__all__ = [
    "TIME_ZONES",
    "Card",
    "Company",
    "CompanyError",
    "FaqEntry",
    "Policy",
    "Ramadan",
    "Retention",
    "Sending",
    "load_company",
]

TABLES: Final = ("company", "sending", "policy", "retention", "cards", "faq")
FAQ_MAX: Final = 60
LANGUAGES: Final = ("id", "en")
SENDING_GONE: Final = {
    "per_second": "delete the line. bulk_per_second limits tips and broadcasts together",
}
"""Keys of `[sending]` from earlier versions, and what to do about each."""


class CompanyError(SetupError):
    """The company file cannot be used; each fault begins with file and line."""

    heading = "The company file cannot be used:"


def load_company(path: Path) -> Company:
    """Returns the company as its file describes it.

    Raises:
        CompanyError: the file has faults; the error lists all of them.
    """
    text = ""
    try:
        text = read_text(path, TOML_BYTES_MAX)
        raw = parse_toml(text)
    except UnreadableFileError as error:
        way_out = f"; begin with the sample: cp company.sample.toml {path}"
        place = f"{path}:{error.line}:" if error.line else f"{path}"
        raise CompanyError([f"{place} {error}{way_out if error.missing else ''}"]) from None
    except tomllib.TOMLDecodeError as error:
        raise CompanyError([fault_of_syntax(str(path), text, error)]) from None
    reading = FileReading(str(path), lines_of(text))
    company = _company(reading, raw)
    faults = reading.faults
    if company is not None and company.plan_file:
        plan, more = read_plan(path.parent / company.plan_file, company.languages)
        company, faults = replace(company, plan=plan), faults + more
    if faults or company is None:
        raise CompanyError(faults)
    return company


def _company(reading: FileReading, raw: Table) -> Company | None:
    """Returns the company from its tables; None if they have too many faults to make it."""
    reading.unknown_keys((), raw, TABLES)
    own = raw.get("company", {})
    named = own if isinstance(own, dict) else {}
    for inner in {"sending", "policy", "retention", "cards", "faq"} & named.keys():
        reading.fault(("company", inner), f"is a table of its own: [{inner}]")
    if "plan" in named:
        reading.fault(("company", "plan"), 'is a file of its own: plan_file = "plan.toml"')
    languages = _languages(reading, named.get("languages", list(LANGUAGES)))
    company = reading.table(
        ("company",),
        own,
        Company,
        languages=languages,
        sending=_sending(reading, raw.get("sending", {})),
        policy=_policy(reading, raw.get("policy", {})),
        retention=reading.table(("retention",), raw.get("retention", {}), Retention)
        or Retention(),
        cards=_cards(reading, raw.get("cards", []), languages),
        faq=_faq(reading, raw.get("faq", []), languages),
        plan=NO_PLAN,
    )
    return company and replace(company, root_code=company.root_code.upper())


def _languages(reading: FileReading, value: object) -> tuple[str, ...]:
    """Returns the languages people may choose; the first one is for new people."""
    if isinstance(value, list) and sorted(map(str, value)) in (["id"], ["en"], ["en", "id"]):
        return tuple(value)
    reading.fault(("company", "languages"), 'must be a list of "id" and "en", each at most once')
    return LANGUAGES


def _sending(reading: FileReading, value: object) -> Sending:
    place: KeyPath = ("sending",)
    value = _without_gone(reading, place, value)
    fasts = value.get("ramadan", []) if isinstance(value, dict) else []
    placed = reading.tables((*place, "ramadan"), fasts, Ramadan)
    ramadan = tuple(fast for _, fast in placed)
    sending = reading.table(place, value, Sending, ramadan=ramadan) or Sending()
    opens, closes, tip = (*place, "from"), (*place, "until"), (*place, "tip_hour")
    window = f'"{sending.opens:%H:%M}" to "{sending.closes:%H:%M}"'
    if reading.sound(opens, closes):
        if sending.opens >= sending.closes:
            reading.fault(closes, f'must be later than from ("{sending.opens:%H:%M}")')
        elif reading.sound(tip) and not sending.opens <= sending.tip_hour < sending.closes:
            reading.fault(tip, f"must lie within the sending hours ({window})")
    fast_opens, fast_closes = (*place, "ramadan_from"), (*place, "ramadan_until")
    if reading.sound(fast_opens, fast_closes) and sending.ramadan_opens >= sending.ramadan_closes:
        words = f'must be later than ramadan_from ("{sending.ramadan_opens:%H:%M}")'
        reading.fault(fast_closes, words)
    for day in sorted({*sending.holidays_added} & {*sending.holidays_removed}):
        reading.fault((*place, "holidays_removed"), f"and holidays_added both hold {day}")
    for at, fast in placed:
        _check_ramadan(reading, at, fast)
    return sending


def _without_gone(reading: FileReading, place: KeyPath, value: object) -> object:
    """Returns the table without the keys of earlier versions; each of them is a fault."""
    if not isinstance(value, dict):
        return value
    for key in SENDING_GONE.keys() & value.keys():
        reading.fault((*place, key), f"is not a setting any more: {SENDING_GONE[key]}")
    return {key: each for key, each in value.items() if key not in SENDING_GONE}


def _check_ramadan(reading: FileReading, place: KeyPath, fast: Ramadan) -> None:
    if fast.opens >= fast.closes:
        reading.fault((*place, "until"), f'must be later than from ("{fast.opens:%H:%M}")')
    if fast.first_day > fast.last_day:
        reading.fault((*place, "last_day"), f"must not be before first_day ({fast.first_day})")


def _policy(reading: FileReading, value: object) -> Policy:
    return reading.table(("policy",), value, Policy) or Policy()


def _cards(reading: FileReading, value: object, languages: tuple[str, ...]) -> tuple[Card, ...]:
    """Returns the cards in the order in which they are shown."""
    cards = reading.tables(("cards",), value, Card)
    if not value:
        reading.fault(("cards",), "must hold at least one card to read before joining")
    seen: set[str] = set()
    for place, card in cards:
        if card.slug in seen:
            reading.fault((*place, "slug"), f'"{card.slug}" is the slug of an earlier card')
        if "en" in languages and not card.en and reading.sound((*place, "en")):
            reading.fault((*place, "en"), 'is missing, and [company] languages names "en"')
        seen.add(card.slug)
    return tuple(card for _, card in cards)


def _faq(reading: FileReading, value: object, languages: tuple[str, ...]) -> tuple[FaqEntry, ...]:
    """Returns the questions and answers; an answer may not promise what a broadcast may not."""
    entries = reading.tables(("faq",), value, FaqEntry)
    if len(entries) > FAQ_MAX:
        reading.fault(("faq",), f"has {len(entries)} questions; {FAQ_MAX} is the most")
    slugs: set[str] = set()
    asked_in: dict[str, str] = {}
    for place, entry in entries:
        if entry.slug in slugs:
            reading.fault((*place, "slug"), f'"{entry.slug}" is the slug of an earlier question')
        slugs.add(entry.slug)
        for sentence in entry.sentences:
            other = asked_in.setdefault(" ".join(sentence.casefold().split()), entry.slug)
            if other != entry.slug:
                key = "asked" if sentence in entry.asked else "asked_en"
                reading.fault((*place, key), f'"{sentence}" is asked in "{other}" too')
        for key, given in (("en", entry.en), ("asked_en", entry.asked_en)):
            if "en" in languages and not given and reading.sound((*place, key)):
                reading.fault((*place, key), 'is missing, and [company] languages names "en"')
        for language, text in (("id", entry.id), ("en", entry.en)):
            claims = claims_in(text)
            if claims:
                words = f'promises too much with "{claims[0]}"; say what is so, without a promise'
                reading.fault((*place, language), words)
    return tuple(entry for _, entry in entries)
