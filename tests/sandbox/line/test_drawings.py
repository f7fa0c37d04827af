"""The page's drawings for machines without a font of emoji."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[3]
PAGE = PROJECT / "sandbox" / "page"
PICTURES = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[\u2139\u2194-\u2199\u21a9\u21aa\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
)
PLAIN = frozenset("✓")
"""Signs that every font has and no machine shows in colours."""


def drawings() -> set[str]:
    return set(re.findall(r'<symbol id="e-([^"]+)"', (PAGE / "emoji.svg").read_text("utf-8")))


def code(picture: str) -> str:
    return "-".join(f"{ord(sign):x}" for sign in picture)


def test_every_emoji_of_the_bots_texts_is_drawn() -> None:
    undrawn: dict[str, str] = {}
    texts = [*(PROJECT / "bot" / "content").rglob("*.j2"), PROJECT / "company.sample.toml"]
    assert len(texts) > 100
    for file in texts:
        for picture in PICTURES.findall(file.read_text("utf-8")):
            if picture not in PLAIN and code(picture) not in drawings():
                undrawn[f"{picture} e-{code(picture)}"] = file.name
    assert undrawn == {}, "draw them in sandbox/page/emoji.svg"


def test_the_page_knows_every_drawing() -> None:
    script = (PAGE / "emoji.js").read_text("utf-8")
    listed = re.search(r"DRAWN = new Set\(\((.*?)\)\.split", script, re.DOTALL)
    assert listed is not None
    codes = re.sub(r'["+]', " ", listed[1]).split()
    assert sorted(codes) == sorted(drawings())
