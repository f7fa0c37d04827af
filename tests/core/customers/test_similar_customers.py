"""Which known customers a new name may mean."""

import time

import pytest

from bot.core.customers.customer_keys import name_key
from bot.core.customers.similar_customers import SIMILAR_MAX, KnownName, similar_customers


def known(*names: str) -> list[KnownName]:
    return [KnownName(number, name, name_key(name)) for number, name in enumerate(names, 1)]


PEOPLE = known(
    "Bu Ani", "Bu Nur", "Pak Nur", "Pak Budi", "Bu Rina", "Warung Bu Siti", "Bu Dewi RT 3",
    "Bu Wati", "Bu Sulastri", "Bu Nuraini", "Susanti", "Pak Soekarno", "Bu Fitri Handayani",
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bu Anni", ["Bu Ani"]),
        ("Ani", ["Bu Ani"]),
        ("Mbak Ani", ["Bu Ani"]),
        ("Nur", ["Bu Nur", "Pak Nur"]),
        ("Kak Nur", ["Bu Nur", "Pak Nur"]),
        ("Bu Wti", ["Bu Wati"]),
        ("Bu Wtai", ["Bu Wati"]),
        ("Bu Sulatri", ["Bu Sulastri"]),
        ("Sulasstri", ["Bu Sulastri"]),
        ("Bu Nur Aini", ["Bu Nuraini"]),
        ("Bu Susanti", ["Susanti"]),
        ("Pak Sukarno", ["Pak Soekarno"]),
        ("Bu Pitri Handayani", ["Bu Fitri Handayani"]),
        ("Bu Fitri Handayni", ["Bu Fitri Handayani"]),
        ("Warung Ibuk Sitti", ["Warung Bu Siti"]),
        ("Bu Dewy RT 3", ["Bu Dewi RT 3"]),
        ("Bu Wati lunas", ["Bu Wati"]),
        ("Bu Wati belum bayar", ["Bu Wati"]),
    ],
)
def test_a_close_name_is_found(typed: str, meant: list[str]) -> None:
    assert [each.name for each in similar_customers(typed, PEOPLE)] == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Bu Rini",  # names of a few letters that are different people
        "Bu Rita",
        "Bu Ana",
        "Bu Tati",
        "Susanto",
        "Pak Anni",  # two differences
        "Bu Dewi RT 5",  # another place
        "Bu Dewi",
        "Bu Ani 2",
        "Bu Siti",  # the shop is a customer of its own
        "Bu Ani Lestari",
        "Bu Fitri",
        "Pak Ahmad",
        "🙏",
    ],
)
def test_another_person_is_not_asked_about(typed: str) -> None:
    assert similar_customers(typed, PEOPLE) == ()


def test_the_same_words_come_first_and_each_customer_once() -> None:
    names = [
        *known("Bu Sulastry", "Pak Sulastri"),
        KnownName(2, "Pak Sulastri", name_key("Pak Sulastrii")),
    ]
    found = similar_customers("Sulastri", names)
    assert [each.name for each in found] == ["Pak Sulastri", "Bu Sulastry"]


def test_only_a_few_are_offered() -> None:
    many = known(*(f"{title} Nur" for title in ("Bu", "Pak", "Mbak", "Mas", "Kak", "Bang", "Om")))
    assert len(similar_customers("Nur", many)) == SIMILAR_MAX


def test_two_thousand_customers_are_compared_in_a_moment() -> None:
    parts = ("sa", "ri", "wa", "ti", "nu", "ra", "ni", "di", "la", "ma", "yu", "su")
    names = (f"Bu {one}{two}{three}{two}" for one in parts for two in parts for three in parts)
    many = known(*names, *(f"Pak {one}{two}{two}" for one in parts for two in parts))
    assert len(many) > 1_800
    began = time.process_time()
    similar_customers("Bu Sulastrii", many)
    assert time.process_time() - began < 0.5
