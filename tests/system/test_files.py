"""Whatever a path names, what is read of it is bounded, and a refusal is a sentence."""

import ast
import os
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Self

import pytest

import bot
from bot.cli.imports.member_file import read_member_file
from bot.cli.imports.price_file import read_price_file
from bot.cli.imports.reports import report_lines
from bot.cli.imports.spreadsheet import read_sheet
from bot.cli.plan.sales_file import COLUMNS as SALES
from bot.cli.plan.tree_file import COLUMNS as TREE
from bot.company import CompanyError, load_company
from bot.company.plan_file import read_plan
from bot.core.sheets.sheet_faults import SheetFaultsError
from bot.system.files import DEPTH_MAX, UnreadableFileError, parse_toml, read_text
from bot.system.settings import SettingsError, load
from tests.company.english import english

BYTES_MAX = 64 * 2**20
HEADINGS = "kode,nama,harga_mitra,harga_eceran,poin,nilai_bonus,kategori\n"


def company(file: Path) -> list[str]:
    with pytest.raises(CompanyError) as refused:
        load_company(file)
    return english(refused.value.found)


def plan(file: Path) -> list[str]:
    return english(read_plan(file, ("id",))[1])


def env(file: Path) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        load(file, token_needed=False)
    return refused.value.faults


def _table(read: Callable[[Path], object]) -> Callable[[Path], list[str]]:
    def faults(file: Path) -> list[str]:
        with pytest.raises(SheetFaultsError) as refused:
            read(file)
        return report_lines(file, refused.value.faults, "en")

    return faults


TOMLS = (company, plan)
TABLES = (
    _table(read_price_file),
    _table(lambda file: read_member_file(file, date(2026, 11, 23), "PUSAT")),
    _table(lambda file: read_sheet(file, SALES)),
    _table(lambda file: read_sheet(file, TREE)),
)
READERS = (*TOMLS, env, *TABLES)


def peak(work: Callable[[], object]) -> int:
    """How many bytes Python takes for it at the most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("read", READERS)
def test_what_is_no_ordinary_file_is_refused_at_once(
    read: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for file in (Path("/dev/zero"), tmp_path / "pipe", tmp_path):
        (fault, *_) = read(file)
        assert "is not a regular file" in fault or "cannot be read" in fault


def test_the_empty_device_is_an_empty_file() -> None:
    assert read_text(Path(os.devnull), 10) == ""


@pytest.mark.parametrize("read", READERS)
def test_a_file_without_end_is_refused_by_its_size(
    read: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    file = tmp_path / "large"
    file.touch()
    os.truncate(file, 10 * 2**30)  # takes no room on the disk
    faults: list[str] = []
    assert peak(lambda: faults.extend(read(file))) < 3 * BYTES_MAX
    assert "is larger than" in faults[0]


@pytest.mark.parametrize("moment", ["before it is read", "while it is read"])
def test_a_file_that_is_being_written_is_never_taken_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    file = tmp_path / "members.csv"
    file.write_text("number,name\n1,Siti\n")
    open_file = os.fdopen

    class Growing:
        """The opened file; another process writes to it at this moment."""

        def __init__(self, descriptor: int, mode: str) -> None:
            self._opened = open_file(descriptor, mode)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self._opened.close()

        def fileno(self) -> int:
            return self._opened.fileno()

        def read(self, size: int) -> bytes:
            early = moment.startswith("before")
            body = b"" if early else self._opened.read(size)
            with file.open("a") as other:
                other.write("2,Budi\n")
            return self._opened.read(size) if early else body

    monkeypatch.setattr(os, "fdopen", Growing)
    with pytest.raises(UnreadableFileError, match="changes while it is read; try again"):
        read_text(file, 1_000)
    monkeypatch.undo()
    assert read_text(file, 1_000).endswith("2,Budi\n")


HOSTILE_TOML = {
    "keys in keys": ".".join("a" * 100_000) + " = 1",
    "tables in tables": "[" + ".".join("a" * 100_000) + "]",
    "lists in lists": "a = " + "[" * 50_000,
    "tables inline": "a = " + "{a=" * 50_000,
    "digits": "a = " + "7" * 10_000,
    "digits with signs": "a = " + "7_" * 10_000 + "7",
    "a long fraction": "a = 0." + "7" * 10_000,
    "hexadecimal": "a = 0x" + "f" * 10_000,
    "a text left open": 'a = """' + '"\\' * 50_000,
    "quotes": "a = " + '"' * 50_000,
    "one letter": "a" * 100_000,
    "nothing but dots": "." * 100_000,
    "many keys": "\n".join(f"k{number} = 1" for number in range(5_000)),
    "the same key": "a = 1\n" * 10_000,
    "null bytes": "\0" * 1_000,
}


@pytest.mark.parametrize("read", TOMLS)
@pytest.mark.parametrize("name", HOSTILE_TOML)
def test_a_hostile_toml_is_refused_in_words(
    name: str, read: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    file = tmp_path / "company.toml"
    file.write_text(HOSTILE_TOML[name])
    faults: list[str] = []
    assert peak(lambda: faults.extend(read(file))) < BYTES_MAX
    assert faults
    assert all(str(file) in fault or "company.toml" in fault for fault in faults)


def test_what_a_company_writes_is_not_taken_for_hostile() -> None:
    inside = '"""' + "[" * 99 + "9" * 99 + '."""'
    assert parse_toml(f"a.b.c = 1\n[x.y]\nz = {inside}\n# {'[' * 99}\nq = '{'[' * 99}'")
    deep = "[" * DEPTH_MAX + "]" * DEPTH_MAX
    assert parse_toml(f"a = {deep}")
    with pytest.raises(UnreadableFileError, match="nested too deep") as refused:
        parse_toml(f"b = 1\n\na = [{deep}]")
    assert refused.value.line == 3


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("more", [0, 1, 2])
def test_behind_a_long_text_depth_is_seen_again(quote: str, more: int) -> None:
    text = f"{quote * 3}Siti{quote * (3 + more)}"
    assert parse_toml(f"a = {text}") == {"a": f"Siti{quote * more}"}
    with pytest.raises(UnreadableFileError, match="nested too deep"):
        parse_toml(f"a = [{text}, {'[' * 13}{']' * 13}]")


def test_many_decimals_on_a_line_are_not_nested() -> None:
    numbers = ", ".join(["0.5"] * 40)
    assert parse_toml(f"a = [{numbers}]\nb = {{c.d = 1.5, e.f = 2.5}}")["b"]["e"] == {"f": 2.5}
    for deep in (".".join("a" * 14), '"a=".' * 13 + "a", "'a,' . " * 13 + "a"):
        with pytest.raises(UnreadableFileError, match="nested too deep"):
            parse_toml(f"{deep} = 1")


@pytest.mark.parametrize(
    "body",
    [
        "," * 100_000,
        HEADINGS + "," * 100_000,
        HEADINGS + "A,Sabun," + "9" * 10_000 + ",2,0,0,S",
        HEADINGS + f"A,{'x' * 5_000},1,2,0,0,S",
        HEADINGS + '"' + "x\n" * 100_000,
        "\0" * 1_000,
        "\n" * 100_000,
        "\r" * 100_000,
        ";" * 19_000 + "\n" + ";" * 19_000,
    ],
)
@pytest.mark.parametrize("read", TABLES)
def test_a_hostile_table_is_refused_in_words(
    body: str, read: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(body)
    faults: list[str] = []
    assert peak(lambda: faults.extend(read(file))) < BYTES_MAX
    assert faults


READS = frozenset({"read_text", "read_bytes", "loads", "load", "fdopen"})
ELSEWHERE = {
    # What comes with the bot itself, and what it has written.
    "bot/content/catalogue.py": "templates",
    "bot/content/tips.py": "templates",
    "bot/content/heard.py": "examples of what people write",
    "bot/content/file_words.py": "words for faults of the company file and of plans",
    "bot/content/sheet_words.py": "words for faults of tables",
    "bot/cli/demo/telegram.py": "the log of the sandbox",
}


def test_files_of_people_are_read_in_one_place() -> None:
    root = Path(bot.__path__[0])
    found = set()
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            if node.func.attr in {"read_text", "read_bytes"} or (
                owner == "tomllib" and node.func.attr in {"load", "loads"}
            ):
                found.add(f"bot/{file.relative_to(root)}")
    assert found - ELSEWHERE.keys() == {"bot/system/files.py"}
