"""The company's own file, `company.toml`: its name, its sending hours, its policies.

A file with faults is refused as a whole, with all its faults at once: a bot that runs on half of
the settings that the company meant does more harm than one that does not start.
"""

import re
import tomllib
from collections.abc import Sequence
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
    Stock,
)
from bot.company.plan_file import read_plan
from bot.company.reading import FileReading, KeyPath, Table, lines_of
from bot.company.toml_faults import fault_of_syntax
from bot.core.errors import SetupError
from bot.core.file_faults import FileFault, Said
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
    "Stock",
    "language_written",
    "load_company",
]

TABLES: Final = ("company", "sending", "policy", "retention", "stock", "cards", "faq")
FAQ_MAX: Final = 60
LANGUAGES: Final = ("id", "en")
NAMED_LANGUAGE: Final = re.compile(
    r"^[ \t]*languages[ \t]*=[ \t]*\[[ \t]*[\"'](id|en)\b", re.MULTILINE
)
COMPANY_TABLE: Final = re.compile(r"^[ \t]*\[company\]", re.MULTILINE)
SENDING_GONE: Final = {
    "per_second": Said("per_second gone"),
}
"""Keys of `[sending]` from earlier versions, and what to do about each."""


class CompanyError(SetupError):
    """The company file cannot be used.

    Attributes:
        found: the faults.
        language: the company's first language; English where it is not known.
    """

    heading = "The company file cannot be used:"

    def __init__(self, found: Sequence[FileFault], language: str) -> None:
        super().__init__([f"{fault.key} {fault.said.what}".strip() for fault in found])
        self.found = tuple(found)
        self.language = language


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
        said = Said.of("no company file", path=path) if error.missing else error.said
        fault = FileFault(str(path), error.line, "", said)
        raise CompanyError([fault], language_written(text)) from None
    except tomllib.TOMLDecodeError as error:
        fault = fault_of_syntax(str(path), text, error)
        raise CompanyError([fault], language_written(text)) from None
    reading = FileReading(str(path), lines_of(text))
    company = _company(reading, raw)
    faults = reading.faults
    if company is not None and company.plan_file:
        plan, more = read_plan(path.parent / company.plan_file, company.languages)
        company, faults = replace(company, plan=plan), faults + more
    if faults or company is None:
        raise CompanyError(faults, company.languages[0] if company else language_written(text))
    return company


def language_written(text: str) -> str:
    """Returns the first language that a company file names; English for one that cannot be read.

    A file that names none means the default.
    """
    named = NAMED_LANGUAGE.search(text)
    if named is not None:
        return named[1]
    return LANGUAGES[0] if COMPANY_TABLE.search(text) else "en"


def _company(reading: FileReading, raw: Table) -> Company | None:
    """Returns the company from its tables; None if they have too many faults to make it."""
    reading.unknown_keys((), raw, TABLES)
    own = raw.get("company", {})
    named = own if isinstance(own, dict) else {}
    for inner in {"sending", "policy", "retention", "stock", "cards", "faq"} & named.keys():
        reading.fault(("company", inner), "own table", name=inner)
    if "plan" in named:
        reading.fault(("company", "plan"), "own file")
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
        stock=reading.table(("stock",), raw.get("stock", {}), Stock) or Stock(),
        cards=_cards(reading, raw.get("cards", []), languages),
        faq=_faq(reading, raw.get("faq", []), languages),
        plan=NO_PLAN,
    )
    return company and replace(company, root_code=company.root_code.upper())


def _languages(reading: FileReading, value: object) -> tuple[str, ...]:
    """Returns the languages people may choose; the first one is for new people."""
    if isinstance(value, list) and sorted(map(str, value)) in (["id"], ["en"], ["en", "id"]):
        return tuple(value)
    reading.fault(("company", "languages"), "languages")
    return LANGUAGES


def _sending(reading: FileReading, value: object) -> Sending:
    place: KeyPath = ("sending",)
    value = _without_gone(reading, place, value)
    fasts = value.get("ramadan", []) if isinstance(value, dict) else []
    placed = reading.tables((*place, "ramadan"), fasts, Ramadan)
    ramadan = tuple(fast for _, fast in placed)
    sending = reading.table(place, value, Sending, ramadan=ramadan) or Sending()
    opens, closes, tip = (*place, "from"), (*place, "until"), (*place, "tip_hour")
    opening = f"{sending.opens:%H:%M}"
    if reading.sound(opens, closes):
        if sending.opens >= sending.closes:
            reading.fault(closes, "later than from", hour=f"{sending.opens:%H:%M}")
        elif reading.sound(tip) and not sending.opens <= sending.tip_hour < sending.closes:
            reading.fault(tip, "within hours", opens=opening, closes=f"{sending.closes:%H:%M}")
    fast_opens, fast_closes = (*place, "ramadan_from"), (*place, "ramadan_until")
    if reading.sound(fast_opens, fast_closes) and sending.ramadan_opens >= sending.ramadan_closes:
        hour = f"{sending.ramadan_opens:%H:%M}"
        reading.fault(fast_closes, "later than ramadan_from", hour=hour)
    for day in sorted({*sending.holidays_added} & {*sending.holidays_removed}):
        reading.fault((*place, "holidays_removed"), "both hold", day=day)
    for at, fast in placed:
        _check_ramadan(reading, at, fast)
    return sending


def _without_gone(reading: FileReading, place: KeyPath, value: object) -> object:
    """Returns the table without the keys of earlier versions; each of them is a fault."""
    if not isinstance(value, dict):
        return value
    for key in SENDING_GONE.keys() & value.keys():
        reading.fault((*place, key), "gone", way_out=SENDING_GONE[key])
    return {key: each for key, each in value.items() if key not in SENDING_GONE}


def _check_ramadan(reading: FileReading, place: KeyPath, fast: Ramadan) -> None:
    if fast.opens >= fast.closes:
        reading.fault((*place, "until"), "later than from", hour=f"{fast.opens:%H:%M}")
    if fast.first_day > fast.last_day:
        reading.fault((*place, "last_day"), "before first_day", day=fast.first_day)


def _policy(reading: FileReading, value: object) -> Policy:
    return reading.table(("policy",), value, Policy) or Policy()


def _cards(reading: FileReading, value: object, languages: tuple[str, ...]) -> tuple[Card, ...]:
    """Returns the cards in the order in which they are shown."""
    cards = reading.tables(("cards",), value, Card)
    if not value:
        reading.fault(("cards",), "no card")
    seen: set[str] = set()
    for place, card in cards:
        if card.slug in seen:
            reading.fault(
                (*place, "slug"), "slug twice", value=card.slug, thing=Said("earlier card")
            )
        if "en" in languages and not card.en and reading.sound((*place, "en")):
            reading.fault((*place, "en"), "no english")
        seen.add(card.slug)
    return tuple(card for _, card in cards)


def _faq(reading: FileReading, value: object, languages: tuple[str, ...]) -> tuple[FaqEntry, ...]:
    """Returns the questions and answers; an answer may not promise what a broadcast may not."""
    entries = reading.tables(("faq",), value, FaqEntry)
    if len(entries) > FAQ_MAX:
        reading.fault(("faq",), "too many questions", has=len(entries), most=FAQ_MAX)
    slugs: set[str] = set()
    asked_in: dict[str, str] = {}
    for place, entry in entries:
        if entry.slug in slugs:
            reading.fault(
                (*place, "slug"), "slug twice", value=entry.slug, thing=Said("earlier question")
            )
        slugs.add(entry.slug)
        for sentence in entry.sentences:
            other = asked_in.setdefault(" ".join(sentence.casefold().split()), entry.slug)
            if other != entry.slug:
                key = "asked" if sentence in entry.asked else "asked_en"
                reading.fault((*place, key), "asked twice", sentence=sentence, other=other)
        for key, given in (("en", entry.en), ("asked_en", entry.asked_en)):
            if "en" in languages and not given and reading.sound((*place, key)):
                reading.fault((*place, key), "no english")
        for language, text in (("id", entry.id), ("en", entry.en)):
            claims = claims_in(text)
            if claims:
                reading.fault((*place, language), "claim", claim=claims[0])
    return tuple(entry for _, entry in entries)
