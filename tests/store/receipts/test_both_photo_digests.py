"""The digests of photos, on both engines."""

from sqlalchemy import Connection, text

from bot.company.model import NO_PLAN
from bot.core.sales.sales import SaleLine
from bot.services.sales import decision
from bot.store.privacy import departures
from bot.store.privacy.erasing import erase_member
from bot.store.receipts import photo_digests, sale_versions
from bot.store.receipts.photo_digests import NOT_HAD, SalePhoto, SameProof
from tests.store.both import ACCOUNT, DAY, MONTH, START, in_transaction, join, sell, stock


def _photo(sale: int, key: str) -> SalePhoto:
    return SalePhoto(sale, f"id-{key}", key)


def _decide(conn: Connection, sale: int, status: str) -> None:
    assert decision.decide(conn, sale, "waiting", status, ACCOUNT, START, plan=NO_PLAN)


@in_transaction
def test_a_photo_is_due_until_it_was_fetched(conn: Connection) -> None:
    (member,) = join(conn, [None])
    soap, _ = stock(conn)
    first, second, bare = (
        sell(conn, member, soap, reference=str(place), photo_key=key, photo_id=key and f"id-{key}")
        for place, key in enumerate(("one", "two", ""))
    )
    due = [_photo(first, "one"), _photo(second, "two")]
    assert photo_digests.due_waiting(conn, 0, 9) == due
    assert photo_digests.due_waiting(conn, first, 9) == due[1:]
    assert photo_digests.due_waiting(conn, 0, 1) == due[:1]
    photo_digests.note(conn, due[0], "d", START)
    assert photo_digests.due_waiting(conn, 0, 9) == due[1:]
    photo_digests.note(conn, due[1], NOT_HAD, START)
    assert photo_digests.due_waiting(conn, 0, 9) == []
    assert photo_digests.of_sale(conn, first) == "d"
    assert photo_digests.of_sale(conn, second) == NOT_HAD
    assert photo_digests.of_sale(conn, bare) is None


@in_transaction
def test_a_sale_decided_before_its_photo_was_fetched_is_still_due(conn: Connection) -> None:
    (member,) = join(conn, [None])
    soap, _ = stock(conn)
    approved, rejected = (
        sell(conn, member, soap, reference=key, photo_key=key, photo_id=f"id-{key}")
        for key in ("one", "two")
    )
    _decide(conn, approved, "approved")
    _decide(conn, rejected, "rejected")
    assert photo_digests.due_waiting(conn, 0, 9) == []
    assert photo_digests.due_decided(conn, 0, 9, "2026-11-02") == [_photo(approved, "one")]
    assert photo_digests.due_decided(conn, 0, 9, "2026-11-03") == []
    photo_digests.note(conn, _photo(approved, "one"), "d", START)
    assert photo_digests.due_decided(conn, 0, 9, "2026-11-02") == []


@in_transaction
def test_the_same_bytes_are_the_same_photo_whoever_sent_them(conn: Connection) -> None:
    mine, other = join(conn, [None, None])
    soap, _ = stock(conn)
    first, second, third = (
        sell(conn, who, soap, reference=key, photo_key=key, photo_id=f"id-{key}")
        for who, key in ((mine, "one"), (other, "two"), (other, "three"))
    )
    photo_digests.note(conn, _photo(first, "one"), "d", START)
    photo_digests.note(conn, _photo(second, "two"), "d", START)
    photo_digests.note(conn, _photo(third, "three"), "e", START)
    assert photo_digests.same_as(conn, first, "one") == SameProof(second, "Mitra Ke-2")
    assert photo_digests.same_as(conn, second, "two") == SameProof(first, "Mitra Ke-1")
    assert photo_digests.same_as(conn, third, "three") is None
    _decide(conn, first, "approved")
    assert photo_digests.same_as(conn, second, "two") == SameProof(first, "Mitra Ke-1")
    _decide(conn, second, "rejected")
    assert photo_digests.same_as(conn, first, "one") is None


@in_transaction
def test_what_could_not_be_fetched_is_like_no_other(conn: Connection) -> None:
    (member,) = join(conn, [None])
    soap, _ = stock(conn)
    sold = [
        sell(conn, member, soap, reference=key, photo_key=key, photo_id=f"id-{key}")
        for key in ("one", "two")
    ]
    for sale, key in zip(sold, ("one", "two"), strict=True):
        photo_digests.note(conn, _photo(sale, key), NOT_HAD, START)
    assert photo_digests.same_as(conn, sold[0], "one") is None
    twice = sell(conn, member, soap, reference="three", photo_key="one", photo_id="id-one")
    assert photo_digests.same_as(conn, twice, "one") == SameProof(sold[0], "Mitra Ke-1")


@in_transaction
def test_another_photo_of_a_sale_is_due_and_a_late_digest_is_not_taken_for_its(
    conn: Connection,
) -> None:
    (member,) = join(conn, [None])
    soap, _ = stock(conn)
    sale = sell(conn, member, soap, reference="one", photo_key="old", photo_id="id-old")
    photo_digests.note(conn, _photo(sale, "old"), "d", START)
    assert sale_versions.begin(conn, sale, 1, "change", ACCOUNT, START)
    sale_versions.put(
        conn,
        sale,
        [SaleLine(soap, 1, soap.retail_price)],
        customer_id=None,
        sold_on="2026-11-02",
        period=MONTH,
        invoice="",
        photo_id="id-new",
        photo_key="new",
        photo_kind="photo",
    )
    assert photo_digests.of_sale(conn, sale) is None
    assert photo_digests.due_waiting(conn, 0, 9) == [_photo(sale, "new")]
    photo_digests.note(conn, _photo(sale, "old"), "late", START)
    assert photo_digests.of_sale(conn, sale) is None
    photo_digests.note(conn, _photo(sale, "new"), "e", START)
    assert photo_digests.of_sale(conn, sale) == "e"


@in_transaction
def test_a_digest_is_kept_for_a_time_and_as_long_as_its_sale_waits(conn: Connection) -> None:
    (member,) = join(conn, [None])
    soap, _ = stock(conn)
    sold = [
        sell(conn, member, soap, reference=key, photo_key=key, photo_id=f"id-{key}")
        for key in ("waits", "old", "new")
    ]
    for sale, key, at in zip(
        sold, ("waits", "old", "new"), (START, START, START + DAY), strict=True
    ):
        photo_digests.note(conn, _photo(sale, key), key, at)
    for sale in sold[1:]:
        _decide(conn, sale, "approved")
    assert photo_digests.delete_before(conn, START + DAY) == 1
    assert [photo_digests.of_sale(conn, sale) for sale in sold] == ["waits", None, "new"]


@in_transaction
def test_the_digests_of_an_erased_member_go_and_those_of_others_stay(conn: Connection) -> None:
    mine, other = join(conn, [None, None])
    soap, _ = stock(conn)
    sold = [
        sell(conn, who, soap, reference=key, photo_key=key, photo_id=f"id-{key}")
        for who, key in ((mine, "one"), (other, "two"))
    ]
    for sale, key in zip(sold, ("one", "two"), strict=True):
        photo_digests.note(conn, _photo(sale, key), "d", START)
    departures.leave(conn, mine, MONTH, START)
    assert erase_member(conn, mine, "hash", "hash", START)
    assert conn.execute(text("SELECT sale_id FROM photo_digests")).scalars().all() == sold[1:]
    assert photo_digests.same_as(conn, sold[1], "two") is None
