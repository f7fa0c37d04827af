"""A sale that the version before recorded, and that still waits, can be changed and decided."""

from tests.services.harness import Harness
from tests.upgrade.people import USERS

WAITING = """
    SELECT s.id, s.version, m.user_id FROM sales AS s JOIN members AS m ON m.id = s.seller_id
    WHERE s.status = 'waiting' ORDER BY s.id
"""


async def test_a_sale_of_the_version_before_is_changed_and_approved(harness: Harness) -> None:
    row, *_ = await harness.rows(WAITING)
    receipt, seller, office = f"S-{1_000 + row.id}", row.user_id, USERS["Wati"]
    assert row.version == 1
    await harness.say(seller, "/batal")
    await harness.say(seller, f"/ubah {receipt}")
    await harness.say(seller, "7")
    await harness.say(seller, "ya")
    assert f"struk <b>{receipt}</b>, diubah" in await harness.last(seller)
    await harness.say(office, "/batal")
    await harness.say(office, f"/setujui {receipt}")
    assert "Diubah penjual" in await harness.last(office)
    await harness.say(office, "ya")
    [after] = await harness.rows("SELECT status, version FROM sales WHERE id = :id", id=row.id)
    assert tuple(after) == ("approved", 2)
    [line] = await harness.rows("SELECT quantity FROM sale_lines WHERE sale_id = :id", id=row.id)
    assert line.quantity == 7
