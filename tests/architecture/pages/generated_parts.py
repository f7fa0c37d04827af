"""Parts of a page of the docs that `make docs` writes from the code, between two marks."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Final

__all__ = [
    "LINE_CHARACTERS_MAX",
    "entry",
    "in_one_line",
    "regenerated",
    "without",
    "wrapped",
]

LINE_CHARACTERS_MAX: Final = 100
MADE: Final = re.compile(r"(<!-- made by make docs: (\w+) -->\n)(.*?)(<!-- end -->\n)", re.DOTALL)
CODE: Final = re.compile(r"`[^`]+`")
KEPT_SPACE: Final = "\N{NO-BREAK SPACE}"
LINK: Final = re.compile(r"\bdocs/([\w-]+\.md)")


def regenerated(page: str, parts: Mapping[str, Iterator[str]]) -> str:
    """Returns the page with each part replaced by its blocks.

    Raises:
        ValueError: the marks of the page are not those of the parts, each once.
    """
    if sorted(found[2] for found in MADE.finditer(page)) != sorted(parts):
        raise ValueError(f"a mark is missing; there must be one for each of {', '.join(parts)}")
    texts = {name: "\n" + "".join(f"{block}\n\n" for block in parts[name]) for name in parts}
    return MADE.sub(lambda found: found[1] + texts[found[2]] + found[4], page)


def without(page: str) -> str:
    """Returns the page without its generated parts: what is written by hand."""
    return MADE.sub("", page)


def entry(names: list[str], more: str, text: str) -> str:
    """Returns an item of a list: names as code, more about them in parentheses, and the text."""
    shown = ", ".join(f"`{name}`" for name in names)
    return wrapped(f"- {shown}{f' ({more})' if more else ''}: {in_one_line(text)}", "  ")


def wrapped(text: str, indent: str = "") -> str:
    """Returns the text in lines of at most `LINE_CHARACTERS_MAX`; code is not broken."""
    lines = textwrap.fill(
        CODE.sub(lambda found: found[0].replace(" ", KEPT_SPACE), text),
        LINE_CHARACTERS_MAX,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines.replace(KEPT_SPACE, " ")


def in_one_line(text: str) -> str:
    """Returns the text in one line; a page of the docs that it names becomes a link."""
    return LINK.sub(r"[\1](\1)", " ".join(text.split()))
