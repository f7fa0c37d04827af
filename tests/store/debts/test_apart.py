"""The notebook of debts stays apart: no posting, no plan, no upline and no office reads it."""

import re
from pathlib import Path
from typing import Final

import pytest

import bot

ROOT: Final = Path(bot.__path__[0])
READS: Final = re.compile(
    r"customer_payments|payment_notes|bot\.(?:core|store|flows|services)\.debts"
)
MAY: Final = {
    "flows/debts": "its screens",
    "services/debts": "its services",
    "store/debts": "what is stored",
    "store/sales/payment_notes.py": "the note on a sale",
    "store/db/schema": "the tables",
    "store/privacy/erasing.py": "it is erased with the member",
    "store/privacy/own_sales_copy.py": "it is in the member's own copy",
    "services/sales/sell.py": "the receipt of the seller alone",
    "services/receipts/edit.py": "the card of the seller alone",
    "services/customers": "the card and the files of the seller's own customers",
    "services/today": "whom the seller should think of",
    "store/customers/forgotten.py": "it goes with a customer who is forgotten",
    "cli/demo/notebook.py": "a debt of the demo",
    "flows/returns/give_back.py": "the seller is asked what went back to the buyer",
}


def readers() -> dict[str, str]:
    """The modules that know of the notebook, each with the place that may."""
    found = {}
    for file in ROOT.rglob("*.py"):
        name = file.relative_to(ROOT).as_posix()
        if READS.search(file.read_text("utf-8")):
            found[name] = next((place for place in MAY if name.startswith(place)), "")
    return found


def test_only_the_seller_s_own_screens_read_the_notebook() -> None:
    assert sorted(name for name, place in readers().items() if not place) == []


def test_each_place_that_may_read_it_does() -> None:
    assert set(readers().values()) == set(MAY)


@pytest.mark.parametrize(
    "folder",
    [
        *("core/plans", "core/payouts", "store/ledger", "store/bonus", "store/months"),
        *("store/payouts", "store/proof", "store/team", "store/receipts", "services/bonus"),
        *("services/months", "services/payouts", "services/office", "services/team"),
    ],
)
def test_what_books_money_or_shows_others_does_not_know_of_it(folder: str) -> None:
    files = list((ROOT / folder).rglob("*.py"))
    assert files
    assert not [file.name for file in files if READS.search(file.read_text("utf-8"))]
