"""A copy of one person's data in a company of several, on both engines."""

from sqlalchemy import Connection

from bot.store.customers import customers
from bot.store.members import leads, people
from bot.store.privacy import own_copy
from tests.store.both import ACCOUNT, START, in_transaction, join, of_one_kind, sell, stock

SECRETS = ("Mitra Ke-1", "Mitra Ke-3", "Bu Wati", "Bu Lastri", "+6281100000001", "+6281100000003")
"""What is only about the sponsor or the downline; the sponsor's name is the member's own too."""


def _company(conn: Connection) -> tuple[int, int, int]:
    top, middle, low = join(conn, [None, 1, 2])
    soap, _ = stock(conn)
    for number, (seller, buyer) in enumerate(
        [(top, "Bu Wati"), (middle, "Bu Ani"), (low, "Bu Lastri")]
    ):
        customer = customers.add(conn, seller, buyer, buyer.casefold(), START)
        sell(conn, seller, soap, reference=f"sale{number}", customer_id=customer)
    return top, middle, low


@in_transaction
def test_a_copy_holds_ones_own_data_and_nobody_elses(conn: Connection) -> None:
    _, middle, _ = _company(conn)
    copy = own_copy.own_copy(conn, ACCOUNT + 2, middle)
    of_one_kind(*copy.values())
    assert copy["profile"][0]["phone"] == "+6281100000002"
    assert [row["name"] for row in copy["customers"]] == ["Bu Ani"]
    assert [row["total"] for row in copy["sales"]] == [100_000]
    assert [row["product"] for row in copy["sale_lines"]] == ["Sabun Sereh"]
    assert copy["consents"][0]["card"] == "earnings"
    sponsor = copy["profile"][0]["sponsor"]
    assert sponsor == "Mitra Ke-1"
    written = str(copy).replace(f"'sponsor': '{sponsor}'", "")
    assert [each for each in SECRETS if each in written] == []
    assert [str(ACCOUNT + each) for each in (1, 3) if str(ACCOUNT + each) in written] == []


@in_transaction
def test_a_person_who_is_no_member_has_only_the_account(conn: Connection) -> None:
    _company(conn)
    people.meet(conn, ACCOUNT + 9, "en", START)
    leads.keep(conn, reference="a", user_id=ACCOUNT + 9, name="Tuti", phone="+62811", at=START)
    copy = own_copy.own_copy(conn, ACCOUNT + 9, None)
    assert copy.keys() == own_copy.ACCOUNT_PARTS.keys()
    assert copy["account"][0]["language"] == "en"
    assert [row["name"] for row in copy["contact"]] == ["Tuti"]
