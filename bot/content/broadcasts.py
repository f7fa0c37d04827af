"""Checks the text of a broadcast, and renders it for each of its readers.

A text may have four fields such as `{nama}`, and the tags <b> <i> <u> <s>. It is checked when it
is saved, with the most awkward names that people have: Telegram would refuse bad markup only when
the messages are sent.

Jinja's sandbox stops a template from reaching out, but not from eating time and memory. So the
parsed tree may hold nothing but text and the four fields; without loops and sums its length is
bounded by that of the names.
"""

import difflib
import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.content.awkward_names import AWKWARD_NAMES
from bot.content.screens import CALLED
from bot.core.input.typed import is_blank, one_line
from bot.core.messaging.broadcasts import TAG, without_tags
from bot.flows.broadcasts.broadcast_messages import TextFault

__all__ = [
    "CAPTION_UNITS_MAX",
    "FIELDS",
    "SOURCE_CHARACTERS_MAX",
    "TEXT_UNITS_MAX",
    "Addressee",
    "examine",
    "excerpt",
    "render_for",
    "units",
]

SOURCE_CHARACTERS_MAX: Final = 4_000
TEXT_UNITS_MAX: Final = 4_096
CAPTION_UNITS_MAX: Final = 1_024
FIELD_CHARACTERS_MAX: Final = 64

FIELDS: Final = ("nama", "sapaan", "provinsi", "kode")

ALLOWED: Final = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
PIECE: Final = re.compile(r"\{+[^{}\n]*\}*")
GOOD_PIECE: Final = re.compile(r"\{\s*(?:nama|sapaan|provinsi|kode)\s*\}")
CALLING: Final = re.compile(r"\{\s*sapaan\s*\}(?=\s+(?:<[bius]>)*\{\s*nama\s*\})", re.IGNORECASE)
WORD_PIECE: Final = re.compile(r"\{\s*(\w+)\s*\}")
TAGS: Final = frozenset({"b", "i", "u", "s"})
LINK: Final = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z0-9+.-]++://")
LINK_REST: Final = re.compile(r"\S*")
LINK_BEGIN: Final = re.compile(r"\b(?!https:)[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Addressee:
    """The fields of one reader."""

    nama: str
    sapaan: str
    provinsi: str
    kode: str


def examine(source: str, *, caption: bool) -> TextFault | None:
    """Returns the first error in a text; None where it can be sent.

    Args:
        source: as the trainer typed it.
        caption: whether it will stand under a photo or a document.
    """
    if is_blank(source):
        return TextFault("empty")
    if len(source) > SOURCE_CHARACTERS_MAX:
        return TextFault("source", length=len(source), most=SOURCE_CHARACTERS_MAX)
    return (
        _wrong_field(source)
        or _wrong_tag(source)
        or _wrong_link(source)
        or _too_long(source, CAPTION_UNITS_MAX if caption else TEXT_UNITS_MAX)
    )


def render_for(source: str, person: Addressee) -> str:
    """Returns the text for one reader, in Telegram's HTML."""
    fields = {
        name: one_line(getattr(person, name), FIELD_CHARACTERS_MAX) or "-" for name in FIELDS
    }
    called = CALLED.get(person.sapaan)
    if called:  # "Bu Sari", but "tim Ibu"
        source = CALLING.sub(called, source)
    return _compiled(source).render(fields).strip()


def excerpt(source: str, most: int) -> str:
    """Returns the beginning of a text on one line, without tags, with dots between its lines."""
    lines = filter(None, map(one_line, without_tags(source).splitlines()))
    line = " · ".join(lines)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    if cut.rfind("{") > cut.rfind("}"):  # a field is shown whole or not at all
        cut = cut[: cut.rfind("{")]
    return f"{cut.rstrip(' ·')}…"


def units(text: str) -> int:
    """Returns the length of a rendered text as Telegram counts it: without tags, in UTF-16."""
    plain = html.unescape(without_tags(text))
    return len(plain.encode("utf-16-le", "surrogatepass")) // 2


def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        variable_start_string="{",
        variable_end_string="}",
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


ENVIRONMENT: Final = _environment()


@lru_cache(maxsize=64)
def _compiled(source: str) -> Template:
    """Returns the template of a text that has passed the checks."""
    assert _is_plain(source), "only a checked text is rendered"
    parts = TAG.split(source)
    # Groups of three: text, slash, name of the tag.
    marked = [_literal(parts[0])]
    for place in range(1, len(parts), 3):
        slash, name, text = parts[place : place + 3]
        marked += [f"<{slash}{name.strip().lower()}>", _literal(text)]
    return ENVIRONMENT.from_string("".join(marked))


def _literal(text: str) -> str:
    """Returns typed text with the signs escaped that mean something in Telegram's HTML."""
    return html.escape(text, quote=False)


def _is_plain(source: str) -> bool:
    """Returns whether the text has nothing but text and known fields."""
    try:
        tree = ENVIRONMENT.parse(source)
        plain = all(
            isinstance(node, ALLOWED) and (not isinstance(node, nodes.Name) or _is_field(node))
            for node in _all_nodes(tree)
        )
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError, MemoryError):
        return False
    # Comments and raw blocks leave no trace in the tree.
    return plain and "{#" not in source and "{%" not in source


def _is_field(node: nodes.Name) -> bool:
    return node.name in FIELDS and node.ctx == "load"


def _all_nodes(tree: nodes.Node) -> list[nodes.Node]:
    """Returns every node, without recursion: a deep tree is legal input."""
    found: list[nodes.Node] = [tree]
    for node in found:
        found.extend(node.iter_child_nodes())
    return found


def _wrong_field(source: str) -> TextFault | None:
    if _is_plain(source):
        return None
    for piece in PIECE.findall(source):
        if GOOD_PIECE.fullmatch(piece):
            continue
        word = WORD_PIECE.fullmatch(piece)
        if word is None:
            return TextFault("brace", one_line(piece, FIELD_CHARACTERS_MAX))
        typed = word[1][:FIELD_CHARACTERS_MAX].lower()
        near = difflib.get_close_matches(typed, FIELDS, n=1)
        return TextFault("field", one_line(piece, FIELD_CHARACTERS_MAX), near[0] if near else "")
    return TextFault("brace", "{")


def _wrong_tag(source: str) -> TextFault | None:
    """Returns the first tag that is unknown to Telegram, not closed, or closed out of order."""
    open_tags: list[str] = []
    for slash, raw in TAG.findall(source):
        name = raw.strip().lower()
        if name not in TAGS:
            return TextFault("tag", one_line(f"<{slash}{raw}>", FIELD_CHARACTERS_MAX))
        if not slash:
            open_tags.append(name)
        elif not open_tags or open_tags[-1] != name:
            return TextFault("crossed", f"</{name}>", f"</{open_tags[-1]}>" if open_tags else "")
        else:
            open_tags.pop()
    return TextFault("open", f"<{open_tags[-1]}>", f"</{open_tags[-1]}>") if open_tags else None


def _wrong_link(source: str) -> TextFault | None:
    for found in LINK.finditer(source):
        # The colon is looked at as well: without it `https:` could not be recognised.
        begin = LINK_BEGIN.search(source, found.start(), found.end() - len("//"))
        if begin is not None:
            rest = LINK_REST.match(source, found.end())
            link = source[begin.start() : rest.end() if rest else found.end()]
            return TextFault("link", one_line(link, FIELD_CHARACTERS_MAX))
    return None


def _too_long(source: str, most: int) -> TextFault | None:
    """Returns the error if a reader could get more than Telegram takes, or nothing at all."""
    for name in AWKWARD_NAMES:
        rendered = render_for(
            source, Addressee(name, "Bapak", "Kepulauan Bangka Belitung", "7K3M9QX2")
        )
        assert _wrong_tag(rendered) is None, "a name brings no tags of its own"
        length = units(rendered)
        if length > most:
            return TextFault("length", length=length, most=most)
        if is_blank(html.unescape(without_tags(rendered))):
            return TextFault("empty")
    return None
