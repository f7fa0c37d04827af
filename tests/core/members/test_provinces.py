"""Provinces and their clocks."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.members.provinces import PROVINCES, find_provinces, province

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def test_there_are_38_provinces_with_distinct_slugs() -> None:
    assert len({one.slug for one in PROVINCES}) == len(PROVINCES) == 38
    assert all(province(one.slug) is one for one in PROVINCES)


def test_every_zone_is_known_and_assigned_correctly() -> None:
    offsets = Counter(
        str(NEW_YEAR.astimezone(ZoneInfo(one.zone)).utcoffset()) for one in PROVINCES
    )
    assert offsets == {"7:00:00": 18, "8:00:00": 12, "9:00:00": 8}


@pytest.mark.parametrize(
    ("slug", "zone"),
    [
        ("kalimantan-barat", "Asia/Pontianak"),
        ("kalimantan-tengah", "Asia/Pontianak"),
        ("kalimantan-selatan", "Asia/Makassar"),
        ("kalimantan-timur", "Asia/Makassar"),
        ("kalimantan-utara", "Asia/Makassar"),
        ("bali", "Asia/Makassar"),
        ("nusa-tenggara-timur", "Asia/Makassar"),
        ("maluku-utara", "Asia/Jayapura"),
        ("papua-barat-daya", "Asia/Jayapura"),
        ("aceh", "Asia/Jakarta"),
    ],
)
def test_a_province_goes_by_its_clock(slug: str, zone: str) -> None:
    assert province(slug).zone == zone


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("DKI", "dki-jakarta"),
        ("Jakarta", "dki-jakarta"),
        ("jaksel", "dki-jakarta"),
        ("Jabar", "jawa-barat"),
        ("Jateng", "jawa-tengah"),
        ("jatim", "jawa-timur"),
        ("Jogja", "di-yogyakarta"),
        ("D.I. Yogyakarta", "di-yogyakarta"),
        ("DIY", "di-yogyakarta"),
        ("Sulsel", "sulawesi-selatan"),
        ("Makassar", "sulawesi-selatan"),
        ("sulawesi seltan", "sulawesi-selatan"),
        ("provinsi sulawesi selatan", "sulawesi-selatan"),
        ("south sulawesi", "sulawesi-selatan"),
        ("Sumut", "sumatera-utara"),
        ("Sumatra Utara", "sumatera-utara"),
        ("NTT", "nusa-tenggara-timur"),
        ("N T B", "nusa-tenggara-barat"),
        ("Kaltim", "kalimantan-timur"),
        ("Kepri", "kepulauan-riau"),
        ("kep. riau", "kepulauan-riau"),
        ("Riau", "riau"),
        ("Babel", "kepulauan-bangka-belitung"),
        ("bangka", "kepulauan-bangka-belitung"),
        ("Papua", "papua"),
        ("Papua Barat", "papua-barat"),
        ("papua barat daya", "papua-barat-daya"),
        ("Maluku", "maluku"),
        ("lampng", "lampung"),
        ("gorntalo", "gorontalo"),
    ],
)
def test_a_province_is_found_by_what_people_call_it(typed: str, slug: str) -> None:
    assert [one.slug for one in find_provinces(typed)] == [slug]


@pytest.mark.parametrize(
    ("typed", "count"), [("sulawesi", 5), ("kalimantan", 5), ("sumatra", 3), ("jawa", 3)]
)
def test_an_island_means_all_its_provinces(typed: str, count: int) -> None:
    assert len(find_provinces(typed)) == count


@pytest.mark.parametrize("typed", ["", "?", "Wakanda", "xyz"])
def test_a_text_that_is_no_province_finds_none(typed: str) -> None:
    assert find_provinces(typed) == []


def test_every_button_that_can_be_tapped_can_be_typed() -> None:
    for one in PROVINCES:
        assert find_provinces(one.name) == [one]
        assert find_provinces(one.english) == [one]
        assert find_provinces(one.slug) == [one]
