"""A list of members in the folder of an office, and what of it is in the database."""

import sqlite3
from typing import Any, Final

from tests.cli.office import Office

__all__ = ["HEADINGS", "member_rows", "put"]

HEADINGS: Final = "number,name,phone,sponsor,joined"

THERE = """
    SELECT count(*) FROM members
    WHERE import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done')
"""
"""Members of a list that is still being imported are not visible."""


def member_rows(office: Office, query: str = THERE) -> list[Any]:
    books = sqlite3.connect(office.books)
    try:
        return books.execute(query).fetchall()
    finally:
        books.close()


def put(office: Office, text: str) -> None:
    (office.folder / "list.csv").write_text(text, "utf-8", newline="")
