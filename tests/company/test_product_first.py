"""No plan pays for recruiting, and one that tries is refused with the article of law."""

from pathlib import Path

import pytest

from bot.company.plan_file import read_plan
from bot.company.plan_file.product_first import refused_key, refused_kind
from bot.company.plan_file.ranks import RANK_KEYS
from bot.company.plan_file.rules import RULE_KEYS
from bot.company.plan_file.versions import VERSION_KEYS
from bot.core.plans import KINDS
from tests.company.english import english, in_english

REFUSED = sorted((Path(__file__).parents[1] / "plans" / "refused").glob("*.toml"))

RECRUITING = "Permendag 70/2019 Art. 30(1) and 21(k), PP 3/2026 Art. 51A"
PLACES = "Permendag 70/2019 Art. 30(2)"
PURCHASE = "Permendag 70/2019 Art. 21(f) and (g)"


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.stem)
def test_a_plan_that_pays_for_recruiting_is_refused_with_the_article(file: Path) -> None:
    asked = [
        line.removeprefix("# Refused by: ")
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("# Refused by: ")
    ]
    faults = english(read_plan(file, ("id", "en"))[1])
    assert len(faults) == len(asked) > 0
    for article, fault in zip(asked, faults, strict=True):
        assert article in fault


def test_the_refused_plans_have_no_other_fault(tmp_path: Path) -> None:
    """Without the forbidden parts the rest is a plan or asks for another rule."""
    for file in REFUSED:
        text = file.read_text("utf-8")
        _, faults = read_plan(file, ("id", "en"))
        lines = {fault.line for fault in faults}
        kept = [line for at, line in enumerate(text.splitlines(), start=1) if at not in lines]
        mended = tmp_path / file.name
        mended.write_text("\n".join(kept), "utf-8")
        _, left = read_plan(mended, ("id", "en"))
        assert all(" kind must be one of" in fault for fault in english(left)), left


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        *((kind, RECRUITING) for kind in (
            "sponsor", "Sponsor", "bonus-sponsor", "recruiting", "rekrut", "perekrutan",
            "fast-start", "faststart", "fast_start", "quick start", "referral", "signup",
            "sign-up", "enrollment", "join", "joining-bonus", "pendaftaran", "bonus daftar",
            "package", "paket", "paket-daftar", "starter-kit", "kit", "invite", "mitra-baru",
        )),
        *((kind, PLACES) for kind in (
            "binary", "biner", "pairing", "pair", "pasangan", "bonus-pasangan", "matrix",
            "matriks", "titik", "spillover", "board",
        )),
        *((kind, PURCHASE) for kind in (
            "tutup_poin", "tupo", "autoship", "auto-order", "belanja-pribadi", "repeat-order",
        )),
    ],
)  # fmt: skip
def test_a_kind_that_pays_for_anything_but_sales_is_refused(kind: str, article: str) -> None:
    assert article in in_english(refused_kind(kind))


@pytest.mark.parametrize(
    ("key", "article"),
    [
        *((key, RECRUITING) for key in (
            "recruits_min", "rekrut", "rekrutMin", "new_members", "mitra_baru", "sponsor_min",
            "per_sponsor", "sponsored", "signup_bonus", "registration", "joining_points",
            "members_min", "downline_min", "undangan", "pendaftaran",
        )),
        *((key, PLACES) for key in (
            "titik", "titik_max", "places", "positions", "width", "pairs", "hak_usaha", "kiri",
            "left", "carry", "spillover",
        )),
        *((key, PURCHASE) for key in (
            "package", "paket", "paket_daftar", "purchase_min", "own_purchase_min", "pembelian",
            "tutup_poin", "tutupPoin", "tupo", "belanja_pribadi", "autoship", "stok_min", "kit",
        )),
    ],
)  # fmt: skip
def test_a_key_that_counts_anything_but_sales_is_refused(key: str, article: str) -> None:
    assert article in in_english(refused_key(key))


def test_the_value_of_a_key_is_judged_as_well() -> None:
    assert RECRUITING in in_english(refused_key("source", "joins"))
    assert refused_key("note", "thanks to everybody who joins the team") is None


@pytest.mark.parametrize("word", ["stairstep", "leadership", "own_point_min", "customer_min", "x"])
def test_a_typo_is_only_an_unknown_key(word: str) -> None:
    assert refused_kind(word) is None
    assert refused_key(word) is None


def test_the_format_itself_names_nothing_forbidden() -> None:
    """Additions to the format are checked with the same words."""
    assert set(RULE_KEYS) == set(KINDS)
    keys = {*VERSION_KEYS, *RANK_KEYS, *(key for keys in RULE_KEYS.values() for key in keys)}
    assert [key for key in sorted(keys) if refused_key(key)] == []
    assert [kind for kind in KINDS if refused_kind(kind)] == []


def test_an_unknown_kind_is_answered_with_the_known_ones_and_the_law(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    rule = 'kind = "hadiah"\nslug = "a"\nid = "A"\nen = "A"\n'
    file.write_text(f'[[version]]\nsince = "2026-01"\n[[version.rule]]\n{rule}', "utf-8")
    (fault,) = english(read_plan(file, ("id", "en"))[1])
    assert fault.startswith(f"{file}:4: [[version.rule]] 1 kind must be one of ")
    assert all(f'"{kind}"' in fault for kind in KINDS)
    assert RECRUITING in fault
