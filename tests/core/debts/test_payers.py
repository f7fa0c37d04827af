"""Which customer a line means: the one who owes before another; a doubt is never decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.customers.customer_keys import name_key
from bot.core.customers.similar_customers import KnownName
from bot.core.debts.payers import Payers, payers_in

ANI, KAK_ANI, ANI_RT, BUDI, WARUNG, SITI = range(1, 7)
NAMES = ("Bu Ani", "Kak Ani", "Bu Ani RT 3", "Pak Budi", "Warung Bu Wati", "Siti Aminah")
KNOWN = [KnownName(number, name, name_key(name)) for number, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize(
    ("text", "owing", "found"),
    [
        ("bu ani", {ANI}, Payers((ANI,), is_certain=True)),
        ("bu ani", set(), Payers((ANI,), is_certain=True)),
        ("kak maaf bu ani beli sabun 2", {ANI}, Payers((ANI,), is_certain=True)),
        ("bu ani rt 3", {ANI, ANI_RT}, Payers((ANI_RT,), is_certain=True)),
        ("ani", {KAK_ANI}, Payers((KAK_ANI,), is_certain=True)),
        ("ani", {ANI, KAK_ANI}, Payers((ANI, KAK_ANI))),
        ("bu ani", {ANI_RT}, Payers((ANI, ANI_RT))),  # who is named owes nothing
        ("budi", {BUDI}, Payers((BUDI,), is_certain=True)),
        ("pak budhi", {BUDI}, Payers((BUDI,))),
        ("siti", {SITI}, Payers((SITI,))),
        ("wati", set(), Payers((WARUNG,), is_certain=True)),
        ("bu zulfa", {ANI}, Payers()),
        ("", {ANI}, Payers()),
    ],
)
def test_a_name_finds_its_customer(text: str, owing: set[int], found: Payers) -> None:
    assert payers_in(text, KNOWN, owing) == found


@given(
    words=st.lists(st.sampled_from(["bu", "pak", "ani", "budi", "rt", "3", "siti", "x"])),
    owing=st.sets(st.integers(1, 6)),
)
def test_one_who_is_certain_is_alone(words: list[str], owing: set[int]) -> None:
    found = payers_in(" ".join(words), KNOWN, owing)
    assert len(set(found.ids)) == len(found.ids)
    assert not found.is_certain or len(found.ids) == 1
