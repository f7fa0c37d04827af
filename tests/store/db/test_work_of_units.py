"""The work of units from the command line grows with their size and no faster.

Work is counted in steps of SQLite's machine, which do not depend on how busy the computer is.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.store.products import price_list
from bot.store.products.price_list import ListedProduct
from tests.store.seeding import forgotten, new_database

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = date(2026, 11, 20)
STEPS_AT_ONCE = 100


def work_of(conn: Connection, unit: Callable[[], object]) -> int:
    """Returns how many steps a unit takes."""
    driver: Any = conn.connection.driver_connection
    count = 0

    def step() -> int:
        nonlocal count
        count += STEPS_AT_ONCE
        return 0

    driver.set_progress_handler(step, STEPS_AT_ONCE)
    unit()
    driver.set_progress_handler(None, 0)
    return count


def goods(number: int, price: int) -> list[ListedProduct]:
    return [
        ListedProduct(f"S{each}", f"Sabun {each}", price, 50_000, 5, 40_000, "perawatan")
        for each in range(number)
    ]


def test_a_price_list_twice_as_long_is_twice_the_work(tmp_path: Path) -> None:
    engine = new_database(tmp_path)
    found = []
    for number in (200, 400):
        with forgotten(engine) as conn:
            price_list.apply_list(conn, goods(number, 40_000), NOW, TODAY)
            dearer = goods(number, 41_000)
            work = work_of(conn, lambda: price_list.apply_list(conn, dearer, NOW, TODAY))  # noqa: B023
            found.append(work)
    assert found[1] < 2.5 * found[0]
    engine.dispose()
