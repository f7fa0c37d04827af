"""The scheduled tips, read as files: whole, honest, short, and sayable to every reader."""

import html
import re
import tomllib
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, meta, nodes

TIPS = Path(__file__).parents[2] / "bot" / "content" / "tips"
FILES = sorted(TIPS.glob("*.j2"))
NAMES = [path.name for path in FILES]
SOURCES = [path for path in FILES if path.name.endswith(".id.j2")]

NAME = re.compile(r"(?P<number>\d{3})-[a-z0-9]+(-[a-z0-9]+)*\.(id|en)\.j2")
PARTS = re.compile(r"\A\+\+\+\n(?P<front>.*?)\n\+\+\+\n(?P<body>.*)\Z", re.DOTALL)
DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
RULES = DAYS | {"month-start", "month-end-3"}
LENGTH_MIN = 200
LENGTH_MAX = 700
# With the longest name, the longest products and the largest sums.
LENGTH_MAX_EVER = 900

TAGS = {"b", "i", "u", "code"}
# What a tip may be built of: words, fields, one filter and plain conditions.
PLAIN_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)
# Each of these promises money, health, or success, or turns the talk to recruiting.
CLAIMS = (
    """
pasti untung|pasti berhasil|pasti laku|dijamin|tanpa kerja|tanpa modal|cepat kaya|balik modal
passive income|penghasilan pasif|jutaan per bulan|bebas finansial|kebebasan finansial
menyembuhkan|mengobati|obat kanker|100% ampuh|ampuh|berkhasiat|cures|heals|miracle
guarantee|guaranteed|risk-free|get rich|easy money|without work|financial freedom
rekrut|merekrut|downline|recruit|recruiting
""".strip()
    .replace("\n", "|")
    .split("|")
)
CLAIM = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, CLAIMS)) + r")(?!\w)", re.IGNORECASE)
SHOUT = re.compile(r"!|\b[A-Z]{4,}\b")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")

NEWCOMER = {
    "you": "Bu Sari",
    "sapa": "Ibu",
    "sales_month": 0,
    "customers_month": 0,
    "profit_month": 0,
    "points_month": 0,
    "last_product": "",
    "best_product": "",
    "days_since_sale": -1,
    "day": 1,
}
FIELDS = set(NEWCOMER)
FIRST_SALE = NEWCOMER | {
    "sales_month": 1,
    "customers_month": 1,
    "profit_month": 10_000,
    "points_month": 1,
    "last_product": "Sabun Sereh",
    "best_product": "Sabun Sereh",
    "days_since_sale": 1,
    "day": 7,
}
EXPERIENCED = {
    "you": "Pak Abdurrahman-Syarifuddin",
    "sapa": "Bapak",
    "sales_month": 1_204,
    "customers_month": 389,
    "profit_month": 123_456_789,
    "points_month": 12_345,
    "last_product": "Madu Hutan <Asli> & Propolis 1.000 g",
    "best_product": "Sabun Sereh Wangi & Kelapa, isi 12",
    "days_since_sale": 0,
    "day": 2_731,
}
# Sold before, nothing yet this month, and one discount too many.
RESTING = EXPERIENCED | {
    "sales_month": 0,
    "customers_month": 0,
    "profit_month": -10_000,
    "points_month": 0,
    "best_product": "",
    "days_since_sale": 41,
}
READERS: dict[str, dict[str, Any]] = {
    "newcomer": NEWCOMER,
    "first sale": FIRST_SALE,
    "experienced": EXPERIENCED,
    "resting": RESTING,
}
ANY_READER = st.fixed_dictionaries(
    {
        "you": st.text(min_size=1, max_size=30),
        "sapa": st.sampled_from(["Ibu", "Bapak", "Kakak", "Anda"]),
        "sales_month": st.integers(0, 9_999),
        "customers_month": st.integers(0, 9_999),
        "profit_month": st.integers(-(10**8), 10**9),
        "points_month": st.integers(0, 99_999),
        "last_product": st.text(max_size=40),
        "best_product": st.text(max_size=40),
        "days_since_sale": st.integers(-1, 4_000),
        "day": st.integers(1, 4_000),
    },
)


@dataclass(frozen=True, slots=True)
class Tip:
    """One file, taken apart."""

    front: dict[str, Any]
    body: str


def tip_of(path: Path) -> Tip:
    parts = PARTS.match(path.read_text(encoding="utf-8"))
    assert parts, f"{path.name} lacks its front matter between lines of +++"
    return Tip(tomllib.loads(parts["front"]), parts["body"])


def language_of(path: Path) -> str:
    return path.name.split(".")[-2]


def environment(language: str, *, trimmed: bool = False) -> Environment:
    mark = {"id": ".", "en": ","}[language]

    def rupiah(amount: int) -> str:
        sign = "-" if amount < 0 else ""
        return f"{sign}Rp{abs(amount):,}".replace(",", mark)

    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=trimmed,
        lstrip_blocks=trimmed,
    )
    made.filters["rupiah"] = rupiah
    made.filters["angka"] = lambda number: f"{number:,}".replace(",", mark)
    return made


def said(path: Path, reader: dict[str, Any], *, trimmed: bool = False) -> str:
    maker = environment(language_of(path), trimmed=trimmed)
    return maker.from_string(tip_of(path).body).render(reader)


class TagCheck(HTMLParser):
    """Collects the text shown on the screen and fails on a tag Telegram would refuse."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}> is not among the tags of a tip"
        assert not attrs, f"<{tag}> carries attributes"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another tag"

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"an HTML comment: {data}")


def seen(message: str) -> str:
    check = TagCheck()
    check.feed(message)
    check.close()
    assert not check.open, f"left open: {check.open}"
    return "".join(check.text).strip()


READINGS = [
    pytest.param(path, reader, id=f"{path.name} to {name}")
    for path in FILES
    for name, reader in READERS.items()
]


def test_there_are_tips_and_each_has_a_proper_name() -> None:
    assert SOURCES
    assert [name for name in NAMES if not NAME.fullmatch(name)] == []


def test_every_tip_is_there_in_both_languages() -> None:
    by_language: dict[str, list[str]] = {"id": [], "en": []}
    for path in FILES:
        by_language[language_of(path)].append(path.name.split(".")[0])
    assert by_language["id"] == by_language["en"]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_front_matter_says_when_only_in_the_source_language(path: Path) -> None:
    front = tip_of(path).front
    assert isinstance(front["title"], str)
    if language_of(path) == "en":
        assert set(front) == {"title"}
        return
    when = set(front) & {"day", "every", "silence"}
    assert len(when) == 1
    assert set(front) == when | {"order", "title"}
    assert type(front["order"]) is int
    if "day" in front:
        assert type(front["day"]) is int
        assert front["day"] >= 1
    elif "silence" in front:
        assert type(front["silence"]) is int
        assert front["silence"] >= 7
    else:
        assert front["every"] in RULES


def test_no_tip_mentions_recruiting_in_the_first_month() -> None:
    early = [path for path in SOURCES if tip_of(path).front.get("day", 99) < 30]
    words = re.compile(r"orang baru|mengajak|calon mitra|bergabung", re.IGNORECASE)
    early_mentions = [path.name for path in early if words.search(tip_of(path).body)]
    assert early_mentions == ["260-where-a-bonus-comes-from.id.j2"], (
        "which says that it is not paid"
    )


def test_order_numbers_are_unique_and_agree_with_the_file_names() -> None:
    orders = [tip_of(path).front["order"] for path in SOURCES]
    assert len(set(orders)) == len(orders)
    assert orders == [int(path.name[:3]) for path in SOURCES]


def test_no_two_tips_share_a_day_or_a_rule() -> None:
    fronts = [tip_of(path).front for path in SOURCES]
    slots = [(each, front[each]) for front in fronts for each in front.keys() - {"order", "title"}]
    assert len(set(slots)) == len(slots)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_tip_uses_known_fields_and_nothing_cleverer_than_an_if(path: Path) -> None:
    tree = environment(language_of(path)).parse(tip_of(path).body)
    assert meta.find_undeclared_variables(tree) <= FIELDS
    clever = [node for node in tree.find_all(nodes.Node) if not isinstance(node, PLAIN_NODES)]
    assert clever == []
    assert {found.name for found in tree.find_all(nodes.Filter)} <= {"rupiah", "angka"}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_tip_makes_no_claim_and_does_not_shout(path: Path) -> None:
    tip = tip_of(path)
    words = html.unescape(re.sub(r"<code>.*?</code>|\{[{%].*?[%}]\}", " ", tip.body))
    assert CLAIM.findall(words) == []
    assert SHOUT.findall(words) == []
    assert len(EMOJI.findall(words)) <= 1


@pytest.mark.parametrize("words", ["Pasti untung!", "madu ini menyembuhkan", "GUARANTEED result"])
def test_the_list_of_claims_catches_a_claim(words: str) -> None:
    assert CLAIM.search(words)


@pytest.mark.parametrize(("path", "reader"), READINGS)
def test_a_tip_is_short_headed_by_its_title_and_ends_with_a_task(
    path: Path,
    reader: dict[str, Any],
) -> None:
    tip = tip_of(path)
    text = seen(said(path, reader))
    paragraphs = text.split("\n\n")
    longest = LENGTH_MAX_EVER if reader is EXPERIENCED else LENGTH_MAX
    assert LENGTH_MIN <= len(text) <= longest
    assert paragraphs[0] == f"📚 {tip.front['title']}"
    assert paragraphs[1].startswith(f"{reader['you']}, ")
    task = {"id": "Tugas hari ini: ", "en": "Today: "}[language_of(path)]
    assert [part.startswith(task) for part in paragraphs].count(True) == 1
    assert paragraphs[-1].startswith(task)


@pytest.mark.parametrize(("path", "reader"), READINGS)
def test_an_empty_field_leaves_no_scar_in_the_sentence(path: Path, reader: dict[str, Any]) -> None:
    text = seen(said(path, reader))
    assert re.findall(r"  | [,.:?]|,,|\.\.|\n{3}|-1\b|\b1 (?:sales|customers)\b", text) == []
    assert re.findall(r"[ \t]\n", text) == []


@pytest.mark.parametrize(("path", "reader"), READINGS)
def test_a_tip_reads_the_same_however_the_renderer_trims_its_blocks(
    path: Path,
    reader: dict[str, Any],
) -> None:
    assert said(path, reader) == said(path, reader, trimmed=True)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
@settings(max_examples=20, deadline=None)
@given(reader=ANY_READER)
def test_no_name_and_no_figure_breaks_the_message(path: Path, reader: dict[str, Any]) -> None:
    text = seen(said(path, reader))
    assert f"{reader['you']}, " in text
    assert len(text) <= LENGTH_MAX_EVER
