"""A plan over one's own tables: published examples, messy files, and the same result again."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.command_line import command_line
from tests.cli.imports.workbooks import xlsx
from tests.cli.office import PROJECT, SECONDS_MAX

EXAMPLE = PROJECT / "examples" / "plan-run"
TREE = "code,sponsor,joined"
SALES = "id,date,seller,points,bonus_value,amount,kind"
HEADINGS = "member,rule,amount,base,rate_bp,source,level"
UNILEVEL = """
[[version]]
since = "2026-01"
[[version.rule]]
kind = "unilevel"
slug = "tim"
id = "Bonus tim"
rates = ["10%", "5%"]
"""
TEN_PERCENT = """
[[version]]
since = "2026-01"
[[version.rule]]
kind = "differential"
slug = "selisih"
id = "Bonus selisih"
by_points = { 1 = "10%" }
"""


class Desk:
    """A folder with a plan and two tables, and nothing of a bot."""

    def __init__(self, folder: Path) -> None:
        self.plan = folder / "plan.toml"
        self.tree = folder / "tree.csv"
        self.sales = folder / "sales.csv"
        self.out = folder / "result.csv"
        self.plan.write_text(UNILEVEL, "utf-8")
        self.tree.write_text(f"{TREE}\nA,,2026-01-01\nB,A,2026-01-02\nC,B,2026-01-03\n", "utf-8")
        self.sell("S-1,2026-10-05,C,10,100000,150000,retail")

    def sell(self, *rows: str, headings: str = SALES) -> None:
        self.sales.write_text("\n".join([headings, *rows, ""]), "utf-8")

    def bring_in(self, *rows: str, headings: str = TREE) -> None:
        self.tree.write_text("\n".join([headings, *rows, ""]), "utf-8")

    def run(self, period: str = "2026-10", out: str | None = None) -> Result:
        words = ["run", self.plan, "--tree", self.tree, "--sales", self.sales]
        words += ["--period", period, "--out", out or self.out]
        return CliRunner().invoke(command_line, ["plan", *map(str, words)])

    def paid(self, period: str = "2026-10") -> list[tuple[str, str, int]]:
        """Member, rule and sum, for each member and rule."""
        done = self.run(period)
        assert done.exit_code == 0, done.stderr
        headings, *lines = self.out.read_text("utf-8").splitlines()
        assert headings == HEADINGS
        sums: Counter[tuple[str, str]] = Counter()
        for line in lines:
            member, rule, amount, *_ = line.split(",")
            sums[member, rule] += int(amount)
        return [(member, rule, amount) for (member, rule), amount in sums.items()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def refused(desk: Desk) -> list[str]:
    """What is said about the lines of the tables, without their folder."""
    done = desk.run()
    assert done.exit_code == 2, done.output
    assert not desk.out.exists()
    first, *lines = done.stderr.splitlines()[2:]
    assert "Fix these lines first" in first
    return [line.replace(f"{desk.tree.parent}/", "") for line in lines]


def test_a_group_of_the_india_brochure_earns_what_the_brochure_says(desk: Desk) -> None:
    """X has 1.000 points of her own and four groups: 55.800, and 12.000 from her own customers."""
    desk.plan = PROJECT / "examples" / "plans" / "amway-india.toml"
    desk.bring_in("X,,2026-01-01", *(f"{each},X,2026-01-01" for each in "DCBA"))
    points = {"A": 2_000, "B": 2_000, "C": 1_000, "D": 4_000, "X": 1_000}
    desk.sell(
        *(
            f"{number},2026-10-09,{code},{each},{each * 60},{each * 72},retail"
            for number, (code, each) in enumerate(points.items())
        )
    )
    paid = {(member, rule): amount for member, rule, amount in desk.paid()}
    assert {code: paid[code, "kinerja"] for code in points} == {
        "A": 14_400,
        "B": 14_400,
        "C": 5_400,
        "D": 36_000,
        "X": 55_800,
    }
    assert paid["X", "eceran"] == 12_000
    done = desk.run()
    assert "bonuses         Rp126.000 to 5 members" in done.stdout
    assert "Kept by sellers themselves, not paid by the company: Rp120.000" in done.stdout


def test_five_sellers_of_the_same_size_earn_what_the_brochure_says(desk: Desk) -> None:
    desk.plan = PROJECT / "examples" / "plans" / "amway-india.toml"
    desk.bring_in("ME,,2026-01-01", *(f"D{each},ME,2026-01-01" for each in range(4)))
    sellers = ["ME", "D0", "D1", "D2", "D3"]
    desk.sell(*(f"{each},2026-10-09,{each},300,18000,21600,retail" for each in sellers))
    paid = desk.paid()
    assert ("ME", "kinerja", 3_780) in paid
    assert ("ME", "eceran", 3_600) in paid


def test_what_is_sold_at_joining_pays_nobody(desk: Desk) -> None:
    """Counted, the 4.000 of the newcomers would have made 500 for their sponsor; it makes 100."""
    desk.plan.write_text(TEN_PERCENT, "utf-8")
    desk.bring_in(
        "ME,,2026-01-01", "A,ME,2026-01-01", "B,ME,2026-01-01", "N1,ME,2026-10-07",
        "N2,A,2026-10-07",
    )  # fmt: skip
    desk.sell(
        "1,2026-10-01,ME,1000,1000,1000,own",
        "2,2026-10-01,A,2000,2000,2000,own",
        "3,2026-10-01,B,1000,1000,1000,own",
        "4,2026-10-07,N1,2000,2000,2000,signup",
        "5,2026-10-07,N2,2000,2000,2000,signup",
    )
    assert desk.paid() == [("A", "selisih", 200), ("B", "selisih", 100), ("ME", "selisih", 100)]
    output = desk.run().stdout
    assert "from recruiting 0,00 %" in output
    assert "signup sales left out: 2 (Rp4.000); nothing is paid for joining" in output


def test_a_month_in_which_only_people_joined_pays_nothing(desk: Desk) -> None:
    desk.sell("1,2026-10-07,C,5000,9000000,9000000,signup")
    assert desk.paid() == []
    desk.sell()
    assert desk.paid() == []


def test_a_case_from_indonesia_pays_102_points_in_all(desk: Desk) -> None:
    """Who sold less than 100 has no rate this month, and the sale passes up."""
    desk.plan = PROJECT / "examples" / "plans" / "k-link.toml"
    desk.bring_in(
        "A,,2026-01-01,p12", "A11,A,2026-01-01,p6", "A12,A,2026-01-01,p9",
        "A13,A,2026-01-01,p6", "A131,A13,2026-01-01,p6",
        headings=f"{TREE},rank",
    )  # fmt: skip
    points = {"A": 200, "A11": 100, "A12": 400, "A13": 100, "A131": 50}
    desk.sell(
        *(
            f"{code},2026-10-09,{code},{each},{each},{each * 3_000},retail"
            for code, each in points.items()
        )
    )
    assert [(member, amount) for member, _, amount in desk.paid()] == [
        ("A", 132_600),
        ("A11", 15_600),
        ("A12", 93_600),
        ("A13", 23_400),
    ]
    output = desk.run().stdout
    assert "850 points of Rp2.600: Rp2.210.000" in output
    assert "Rp265.200 to 4 members" in output


def test_the_example_of_the_docs_comes_out_as_it_is_printed(tmp_path: Path) -> None:
    """Also without settings or a database."""
    out = tmp_path / "result.csv"
    words = ["plan", "run", PROJECT / "examples" / "plans" / "differential.toml"]
    words += ["--tree", EXAMPLE / "tree.csv", "--sales", EXAMPLE / "sales.csv"]
    words += ["--period", "2026-10", "--out", out]
    done = subprocess.run(
        [sys.executable, "-m", "bot", *map(str, words)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == (EXAMPLE / "result.csv").read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["result.csv"]
    page = (PROJECT / "docs" / "plan-run.md").read_text("utf-8")
    for file in ("tree.csv", "sales.csv", "result.csv"):
        assert (EXAMPLE / file).read_text("utf-8") in page
    printed = done.stdout.replace(f"{PROJECT}/", "").replace(str(out), "result.csv")
    assert printed in page


def test_the_result_can_go_to_the_standard_output_alone(desk: Desk) -> None:
    done = desk.run(out="-")
    assert done.exit_code == 0
    assert done.stdout == f"{HEADINGS}\nA,tim,5000,100000,500,C,2\nB,tim,10000,100000,1000,C,1\n"
    assert "bonuses         Rp15.000 to 2 members" in done.stderr
    assert not desk.out.exists()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_tables_as_an_indonesian_spreadsheet_writes_them_are_read_alike(
    desk: Desk, encoding: str, ends: str
) -> None:
    tree = [
        "Kode;Sponsor;Bergabung;Status",
        "a;;1 Jan 2026;aktif",
        "b;A;13/01/2026;AKTIF",
        "C;b;02/01/2026;",
    ]
    sales = [
        "Nota;Tanggal;Penjual;Poin;Nilai Bonus;Jumlah;Jenis;Pelanggan",
        "S-1;25/10/2026;c;10;120.000;Rp 180.000;Eceran;C-1",
        "",
        "S-2;26/10/2026;C;-2;(20.000);-Rp30.000,00;Eceran;C-1",
    ]
    desk.tree.write_bytes(ends.join(tree).encode(encoding))
    desk.sales.write_bytes(ends.join(sales).encode(encoding))
    assert desk.paid() == [("a", "tim", 5_000), ("b", "tim", 10_000)]
    assert "Rp150.000 in 2 sales" in desk.run().stdout


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(8)), st.permutations(range(12)))
def test_the_order_of_the_lines_changes_no_byte_of_the_result(
    tmp_path_factory: pytest.TempPathFactory, people: Sequence[int], sales: Sequence[int]
) -> None:
    def written(people: Sequence[int], sales: Sequence[int]) -> bytes:
        desk = Desk(tmp_path_factory.mktemp("desk"))
        desk.bring_in(
            *(f"M{each},{'' if each == 0 else f'M{each // 2}'},2026-01-01" for each in people)
        )
        desk.sell(
            *(
                f"S{each},2026-10-05,M{each * 5 % 8},{each},{each * 7_777},{each * 9_000},retail"
                for each in sales
            )
        )
        assert desk.run().exit_code == 0
        return desk.out.read_bytes()

    assert written(people, sales) == written(range(8), range(12))


def test_every_fault_of_the_tree_is_reported_with_its_line(desk: Desk) -> None:
    desk.bring_in(
        "A,,2026-01-01,active,0",
        "B,Z,2026-01-01,,-5",
        "B,A,2026-13-01,maybe,many",
        "C,D,2026-01-01,,",
        "D,C,2026-01-01,,",
        "E,e,2026-01-01,,",
        "F,G,2026-01-01,,",
        "G,A,2026-11-01,,",
        "H,A,2026-01-01",
        "1E+05,A,2026-01-01,,",
        headings=f"{TREE},status,accumulated",
    )
    desk.sell()
    assert refused(desk) == [
        "tree.csv:3: accumulated “-5” is below zero",
        "tree.csv:4: joined “2026-13-01” is not a valid date",
        "tree.csv:4: status “maybe” is none of active, inactive",
        (
            "tree.csv:4: accumulated “many” is not a whole number of at most 12 digits, such as "
            "60000 or 60.000"
        ),
        "tree.csv:4: code B is already in line 3",
        (
            "tree.csv:5: the sponsors form a circle: C (line 5) → D (line 6) → C; correct one of "
            "them"
        ),
        "tree.csv:7: sponsor E is this member's own code",
        (
            "tree.csv:8: sponsor G joined on 2026-11-01 (line 9), after the calculated month, "
            "but F is a member in it already"
        ),
        "tree.csv:10: has 3 cells, the headings are 5",
        "tree.csv:11: code “1E+05” was shortened by the spreadsheet; format the column as text",
    ]


def test_an_unknown_sponsor_is_reported_with_the_likely_one(desk: Desk) -> None:
    desk.bring_in("007,,2026-01-01", "B,7,2026-01-01", "C,X,2026-01-01")
    desk.sell()
    assert refused(desk) == [
        "tree.csv:3: sponsor 7 is not in the file; is 007 meant? Spreadsheets drop leading zeros",
        "tree.csv:4: sponsor X is not in the file",
    ]


def test_every_fault_of_the_sales_is_reported_with_its_line(desk: Desk) -> None:
    desk.sell(
        "1,2026-10-05,A,10,100,1000,retail",
        "1,2026-10-05,A,-10,100,1000,retail",
        "3,2026-10-05,Q,x,1.5,1E+06,gift",
        "4,2025-12-05,A,1,1,1,own",
        "5,04/05/2026,A,1,1,,retail",
        ",2026-10-05,A,1,1,1,retail",
    )
    assert refused(desk) == [
        "sales.csv:3: id 1 is already in line 2",
        (
            "sales.csv:3: is neither a sale nor a return: some of its figures are negative, "
            "others positive"
        ),
        (
            "sales.csv:4: points “x” is not a whole number of at most 12 digits, such as 60000 or "
            "60.000"
        ),
        (
            "sales.csv:4: bonus_value “1.5” is not a whole number of at most 12 digits, such as "
            "60000 or 60.000"
        ),
        "sales.csv:4: amount “1E+06” was shortened by the spreadsheet; widen the column",
        "sales.csv:4: kind “gift” is none of retail, own, signup",
        "sales.csv:4: seller Q is not in the tree",
        "sales.csv:5: date 2025-12-05 is before A joined, on 2026-01-01",
        (
            "sales.csv:6: date “04/05/2026” could be 2026-05-04 or 2026-04-05, and no other line "
            "shows which comes first; write it as 2024-03-01"
        ),
        "sales.csv:6: amount is empty; write 0 for none",
        "sales.csv:7: id is empty",
    ]


def test_an_unknown_rank_is_reported_with_those_of_the_plan(desk: Desk) -> None:
    desk.plan = PROJECT / "examples" / "plans" / "k-link.toml"
    desk.bring_in("A,,2026-01-01,P12", "B,A,2026-01-01,gold", headings=f"{TREE},rank")
    desk.sell()
    assert refused(desk) == [
        "tree.csv:3: rank “gold” is no rank of the plan (manager, p12, p15, p3, p6, p9)"
    ]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ("code,sponsor\nA,\n", "the column joined (bergabung) is missing"),
        (f"{TREE},phone\nA,,2026-01-01,08\n", "the heading “phone” is not known"),
        (f"{TREE}\n", "has no members"),
        (f'{TREE}\n"A,,2026-01-01\n', "cannot be read as CSV"),
    ],
)
def test_what_is_no_such_table_is_refused_as_wrong_input(
    desk: Desk, tree: str, expected: str
) -> None:
    desk.tree.write_text(tree, "utf-8")
    done = desk.run()
    assert done.exit_code == 2
    assert expected in done.stderr


def test_sales_of_other_months_and_members_of_later_ones_are_left_out_and_counted(
    desk: Desk,
) -> None:
    desk.bring_in("A,,2026-01-01", "B,A,2026-01-01", "C,B,2026-11-20", "D,C,2026-11-21")
    desk.sell(
        "1,2026-09-30,B,10,100000,150000,retail",
        "2,2026-10-01,B,10,100000,150000,retail",
        "3,2026-10-31,B,10,100000,150000,retail",
        "4,2026-11-21,D,10,100000,150000,retail",
    )
    assert desk.paid() == [("A", "tim", 20_000)]
    output = desk.run().stdout
    assert "sales of other months left out: 2" in output
    assert "members who joined after the month left out: 2" in output


def test_a_return_is_subtracted_from_the_sales_of_its_seller(desk: Desk) -> None:
    desk.sell(
        "1,2026-10-05,C,10,100000,150000,retail",
        "2,2026-10-06,C,-4,-40000,-60000,retail",
    )
    assert desk.paid() == [("A", "tim", 3_000), ("B", "tim", 6_000)]
    assert "returns among the sales: 1" in desk.run().stdout


def test_a_member_with_more_returns_than_sales_counts_as_zero(desk: Desk) -> None:
    desk.sell(
        "1,2026-10-05,C,10,100000,150000,retail",
        "2,2026-10-06,C,-40,-400000,-600000,retail",
        "3,2026-10-06,B,10,100000,150000,retail",
    )
    assert desk.paid() == [("A", "tim", 10_000)]
    output = desk.run().stdout
    assert "returned more than they sold, and count as 0: C" in output
    assert "Rp150.000 in 3 sales" in output


def customers(desk: Desk, *rows: str, named: bool) -> bool:
    """Whether B is paid by a plan that asks for two different customers."""
    desk.plan.write_text(UNILEVEL + "customers_min = 2\n", "utf-8")
    sold = [f"{number},2026-10-05,C,0,100000,150000,retail" for number in ("C1", "C2")]
    mine = [f"B{number},2026-10-05,B,{row}" for number, row in enumerate(rows)]
    if named:
        sold = [f"{row}," for row in sold]
    desk.sell(*sold, *mine, headings=f"{SALES},customer" if named else SALES)
    return any(member == "B" for member, *_ in desk.paid())


def test_customers_are_distinguished_by_their_numbers(desk: Desk) -> None:
    assert customers(desk, "1,1,1,retail,K1", "1,1,1,retail,K2", named=True)
    assert not customers(desk, "1,1,1,retail,K1", "1,1,1,retail,k1", named=True)
    assert not customers(desk, "1,1,1,retail,K1", "1,1,1,own,K2", named=True)
    assert customers(desk, "1,1,1,retail,K1", "1,1,1,retail,", named=True)
    back = ("1,1,1,retail,K1", "1,1,1,retail,K2", "-1,-1,-1,retail,K2")
    assert not customers(desk, *back, named=True)


def test_without_their_numbers_each_retail_sale_is_a_customer_and_the_command_says_so(
    desk: Desk,
) -> None:
    assert customers(desk, "1,1,1,retail", "1,1,1,retail", named=False)
    assert not customers(desk, "1,1,1,retail", "1,1,1,own", named=False)
    assert not customers(desk, "1,1,2,retail", "1,1,2,retail", "-1,-1,-1,retail", named=False)
    assert "each retail sale counts as one customer" in desk.run().stdout


def test_a_member_who_is_not_active_is_skipped(desk: Desk) -> None:
    desk.bring_in(
        "A,,2026-01-01,", "B,A,2026-01-01,nonaktif", "C,B,2026-01-01,aktif",
        headings=f"{TREE},status",
    )  # fmt: skip
    assert desk.paid() == [("A", "tim", 10_000)]


def test_ranks_and_points_of_before_are_taken_from_the_tree(desk: Desk) -> None:
    desk.plan.write_text(
        """
[[version]]
since = "2026-01"
ranks_kept = true
[[version.rank]]
slug = "low"
id = "Rendah"
accumulated_points = 1000
[[version.rank]]
slug = "high"
id = "Tinggi"
[[version.rule]]
kind = "differential"
slug = "selisih"
id = "Bonus selisih"
by_rank = { low = "5%", high = "20%" }
""",
        "utf-8",
    )
    desk.bring_in(
        "A,,2026-01-01,HIGH,0", "B,A,2026-01-01,,990", "C,B,2026-01-01,,0",
        headings=f"{TREE},rank,accumulated",
    )  # fmt: skip
    assert desk.paid() == [("A", "selisih", 15_000), ("B", "selisih", 5_000)]
    output = desk.run().stdout
    assert [line.split()[:2] for line in output.partition("By rank\n")[2].splitlines()[1:4]] == [
        ["high", "1"],
        ["low", "1"],
        ["no", "rank"],
    ]


def test_the_result_does_not_overwrite_a_file_it_was_read_from(desk: Desk) -> None:
    before = desk.tree.read_bytes()
    done = desk.run(out=str(desk.tree))
    assert done.exit_code == 2
    assert "name another for the result" in done.stderr
    assert desk.tree.read_bytes() == before
    assert desk.run(out=str(desk.tree.parent / "none" / "x.csv")).exit_code == 2


def test_a_plan_that_cannot_be_used_is_refused_before_anything_is_read(desk: Desk) -> None:
    assert "has no rule for 2025-10" in desk.run("2025-10").stderr
    assert desk.run("2025-10").exit_code == 2
    assert desk.run("oktober").exit_code == 2
    desk.plan.write_text(UNILEVEL.replace('"10%"', '"110%"'), "utf-8")
    done = desk.run()
    assert done.exit_code == 2
    assert "plan.toml:8" in done.stderr
    desk.plan.unlink()
    assert desk.run().exit_code == 2


def test_tables_are_read_from_workbooks_and_with_decimals_that_are_zero(desk: Desk) -> None:
    expected = desk.paid()
    people = [["A", "", date(2026, 1, 1)], ["B", "A", date(2026, 1, 2)]]
    people.append(["C", "B", date(2026, 1, 3)])
    desk.tree.write_bytes(xlsx([["POHON"], TREE.split(","), *people]))
    desk.sell("sep=,", SALES, "S-1,2026-10-05,C,10.0,100000.0,150000.00,retail,", headings="")
    desk.sales.write_text(desk.sales.read_text("utf-8").lstrip("\n"), "utf-16")
    assert desk.paid() == expected
