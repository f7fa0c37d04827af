"""Every setting changes something: one that is not read promises what the bot does not do."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from bot.company import Card, Company, Policy, Ramadan, Sending
from bot.system.settings import Settings

BOT = Path(__file__).parents[2] / "bot"
KINDS = (Card, Company, Policy, Ramadan, Sending)
OWN_MODULES = {
    BOT / "company" / "__init__.py",
    BOT / "company" / "model.py",
    BOT / "company" / "reading.py",
    BOT / "system" / "settings.py",
}
"""Where a setting is read and compared with others, which is no use of it."""

READ_IN_ITS_OWN_MODULE = {
    "Company.plan_file": "load_company reads the plan from it",
    "Ramadan.closes": "Sending.window_on returns it on the days of the fast",
    "Ramadan.first_day": "Sending.window_on asks whether a day belongs to the fast",
    "Ramadan.last_day": "Sending.window_on asks whether a day belongs to the fast",
    "Ramadan.opens": "Sending.window_on returns it on the days of the fast",
}


def settings() -> set[str]:
    """All of them, as `Sending.tip_hour`."""
    company = {f"{kind.__name__}.{each.name}" for kind in KINDS for each in fields(kind)}
    return company | {f"Settings.{name}" for name in Settings.model_fields}


def holder_of(node: ast.Attribute) -> str:
    """The last name before the dot: `sending` in `company.sending.tip_hour`."""
    inner = node.value
    if isinstance(inner, ast.Attribute):
        return inner.attr
    return inner.id if isinstance(inner, ast.Name) else ""


def attributes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """What is read in some code: the name before the dot and the one behind it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield holder_of(node), node.attr


def methods(tree: ast.AST) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The classes of a module with each of their methods."""
    for kind in ast.walk(tree):
        if isinstance(kind, ast.ClassDef):
            for part in kind.body:
                if isinstance(part, ast.FunctionDef):
                    yield kind.name, part


def read_in(bot: Path, own_modules: set[Path]) -> set[str]:
    """The settings that are read: elsewhere, or by their own class for a caller elsewhere."""
    trees = {file: ast.parse(file.read_text("utf-8")) for file in bot.rglob("*.py")}
    elsewhere = [
        pair
        for file, tree in trees.items()
        if file not in own_modules
        for pair in attributes(tree)
    ]
    asked = {name for _, name in elsewhere}
    read = {f"{holder.capitalize()}.{name}" for holder, name in elsewhere}
    for file in own_modules:
        for kind, method in methods(trees[file]):
            if method.name in asked:
                read |= {f"{kind}.{name}" for who, name in attributes(method) if who == "self"}
    return read


def test_every_setting_is_read_by_the_part_that_it_is_for() -> None:
    unread = settings() - read_in(BOT, OWN_MODULES)
    assert sorted(unread) == sorted(READ_IN_ITS_OWN_MODULE)


def test_a_setting_that_is_only_compared_with_another_would_be_found(tmp_path: Path) -> None:
    own = tmp_path / "values.py"
    own.write_text(
        "class Sending:\n"
        "    def window(self):\n        return self.opens\n"
        "    def unused(self):\n        return self.closes\n"
        "def check(sending):\n    return sending.bulk > sending.total\n"
    )
    (tmp_path / "user.py").write_text(
        "def use(company, rates):\n"
        "    company.sending.window()\n"
        "    company.sending.bulk + rates.total\n"
    )
    read = read_in(tmp_path, {own})
    assert {"Sending.opens", "Sending.bulk"} <= read
    assert not {"Sending.closes", "Sending.total"} & read
