"""The command line of the queue leads back to where it was written."""

from hypothesis import given
from hypothesis import strategies as st

from bot.flows.receipts.checking_line import PICKED_MAX, QueuePlace, read_place

SALE = st.integers(1, 10**9)
PICKED = st.dictionaries(SALE, st.integers(1, 999), max_size=PICKED_MAX).map(
    lambda found: tuple(found.items())
)
PLACES = st.builds(
    QueuePlace,
    sale=st.just(0) | SALE,
    above=st.just(0) | SALE,
    picked=PICKED,
    by_itself=st.booleans(),
    seller=st.just(0) | SALE,
    choosing=st.booleans(),
    everything=st.booleans(),
    words=st.sampled_from(("", "sari", "sari d", "bu tini", "7K3M9QX2")),
)


def _args(place: QueuePlace) -> str:
    return place.line.removeprefix("setujui").strip()


@given(PLACES)
def test_a_place_is_read_back_from_its_line(place: QueuePlace) -> None:
    assert read_place(_args(place)) == place


@given(st.text(max_size=400))
def test_any_line_leads_somewhere_and_from_there_to_the_same_place(args: str) -> None:
    place = read_place(args)
    assert len(place.words) <= 64
    assert len(place.picked) <= PICKED_MAX
    again = read_place(_args(place))
    assert (again.sale, again.above, again.seller) == (place.sale, place.above, place.seller)
    assert again.picked == place.picked


def test_what_is_typed_leads_to_a_seller_and_all_of_hers() -> None:
    assert read_place("sari dewi") == QueuePlace(words="sari dewi")
    assert read_place("penjual") == QueuePlace(choosing=True)
    assert read_place("seller sari") == QueuePlace(choosing=True, words="sari")
    assert read_place("semua") == read_place("ALL") == QueuePlace(everything=True)
    assert read_place("semua sari") == QueuePlace(everything=True, words="sari")
    assert read_place("semua @12") == QueuePlace(everything=True, seller=12)
    assert read_place("S-1023 sari") == QueuePlace(sale=23, words="sari")
