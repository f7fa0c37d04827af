"""Telegram's HTML, read as Telegram reads it, with its own words for what is wrong."""

import re
from dataclasses import dataclass

from sandbox.entities import width
from sandbox.links import link_of
from sandbox.state import Json

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}

SURROGATES = range(0xD800, 0xE000)
CODE_MAX = 0x10FFFF
REFERENCE_MAX = 10
HALVES = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)

_SPECIAL = re.compile("[<&]")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_BARE_VALUE = re.compile(r"[\w.-]+")
_USER_LINK = re.compile(r"tg://user/?\?id=(\d+)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class NotParsed(Exception):  # noqa: N818  the text is wrong, not the parser
    """Why the text is not Telegram's HTML."""


@dataclass(slots=True)
class Opened:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    piece: int


class Reader:
    """Reads one text from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.length = 0
        self.opened: list[Opened] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        """The plain text and its entities."""
        at = 0
        source = self.source
        while (found := _SPECIAL.search(source, at)) is not None:
            self._append(source[at : found.start()])
            at = found.start()
            if source[at] == "&":
                at = self._character(at)
            elif source.startswith("/", at + 1):
                at = self._end_tag(at)
            else:
                at = self._start_tag(at)
        self._append(source[at:])
        if self.opened:
            raise NotParsed(
                f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"'
            )
        return "".join(self.pieces), self.entities

    def _append(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += width(text)

    def _byte(self, at: int) -> str:
        return f"at byte offset {len(self.source[:at].encode())}"

    def _character(self, at: int) -> int:
        match = _CHARACTER.match(self.source, at)
        if match is None:
            self._append("&")
            return at + 1
        self._append(_decoded(match))
        return match.end()

    def _start_tag(self, begin: int) -> int:
        name = _NAME.match(self.source, begin + 1)
        assert name is not None
        tag, at = name.group().lower(), name.end()
        if at == len(self.source):
            raise NotParsed(f"Unclosed start tag {self._byte(begin)}")
        if tag not in KINDS:
            raise NotParsed(f'Unsupported start tag "{tag}" {self._byte(begin)}')
        argument = ""
        while True:
            at = self._past_space(at)
            if at == len(self.source):
                raise NotParsed(f"Unclosed start tag {self._byte(begin)}")
            if self.source[at] == ">":
                break
            attribute, value, at = self._attribute(tag, begin, at)
            argument = _argument(tag, attribute, value) or argument
        if tag == "span" and argument != "tg-spoiler":
            raise NotParsed(f'Tag "span" must have class "tg-spoiler" {self._byte(begin)}')
        self.opened.append(Opened(tag, argument, self.length, len(self.pieces)))
        return at + 1

    def _attribute(self, tag: str, begin: int, at: int) -> tuple[str, str, int]:
        """One `name=value` of a start tag, and where it ends."""
        name = _ATTRIBUTE.match(self.source, at)
        assert name is not None
        if not name.group():
            raise NotParsed(f'Empty attribute name in the tag "{tag}" {self._byte(begin)}')
        attribute = name.group().lower()
        at = self._past_space(name.end())
        if not self.source.startswith("=", at):
            return attribute, "1" if attribute == "expandable" else "", at
        at = self._past_space(at + 1)
        quote = self.source[at : at + 1]
        if quote in ("'", '"'):
            end = self.source.find(quote, at + 1)
            if end < 0:
                raise NotParsed(f"Unclosed start tag {self._byte(begin)}")
            return attribute, _CHARACTER.sub(_decoded, self.source[at + 1 : end]), end + 1
        value = _BARE_VALUE.match(self.source, at)
        end = value.end() if value else at
        if not value or (end < len(self.source) and self.source[end] not in " \t\n>"):
            raise NotParsed(f"Unexpected end of name token {self._byte(at)}")
        return attribute, value.group(), end

    def _end_tag(self, begin: int) -> int:
        if not self.opened:
            raise NotParsed(f"Unexpected end tag {self._byte(begin)}")
        name = _NAME.match(self.source, begin + 2)
        assert name is not None
        at = self._past_space(name.end())
        if not self.source.startswith(">", at):
            raise NotParsed(f"Unclosed end tag {self._byte(begin)}")
        opened = self.opened[-1]
        tag = name.group().lower()
        if tag and tag != opened.tag:
            raise NotParsed(
                f'Unmatched end tag {self._byte(begin)}, expected "</{opened.tag}>", '
                f'found "</{tag}>"'
            )
        self.opened.pop()
        if self.length > opened.offset:
            self._close(opened)
        return at + 1

    def _close(self, opened: Opened) -> None:
        entity: Json = {
            "type": KINDS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            link = opened.argument or "".join(self.pieces[opened.piece :])
            if not _as_link(entity, link):
                return
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "tg-time":
            if not opened.argument.isdecimal():
                return
            entity["unix_time"] = int(opened.argument)
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "pre":
            self._take_language(entity)
        self.entities.append(entity)

    def _take_language(self, pre: Json) -> None:
        """`<pre><code class="language-x">` is one entity with a language."""
        inner = self.entities[-1] if self.entities else None
        if inner and inner["type"] == "code" and "language" in inner:
            same = all(inner[key] == pre[key] for key in ("offset", "length"))
            if same:
                pre["language"] = self.entities.pop()["language"]

    def _past_space(self, at: int) -> int:
        match = _SPACE.match(self.source, at)
        assert match is not None
        return match.end()


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and the entities; raises NotParsed in Telegram's words."""
    if _SPECIAL.search(source) is None:
        return source, []
    text, entities = Reader(source).read()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, entities


def _argument(tag: str, attribute: str, value: str) -> str:
    """The one attribute that means something for this tag."""
    if tag == "code" and attribute == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    wanted = {
        "a": "href",
        "span": "class",
        "tg-emoji": "emoji-id",
        "tg-time": "unix",
        "blockquote": "expandable",
    }
    return value if wanted.get(tag) == attribute else ""


def _as_link(entity: Json, link: str) -> bool:
    """Make the entity a link or a mention; False when the address is none."""
    user = _USER_LINK.fullmatch(link)
    if user:
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(user.group(1)), "is_bot": False, "first_name": ""}
        return True
    address = link_of(link)
    if address is not None:
        entity["url"] = address
    return address is not None


def _decoded(match: re.Match[str]) -> str:
    """What a reference stands for; one that Telegram does not know stays as it was typed."""
    hexadecimal, decimal, named = match.groups()
    if named:
        return _NAMED.get(named, match.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    length = len(match.group().removesuffix(";"))
    if not 0 < code < CODE_MAX or length >= REFERENCE_MAX:
        return match.group()
    if code in SURROGATES:
        raise NotParsed(HALVES)
    return chr(code)
