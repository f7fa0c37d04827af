"""The text of a trainer's broadcast: what is allowed, and how it reads for each member."""

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.awkward_names import AWKWARD_NAMES
from bot.content.broadcasts import (
    CAPTION_UNITS_MAX,
    SOURCE_CHARACTERS_MAX,
    TEXT_UNITS_MAX,
    Addressee,
    examine,
    excerpt,
    render_for,
    units,
)
from tests.architecture.test_content import _shown

SARI = Addressee("Sari", "Ibu", "Sulawesi Selatan", "7K3M9QX2")
SECONDS_MAX = 1.0

HOSTILE = {
    "a loop": "{% for x in range(10**9) %}x{% endfor %}",
    "a loop in a loop": "{% for x in 'ab' %}{% for y in 'ab' %}{{ y }}{% endfor %}{% endfor %}",
    "a range": "{range(10**9)}",
    "a list of a range": "{range(999999999)|list}",
    "an attribute": "{nama.__class__.__mro__}",
    "a subscript": "{nama['__class__']}",
    "a method": "{nama.replace('a', 'b')}",
    "a format": "{'%99999999d'|format(1)}",
    "a filter": "{nama|upper}",
    "a filter that blows up": "{nama|center(999999999)}",
    "a macro": "{% macro m() %}x{% endmacro %}{m()}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{m()}",
    "a huge power": "{9**9**9**9}",
    "a huge text": "{'a' * 999999999}",
    "a huge sum of texts": "{nama ~ nama ~ nama}",
    "a huge number": "{" + "9" * 3_900 + "}",
    "deep brackets": "{" + "(" * 3_900,
    "deep lists": "{" + "[" * 1_900 + "]" * 1_900 + "}",
    "deep negation": "{" + "not " * 900 + "nama}",
    "a long chain": "{" + "nama + " * 500 + "nama}",
    "a call": "{lipsum(n=10000)}",
    "a global": "{cycler}",
    "a namespace": "{% set ns = namespace(x=1) %}{ns.x}",
    "an assignment": "{% set x = 'a' %}{x}",
    "an include": "{% include '/etc/passwd' %}",
    "an import": "{% import 'os' as os %}",
    "an inheritance": "{% extends 'x' %}",
    "a block": "{% block b %}{{ self.b() }}{% endblock %}",
    "a raw part": "{% raw %}{nama}{% endraw %}",
    "a comment": "Halo {# rahasia #} semua",
    "a condition": "{% if nama %}x{% endif %}",
    "a test": "{nama is string}",
    "a lambda": "{(lambda: 1)()}",
    "a dict": "{{'a': 1}}",
    "half a field": "Halo {nama",
    "an empty field": "Halo {}",
    "a do": "{% do nama.append(1) %}",
    "a filter block": "{% filter upper %}x{% endfilter %}",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_is_refused_at_once_with_the_place_of_the_fault(kind: str) -> None:
    began = time.monotonic()
    fault = examine(HOSTILE[kind], caption=False)
    assert time.monotonic() - began < SECONDS_MAX
    assert fault is not None
    assert fault.kind in {"field", "brace"}
    assert fault.piece
    with pytest.raises(AssertionError):
        render_for(HOSTILE[kind], SARI)


@pytest.mark.parametrize(
    ("source", "kind", "piece", "hint"),
    [
        ("", "empty", "", ""),
        (" \n ", "empty", "", ""),
        ("<b></b>", "empty", "", ""),
        ("x" * (SOURCE_CHARACTERS_MAX + 1), "source", "", ""),
        ("Halo {nma}", "field", "{nma}", "nama"),
        ("Halo {NAMA}", "field", "{NAMA}", "nama"),
        ("Halo {rumah}", "field", "{rumah}", ""),
        ("Halo {{ nama }}", "brace", "{{ nama }}", ""),
        ("<b>Halo", "open", "<b>", "</b>"),
        ("<b><i>Halo</b></i>", "crossed", "</b>", "</i>"),
        ("Halo</b>", "crossed", "</b>", ""),
        ("<h1>Halo</h1>", "tag", "<h1>", ""),
        ("<a href='https://x'>klik</a>", "tag", "<a href='https://x'>", ""),
        ("<b {nama}>Halo</b>", "tag", "<b {nama}>", ""),
        ("lihat http://x.example ya", "link", "http://x.example", ""),
        ("tg://user?id=1", "link", "tg://user?id=1", ""),
    ],
)
def test_a_text_that_needs_correction_is_refused_with_the_reason(
    source: str, kind: str, piece: str, hint: str
) -> None:
    fault = examine(source, caption=False)
    assert fault is not None
    assert (fault.kind, fault.piece, fault.hint) == (kind, piece, hint)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Halo {sapaan} {nama}!", "Halo Bu Sari!"),
        ("Halo {sapaan} <b>{nama}</b>, tim {sapaan}", "Halo Bu <b>Sari</b>, tim Ibu"),
        ("{ nama } di {provinsi}: {kode}", "Sari di Sulawesi Selatan: 7K3M9QX2"),
        ("Harga < 50rb & enak <3", "Harga &lt; 50rb &amp; enak &lt;3"),
        ("<B>{nama}</B> <i>x</i>", "<b>Sari</b> <i>x</i>"),
        ("https://jualdulu.example/a?b=1&c=2", "https://jualdulu.example/a?b=1&amp;c=2"),
        ("100% } aman", "100% } aman"),
        ("&amp; &lt;b&gt;", "&amp;amp; &amp;lt;b&amp;gt;"),
        ("\N{FAMILY}\n\nbaris {nama}", "\N{FAMILY}\n\nbaris Sari"),
    ],
)
def test_a_text_is_read_as_it_was_typed(source: str, said: str) -> None:
    assert examine(source, caption=False) is None
    assert render_for(source, SARI) == said


@pytest.mark.parametrize("name", AWKWARD_NAMES, ids=range(len(AWKWARD_NAMES)))
def test_no_name_breaks_the_markup_or_adds_its_own(name: str) -> None:
    worded = render_for("<b>Halo <i>{nama}</i></b>, {sapaan} & teman", Addressee(name, "", "", ""))
    assert worded.startswith("<b>Halo <i>")
    assert worded.count("<") == 4
    assert _shown(worded).strip()
    assert not set(_shown(worded)) & {"\N{RIGHT-TO-LEFT OVERRIDE}", "\x00", "\x07"}


def test_there_are_fifty_awkward_names() -> None:
    assert len(set(AWKWARD_NAMES)) >= 50


def test_the_length_is_that_of_the_longest_name_in_the_units_of_telegram() -> None:
    assert examine("{nama}" * 32, caption=False) is None
    fault = examine("{nama}" * 33, caption=False)
    assert fault is not None
    assert (fault.kind, fault.length, fault.most) == ("length", 33 * 128, TEXT_UNITS_MAX)
    assert examine("{nama}" * 8, caption=True) is None
    fault = examine("x" * 1_025, caption=True)
    assert fault is not None
    assert (fault.length, fault.most) == (1_025, CAPTION_UNITS_MAX)
    assert units("<b>\N{GRINNING FACE}</b>&amp;") == 3


@given(st.text(alphabet=st.sampled_from(" abn{}<>/&%#bius'\"nama\n"), max_size=80))
def test_a_text_that_passes_the_checks_is_worded_soundly_for_every_reader(source: str) -> None:
    if examine(source, caption=False) is None:
        for name in ("<b>&", "Sari"):
            worded = render_for(source, Addressee(name, "Ibu", "Bali", "X"))
            assert html.unescape(_shown(worded)).strip()


@pytest.mark.parametrize(
    ("source", "most", "shown"),
    [
        ("Halo {nama}", 20, "Halo {nama}"),
        ("<b>Tanya dulu</b>\n\n{sapaan} {nama}, dengarkan.", 18, "Tanya dulu…"),
        ("Halo {nama}, besok kita bertemu", 15, "Halo {nama}, b…"),
        ("{sapaan}{nama}", 12, "{sapaan}…"),
    ],
)
def test_an_excerpt_shows_a_field_whole_or_not_at_all(source: str, most: int, shown: str) -> None:
    assert excerpt(source, most) == shown
    assert len(excerpt(source, most)) <= most


def test_a_link_inside_another_is_found() -> None:
    fault = examine("https://baik.example/http://jahat.example x", caption=False)
    assert fault is not None
    assert (fault.kind, fault.piece) == ("link", "http://jahat.example")
    fault = examine("https://baik.examplehttps://x.example", caption=False)
    assert fault is not None
    assert fault.piece == "baik.examplehttps://x.example"
