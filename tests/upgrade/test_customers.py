"""Customers entered by the version before are found again, however their names are typed."""

from bot.core.customers.customer_keys import name_key
from tests.services.harness import Harness
from tests.upgrade.people import USERS


async def test_every_key_is_that_of_today_and_no_customer_is_lost(harness: Harness) -> None:
    rows = await harness.rows("SELECT name, name_key FROM customers ORDER BY id")
    assert [row.name for row in rows] == ["Bu Ani"] * 5 + ["Bu Rina"]
    assert [row.name_key for row in rows] == [name_key(row.name) for row in rows]


async def test_a_customer_of_before_is_found_without_a_question(harness: Harness) -> None:
    user = USERS["Tuti"]
    await harness.say(user, "J 1 SABUN IBU  ANI 🙏")
    assert "Untuk Bu Ani, hari ini" in await harness.last(user)
    await harness.say(user, "batal")
    await harness.say(user, "J 1 SABUN Bu Anni")
    assert "<b>Bu Ani</b> yang biasa?" in await harness.last(user)
