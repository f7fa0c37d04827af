"""Each fault of the company file and of a plan has words in both languages, and their facts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import bot
from bot.company import CompanyError, load_company
from bot.company.plan_file import read_plan
from bot.content.file_words import file_fault_words, file_words, said_words
from bot.content.sheet_words import sheet_words
from bot.core.file_faults import FileFault, Said

BOT = Path(bot.__path__[0])
LANGUAGES = ("en", "id")
SAYS = {"Said": 0, "of": 0, "fault": 1, "wrong_plan": 1, "one_sentence": 1}
"""What says a sentence, and the place of its key among the arguments."""
HEADINGS = re.compile(r"heading \w+")
OF_TABLES = set(sheet_words("en")) - set(file_words("en"))


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for folder in ("company", "core/plans", "system", "cli/plan", "cli/months", "cli/imports"):
        for file in sorted((BOT / folder).rglob("*.py")):
            yield file, ast.parse(file.read_text("utf-8"))
    for file in (BOT / "cli" / name for name in ("faults.py", "file_reports.py")):
        yield file, ast.parse(file.read_text("utf-8"))


def said_in(tree: ast.Module) -> Iterator[tuple[str, set[str] | None]]:
    """Yields each key that a module says, and its facts; None for facts from elsewhere."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and HEADINGS.fullmatch(node.value)
        ):
            yield node.value, None
        if not isinstance(node, ast.Call):
            continue
        call = node.func
        name = call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "")
        owner = getattr(call.value, "id", "") if isinstance(call, ast.Attribute) else ""
        if name == "of" and owner != "Said":
            continue
        if (
            name == "fault"
            and owner not in ("reading", "self", "reader")
            and not (
                isinstance(call, ast.Attribute)
                and isinstance(call.value, ast.Attribute)
                and call.value.attr == "reading"
            )
        ):
            continue
        if name not in SAYS:
            continue
        place = SAYS[name]
        if len(node.args) <= place:
            continue
        facts = {each.arg for each in node.keywords if each.arg is not None}
        known = None if any(each.arg is None for each in node.keywords) else facts
        for what in keys_of(node.args[place]):
            yield what, known


def keys_of(node: ast.expr) -> Iterator[str]:
    """Yields the keys that an argument can be: a text, or one of two; else nothing."""
    match node:
        case ast.Constant(value=str(what)):
            yield what
        case ast.IfExp(body=body, orelse=other):
            yield from keys_of(body)
            yield from keys_of(other)
        case ast.JoinedStr(values=[ast.Constant(value=str(begin)), ast.FormattedValue()]):
            found = [key for key in file_words("en") if key.startswith(begin)]
            assert found, f"no words begin with {begin!r}"
            yield from found
        case _:
            pass


SAID = [
    pytest.param(what, facts, id=f"{file.relative_to(BOT)}: {what}")
    for file, tree in sources()
    for what, facts in said_in(tree)
    if not (file.name == "numbers.py" and what == "heading plan") and what not in OF_TABLES
]


def names_in(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_the_guard_sees_the_faults() -> None:
    assert len({param.values[0] for param in SAID}) > 100


@pytest.mark.parametrize(("what", "facts"), SAID)
def test_a_fault_has_words_in_both_languages(what: str, facts: set[str] | None) -> None:
    for language in LANGUAGES:
        words = file_words(language)
        assert words.get(what), f"{what!r} has no words in {language}"
        if facts is not None:
            assert names_in(words[what]) <= facts


def test_both_languages_say_the_same_things() -> None:
    english, indonesian = (file_words(language) for language in LANGUAGES)
    assert list(english) == list(indonesian)
    for what, words in english.items():
        assert names_in(words) == names_in(indonesian[what]), what
    same = {what for what in english if english[what] == indonesian[what]}
    assert same == {"kind", "list", "named"}


def test_no_words_are_left_over() -> None:
    said = {param.values[0] for param in SAID}
    by_name = re.compile(r"(?:kind|nth|key of|kind of|instead of) |whole number no dots")
    built = {what for what in file_words("en") if by_name.match(what)}
    assert set(file_words("en")) - said - built == set()


def test_a_fact_may_be_said_in_words_of_its_own() -> None:
    inner = Said.of("nth level", number=2)
    fault = FileFault(
        "plan.toml",
        7,
        "[[version.rule]] 1 rates",
        Said.of("one rate", what=inner, value="'5'", meant=Said.of("rate sign", number="5")),
    )
    said = "tingkat 2 berisi '5'; tulis tandanya di belakang: \"5%\""
    assert file_fault_words(fault, "id") == f"plan.toml:7: [[version.rule]] 1 rates {said}"
    assert said_words(inner, "en") == "level 2"


COMPANY = """[company]
name = "PT Kecil"
office_contact = "WA 0812-0000-9000"
root_code = "pusat"
{languages}
"""


@pytest.mark.parametrize(
    ("languages", "spoken"),
    [
        ("", "id"),
        ('languages = ["id", "en"]', "id"),
        ('languages = ["en", "id"]', "en"),
        ('languages = ["en"]', "en"),
        ('languages = [\n  "en",\n]', "en"),
        ('languages = ["en"]\nname = oops', "en"),
        ('languages = ["id"]\nname = oops', "id"),
        ('# languages = ["en"]', "id"),
    ],
)
def test_a_company_reads_its_faults_in_its_first_language(
    tmp_path: Path, languages: str, spoken: str
) -> None:
    file = tmp_path / "company.toml"
    file.write_text(COMPANY.format(languages=languages), "utf-8")
    with pytest.raises(CompanyError) as refused:
        load_company(file)
    assert refused.value.language == spoken


@pytest.mark.parametrize("body", [None, b"\xff", b"x = 1"])
def test_a_file_whose_language_is_not_known_is_told_in_english(
    tmp_path: Path, body: bytes | None
) -> None:
    file = tmp_path / "company.toml"
    if body is not None:
        file.write_bytes(body)
    with pytest.raises(CompanyError) as refused:
        load_company(file)
    assert refused.value.language == "en"


def test_a_fault_of_a_plan_can_be_told_in_either_language(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text("version = 3", "utf-8")
    _, faults = read_plan(file, ("id",))
    for language in LANGUAGES:
        assert all(file_fault_words(fault, language) for fault in faults)
