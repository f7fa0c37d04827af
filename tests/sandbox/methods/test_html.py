"""Telegram's HTML, as the sandbox reads it."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import clean, finished
from sandbox.rich_text import HALVES, NotParsed, parse_html


def read(source: str) -> tuple[str, list[dict[str, Any]]]:
    rich = finished(*parse_html(clean(source)))
    return rich.text, rich.entities


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("é<blink>x</blink>", 'Unsupported start tag "blink" at byte offset 2'),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=?>x</a>", "Unexpected end of name token at byte offset 8"),
        ("x &#xD83D;&#xDE00;", HALVES),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_errors_are_reported_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(NotParsed) as wrong:
        parse_html(source)
    assert str(wrong.value) == why


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<b>1</b><strong>2</strong>", "12", ["bold", "bold"]),
        ("<i>1</i><em>2</em>", "12", ["italic", "italic"]),
        ("<u>1</u><ins>2</ins>", "12", ["underline", "underline"]),
        ("<s>1</s><strike>2</strike><del>3</del>", "123", ["strikethrough"] * 3),
        ("<code>1</code><pre>2</pre>", "12", ["code", "pre"]),
        ("<tg-spoiler>1</tg-spoiler><span class='tg-spoiler'>2</span>", "12", ["spoiler"] * 2),
        (
            "<blockquote>1</blockquote><blockquote expandable>2</blockquote>",
            "12",
            ["blockquote", "expandable_blockquote"],
        ),
        ("<B>1</b >", "1", ["bold"]),
        ("<b></b>x", "x", []),
        ("<a href>x</a>", "x", []),
        ("<b class>x</b>", "x", ["bold"]),
        ("<tg-time unix='1764100800' format='d'>x</tg-time>", "x", ["date_time"]),
        (
            "&ltx &X41; &#X41; &#0; &#1114111; &#0000065; &#00000065;",
            "&ltx &X41; &#X41; &#0; &#1114111; A &#00000065;",
            [],
        ),
        ("&lt;b&gt; &amp; &quot;&#65;&#x42;&nbsp;", '<b> & "AB&nbsp;', []),
    ],
)
def test_each_tag_and_sign_means_what_telegram_says(
    source: str, text: str, kinds: list[str]
) -> None:
    plain, entities = read(source)
    assert plain == text
    assert [entity["type"] for entity in entities] == kinds


def test_a_link_keeps_its_address_and_a_member_link_mentions_the_member() -> None:
    _, entities = read(
        '<a href="https://t.me/x?start=1&amp;a=2">go</a> <a href="tg://user?id=7">Sari</a>'
    )
    assert entities[0]["url"] == "https://t.me/x?start=1&a=2"
    assert entities[1]["type"] == "text_mention"
    assert entities[1]["user"]["id"] == 7


@pytest.mark.parametrize(
    "address",
    ["nowhere", "http://localhost:8080/x", "tel:+628123", "ftp://a.id/x", "javascript:x", ""],
)
def test_a_link_to_nowhere_is_only_text(address: str) -> None:
    assert read(f'<a href="{address}">x</a>') == ("x", [])


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://Example.org", "https://example.org/"),
        ("example.org?a=1", "http://example.org/?a=1"),
        ("HTTP://a.id:80/X", "http://a.id:80/X"),
        ("mailto:ani@b.id", "http://mailto:ani@b.id/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("tonsite://a.ton/x", "tonsite://a.ton/x"),
    ],
)
def test_a_link_is_kept_as_telegram_writes_it(address: str, kept: str) -> None:
    _, (entity,) = read(f'<a href="{address}">x</a>')
    assert entity["url"] == kept


def test_invisible_characters_are_removed_and_only_blanks_and_lines_trimmed() -> None:
    assert clean("a\x00b\tc\r\n\u202ed\u2028e\u0333f\u033fg\u030ah") == "a b c\ndefgh"
    assert read(" \n\u00a0x\u3000 \n") == ("\u00a0x\u3000", [])


def test_a_program_text_has_a_language() -> None:
    _, entities = read('<pre><code class="language-python">print()</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 7, "language": "python"}]


def test_outer_entities_stand_before_inner_ones() -> None:
    _, entities = read("<i><b>ab</b> c</i>")
    assert [(entity["type"], entity["length"]) for entity in entities] == [
        ("italic", 4),
        ("bold", 2),
    ]


def test_blanks_at_the_ends_go_and_the_entities_follow() -> None:
    assert read("  <b> x </b> ") == ("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_commands_links_and_names_are_found_but_not_inside_code() -> None:
    text, entities = read(
        "/jual@jualdulu_bot 2 @sari_d #promo https://t.me/x. a@b.id <code>/no</code> a/b"
    )
    found = {
        entity["type"]: text[entity["offset"] : entity["offset"] + entity["length"]]
        for entity in entities
    }
    assert found == {
        "bot_command": "/jual@jualdulu_bot",
        "mention": "@sari_d",
        "hashtag": "#promo",
        "url": "https://t.me/x",
        "email": "a@b.id",
        "code": "/no",
    }


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), max_size=4))
def test_escaped_text_comes_back_and_offsets_count_in_utf16(parts: list[str]) -> None:
    source = "".join(f"<b>{html.escape(part)}</b>|" for part in parts)
    text, entities = parse_html(source)
    assert text == "".join(f"{part}|" for part in parts)
    units = text.encode("utf-16-le")
    cut = [
        units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")
        for entity in entities
    ]
    assert cut == parts


@given(st.text(st.sampled_from("<>/&;b i=\"'a#é"), max_size=40))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except NotParsed:
        return
    length = len(text.encode("utf-16-le")) // 2
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= length for e in entities)
