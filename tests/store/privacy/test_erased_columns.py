"""Of an erased member nothing is left in any column, unless there is a reason to keep it."""

from pathlib import Path

from sqlalchemy import Connection, Text

from bot.store.db.schema import metadata
from bot.store.privacy.erasing import erase_member
from tests.store.privacy.filled import HAS_A_FORM, ME, OTHER, START, account, filled, member, value
from tests.store.privacy.kept_after_erasure import KEPT_COLUMNS, KEPT_TABLES
from tests.store.privacy.not_copied import OWNERS


def _left(conn: Connection, person: int) -> set[str]:
    """The columns in which a text or the account of a person is still found.

    Figures and moments name nobody.
    """
    left = set()
    for table in metadata.sorted_tables:
        rows = conn.execute(table.select()).mappings().all()
        for column in table.columns:
            is_account = column.name in OWNERS and not column.foreign_keys
            name = f"{table.name}.{column.name}"
            if (
                name in HAS_A_FORM
                or column.foreign_keys
                or not (isinstance(column.type, Text) or is_account)
            ):
                continue
            wanted = value(column, person)
            if any(row[column.name] == wanted for row in rows):
                left.add(name)
    return left


def test_nothing_is_left_of_an_erased_member_without_a_reason(tmp_path: Path) -> None:
    with filled(tmp_path) as conn:
        conn.exec_driver_sql("UPDATE departures SET erased_at = NULL")
        others = _left(conn, OTHER)
        assert erase_member(conn, member(ME), "hash", "hash", START)
        left, others_left = _left(conn, ME), _left(conn, OTHER)
        again = erase_member(conn, member(ME), "hash", "hash", START)
    assert others_left == others, "another person lost something"
    assert not again
    kept = {name for name in left if name.partition(".")[0] not in KEPT_TABLES}
    assert sorted(kept - KEPT_COLUMNS.keys()) == []
    assert sorted(KEPT_COLUMNS.keys() - kept) == [], "these are erased, and need no reason"


def test_nothing_leads_from_an_erased_member_to_an_account(tmp_path: Path) -> None:
    with filled(tmp_path) as conn:
        conn.exec_driver_sql("UPDATE departures SET erased_at = NULL")
        erase_member(conn, member(ME), "hash", "hash", START)
        found = conn.exec_driver_sql(
            "SELECT count(*) FROM members WHERE user_id = ?", (account(ME),)
        ).scalar_one()
        known = conn.exec_driver_sql(
            "SELECT count(*) FROM people WHERE user_id = ?", (account(ME),)
        ).scalar_one()
    assert (found, known) == (0, 0)
