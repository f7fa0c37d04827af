"""One place decides whether there is a second admin; who decides about money asks it."""

import ast
from pathlib import Path

import bot

ROOT = Path(bot.__file__).parent
KEEPS_THE_LAST = {
    "services/members/member_cards.py": "the last admin who can act is not suspended",
    "services/members/relink.py": "the last admin who can act keeps the role",
    "services/privacy/departing.py": "the last admin who can act does not leave",
    "services/office/manage.py": "the last admin who can act keeps the role",
    "store/members/second_admins.py": "the one place",
}
"""Who may count the admins who can act: those who keep the last one."""

READS_ROLES = {
    "store/home/command_menus.py",
    "store/members/cards.py",
    "store/members/members.py",
    "store/months/unreminded.py",
    "store/members/roles.py",
    "store/members/second_admins.py",
}
"""Which statements look for admins: menus, cards, notices, roles, and the one place."""

ASKS = {
    "services/months/closing_reports.py",
    "services/months/month_closing.py",
    "services/payouts/list_recording.py",
    "services/payouts/paying.py",
    "services/receipts/approve.py",
    "services/returns/telling.py",
}


def _callers(*names: str) -> set[str]:
    found = set()
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2]
            if called in names:
                found.add(file.relative_to(ROOT).as_posix())
    return found


def test_nobody_else_counts_admins_to_decide_about_money() -> None:
    """A new caller asks `second_admins.second_admin`, which knows of those just removed."""
    assert _callers("other_admins") == set(KEEPS_THE_LAST)
    tables = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "store").rglob("*.py")
        if "role = 'admin'" in file.read_text("utf-8")
    }
    assert tables == READS_ROLES


def test_who_decides_about_money_asks_the_one_place() -> None:
    assert _callers("second_admin") == ASKS
