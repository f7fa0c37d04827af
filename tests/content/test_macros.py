"""What several templates of a topic share is a macro of the topic, and no line is endless."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError, meta

from bot.content.catalogue import CONTINUED, FOLDER, LANGUAGES, Content
from bot.content.filters import FILTERS
from bot.content.screens import Reader
from bot.conversation.registry import FLOWS

LINE_CHARACTERS_MAX = 160
REPEATED_CHARACTERS_MIN = 40
ALIKE_WORDS_MIN = 20
ALIKE_PERCENT_MIN = 80
FILES = sorted(FOLDER.glob("*/*.j2"))
MACROS = sorted(FOLDER.glob("*/_macros.*.j2"))
MACRO = re.compile(r"\{%-? macro (\w+)\(.*?endmacro -?%\}", re.DOTALL)
BODY = re.compile(r"\{%-? macro (\w+)\(.*?\)\s*-?%\}(.*?)\{%-? *endmacro", re.DOTALL)
WORD = re.compile(r"\w+|[^\w\s]")
IMPORT = re.compile(r"\{%-? *(?:from|import) [^%]*%\}")
WITH_CONTEXT = re.compile(r" with context *-?%\}$")
WORDS = re.compile(r"\{% set \w+ = (\{.*?\})(?:\[\w+\])? %\}", re.DOTALL)
EVERYWHERE = {"company", "office", "bot", "reader", "you", "sapa"}
"""What the company and the reader give to every template."""


def _source(file: Path) -> str:
    return CONTINUED.sub("", file.read_text("utf-8"))


def _language(file: Path) -> str:
    return file.name.split(".")[-2]


def _undeclared(source: str) -> set[str]:
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS)
    return meta.find_undeclared_variables(environment.parse(source)) - EVERYWHERE


def _repeated(sources: Mapping[str, str]) -> Iterator[str]:
    """Macros and tables of words that stand in two templates, named by their files."""
    where = defaultdict(set)
    for name, source in sources.items():
        for found in MACRO.finditer(source):
            where[found[0]].add(name)
        for found in WORDS.finditer(source):
            if len(found[1]) >= REPEATED_CHARACTERS_MIN:
                where[found[1]].add(name)
    return (" and ".join(sorted(names)) for names in where.values() if len(names) > 1)


def _alike(sources: Mapping[str, str]) -> Iterator[str]:
    """Returns the macros that say nearly the same, whatever they are called."""
    bodies = [
        (f"{name} {found[1]}", WORD.findall(found[2]))
        for name, source in sources.items()
        for found in BODY.finditer(source)
    ]
    for (one, words), (other, others) in combinations(bodies, 2):
        shorter = min(len(words), len(others))
        ratio = SequenceMatcher(None, words, others, autojunk=False).ratio()
        if words == others or (shorter >= ALIKE_WORDS_MIN and ratio * 100 >= ALIKE_PERCENT_MIN):
            yield f"{one} and {other}"


def test_some_topics_have_macros() -> None:
    assert len(MACROS) >= 8


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_line_of_a_template_is_read_without_scrolling(file: Path) -> None:
    lines = enumerate(file.read_text("utf-8").splitlines(), start=1)
    assert [number for number, line in lines if len(line) > LINE_CHARACTERS_MAX] == []


def test_macros_are_kept_in_the_file_of_their_topic() -> None:
    elsewhere = [str(file) for file in FILES if file not in MACROS and MACRO.search(_source(file))]
    assert elsewhere == []


def test_nothing_longer_is_written_in_two_templates() -> None:
    sources = {f"{file.parent.name}/{file.name}": _source(file) for file in FILES}
    assert list(_repeated(sources)) == []


def test_a_macro_in_two_files_is_found() -> None:
    macro = "{% macro a(x) %}{{ x|angka }}{% endmacro %}"
    table = '{% set w = {"one": "' + "x" * REPEATED_CHARACTERS_MIN + '"} %}'
    assert list(_repeated({"a": macro, "b": macro, "c": "other"})) == ["a and b"]
    assert list(_repeated({"a": table, "b": table.replace("set w", "set v")})) == ["a and b"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_macros_of_a_language_say_nearly_the_same(language: str) -> None:
    files = [file for file in FILES if _language(file) == language]
    assert list(_alike({f"{file.parent.name}/{file.name}": _source(file) for file in files})) == []


def test_a_macro_that_repeats_another_under_a_new_name_is_found() -> None:
    words = "{% if x == 1 %}one person who sold{% else %}all people who sold something{% endif %}"
    one = f"{{% macro one(x) %}}{words}{{% endmacro %}}"
    two = f"{{% macro two(x) -%}}{words.replace('all', 'all the')}{{%- endmacro %}}"
    other = "{% macro other(x) %}{{ x|angka }}{% endmacro %}"
    assert list(_alike({"a": one + two, "b": other})) == ["a one and a two"]
    again = other.replace("other", "again")
    assert list(_alike({"a": other, "b": again})) == ["a other and b again"]


@pytest.mark.parametrize("file", MACROS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_macro_uses_its_arguments_and_what_every_template_has(file: Path) -> None:
    assert _undeclared(_source(file)) == set()


def test_a_macro_that_uses_a_fact_of_a_message_is_found() -> None:
    assert _undeclared("{% macro a(x) %}{{ x }} {{ period }}{% endmacro %}") == {"period"}


@pytest.mark.parametrize("folder", sorted({file.parent for file in MACROS}), ids=lambda f: f.name)
def test_a_topic_has_the_same_macros_in_each_language(folder: Path) -> None:
    named = {
        language: set(
            re.findall(r"(?:macro|set) (\w+)", _source(folder / f"_macros.{language}.j2"))
        )
        for language in LANGUAGES
    }
    assert named["en"] == named["id"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_template_uses_macros_of_its_topic_and_language(file: Path) -> None:
    used = set(re.findall(r'\{% (?:from|import) "([^"]+)"', _source(file)))
    # What people may read in any topic is kept with the talk.
    shared = {f"talk/_macros.{_language(file)}.j2"}
    assert used <= shared | {f"{file.parent.name}/_macros.{_language(file)}.j2"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_macros_are_imported_with_context(file: Path) -> None:
    imports = IMPORT.findall(_source(file))
    assert [each for each in imports if WITH_CONTEXT.search(each) is None] == []


def test_a_macro_imported_without_context_does_not_know_its_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = Content(FLOWS, company="Maju", office="kantor", bot="bot")
    joined = {
        "x.id.j2": '{% from "m.id.j2" import counted %}{{ counted(1) }}',
        "m.id.j2": "{% macro counted(x) %}{{ x|angka }}{% endmacro %}",
    }
    monkeypatch.setattr(content, "source", joined.__getitem__)
    monkeypatch.setattr(content._environment.loader, "load_func", joined.__getitem__)
    with pytest.raises(KeyError, match="reader"):
        content.fill("x.id.j2", {}, Reader("id"))


def test_a_macro_that_is_not_there_is_an_error_and_not_an_empty_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = Content(FLOWS, company="Maju", office="kantor", bot="bot")
    sources = {
        "x.id.j2": '{% from "m.id.j2" import there, gone with context %}'
        "{{ there(1) }}{{ gone(1) }}",
        "m.id.j2": "{% macro there(x) %}\\\n    {{ x|angka }}{% endmacro %}",
    }
    joined = {name: CONTINUED.sub("", text) for name, text in sources.items()}
    monkeypatch.setattr(content, "source", joined.__getitem__)
    monkeypatch.setattr(content._environment.loader, "load_func", joined.__getitem__)
    with pytest.raises(UndefinedError, match="gone"):
        content.fill("x.id.j2", {}, Reader("id"))
    joined["x.id.j2"] = joined["x.id.j2"].replace("{{ gone(1) }}", "")
    joined["y.id.j2"] = joined["x.id.j2"]
    assert content.fill("y.id.j2", {}, Reader("id")).text == "1"
