"""Every column that holds something about a person is in that person's copy, or has a reason."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.store.db.schema import metadata
from bot.store.db.types import Flag
from bot.store.privacy.own_copy import PARTS, own_copy
from tests.store.privacy.filled import ME, OTHER, account, filled, member, value
from tests.store.privacy.not_copied import COLUMNS, OWNERS, TABLES

NAMES = sorted(
    f"{table.name}.{column.name}"
    for table in metadata.tables.values()
    if table.name not in TABLES
    for column in table.columns
    if column.name not in OWNERS
)


@pytest.fixture(scope="module")
def copies(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    with filled(tmp_path_factory.mktemp("copies")) as conn:
        mine, theirs = (own_copy(conn, account(each), member(each)) for each in (ME, OTHER))
    return mine, theirs


def _values(copy: dict[str, list[Any]]) -> Iterator[tuple[str, object]]:
    for rows in copy.values():
        for row in rows:
            yield from row.items()


def _is_copied(copy: dict[str, list[Any]], name: str) -> bool:
    table, _, column = name.partition(".")
    found = metadata.tables[table].columns[column]
    wanted = value(found, ME)
    if isinstance(found.type, Flag):
        return any(key == column and each is True for key, each in _values(copy))
    return any(each == wanted for _, each in _values(copy))


@pytest.mark.parametrize("name", NAMES)
def test_a_column_about_a_person_is_in_the_copy_or_has_a_reason(
    copies: tuple[dict[str, list[Any]], dict[str, list[Any]]], name: str
) -> None:
    copied = _is_copied(copies[0], name)
    assert copied or name in COLUMNS, f"{name} is kept, but nobody gets a copy of it"
    assert not (copied and name in COLUMNS), f"{name} is copied, and needs no reason"


def test_every_reason_is_about_a_table_or_column_that_exists() -> None:
    assert sorted(TABLES.keys() - metadata.tables.keys()) == []
    assert sorted(COLUMNS.keys() - set(NAMES)) == []
    used = {column.name for table in metadata.tables.values() for column in table.columns}
    assert sorted(OWNERS - used) == []


def test_each_part_has_a_row_of_its_owner(
    copies: tuple[dict[str, list[Any]], dict[str, list[Any]]],
) -> None:
    for copy in copies:
        assert [name for name in PARTS if not copy[name]] == []


def test_no_value_of_one_person_is_in_the_copy_of_another(
    copies: tuple[dict[str, list[Any]], dict[str, list[Any]]],
) -> None:
    mine, theirs = ({each for _, each in _values(copy)} for copy in copies)
    assert mine & theirs <= {None, True, False}
