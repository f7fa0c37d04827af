"""Under any plan a bonus is explained down to the lines sold, which add up to it to the rupiah."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from sqlalchemy import Connection, Engine

from bot.company import Company, load_company
from bot.content import Content, Reader
from bot.conversation.registry import FLOWS, answer_lookup
from bot.core.calendar.two_days import TwoDays
from bot.core.plans import Caps, Plan, Version, work_out
from bot.flows.bonus.bonus_lookups import Kind
from bot.flows.bonus.bonus_messages import BonusSales, WhyThisMuch
from bot.flows.bonus.sources import FindReasons, FindSourceSales, Reasons, Share, SourceSales
from bot.flows.caller import Caller, Me
from bot.services.bonus.estimates import estimate
from bot.store.bonus import bonus_credits, closing, line_audit, ranks
from bot.store.ledger import ledger, snapshots, volumes
from bot.store.team import sizes
from bot.turn.incoming import Incoming
from bot.turn.turn import Turn
from tests.plans.at_random import a_version, chances
from tests.store.seeding import TABLES, add_members, code_of, forgotten, new_database

ROOT = Path(__file__).parents[3]
MONTH = "2026-11"
WITHIN = datetime(2026, 11, 20, 3, tzinfo=UTC)
AFTER = datetime(2026, 12, 2, 3, tzinfo=UTC)
SAMPLE = load_company(ROOT / "company.sample.toml")
CONTENT = Content(FLOWS, company=SAMPLE.name, office=SAMPLE.office_contact, bot="bot")
ALL = 10_000
MEMBERS_MAX = 9


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("why"))


@dataclass
class Scenario:
    """A company with real lines in its database, and the reasons its members get."""

    conn: Connection
    company: Company
    members: range

    @property
    def version(self) -> Version:
        version = self.company.plan.version_for(MONTH)
        assert version is not None
        return version

    def turn(self, member_id: int, at: datetime) -> Turn:
        me = Me(member_id, code_of(member_id), "Sari Dewi", "Ibu", "Asia/Jakarta")
        caller = Caller(
            user_id=member_id,
            language="id",
            me=me,
            roles=frozenset(),
            at=at,
            today=at.date(),
            began=TwoDays(at.date(), at.date()),
            period=f"{at:%Y-%m}",
            company=self.company,
        )
        incoming = Incoming(1, "text", member_id, member_id, private=True, text="", at=at)
        reader = Reader("id", "Ibu", "Sari")
        return Turn(self.conn, CONTENT, self.company, incoming, caller, reader, "bot", 1)

    def reasons(self, member_id: int, at: datetime) -> Reasons:
        found = answer_lookup(self.turn(member_id, at), FindReasons(MONTH, ALL, 0))
        assert isinstance(found, Reasons)
        return found

    def sales(
        self, member_id: int, source_id: int, at: datetime, rows: int = ALL, skip: int = 0
    ) -> SourceSales | None:
        wanted = FindSourceSales(MONTH, code_of(source_id), rows, skip)
        found: SourceSales | None = answer_lookup(self.turn(member_id, at), wanted)
        return found

    def close(self) -> None:
        """Close the month with its ranks."""
        version, conn = self.version, self.conn
        closing.begin(
            conn,
            MONTH,
            plan=version.since,
            digest=version.digest,
            ready_on=date(2026, 12, 8),
            at=AFTER,
            point_value=version.point_value,
        )
        month = snapshots.of_company(conn, MONTH, version)
        outcome = work_out(version, month)
        closing.add_credits(conn, MONTH, outcome.credits)
        closing.add_ranks(conn, MONTH, ranks.held_after(version, month, outcome))
        closing.post_bonuses(conn, MONTH, closing.payees_of(conn, MONTH), AFTER)
        assert closing.finish(conn, MONTH, closing.sums(conn, MONTH), AFTER, cut=0) is None


@contextmanager
def scenario(engine: Engine, chance: Random, version: Version) -> Iterator[Scenario]:
    with forgotten(engine) as conn:
        count = chance.randint(2, MEMBERS_MAX)
        sponsors = [chance.randint(max(at - 3, 1), at) if at else None for at in range(count)]
        add_members(conn, sponsors)
        for number in range(2):
            row = {"id": number + 1, "sku": f"A{number}", "name": f"Barang {number}"}
            price = {"member_price": 1, "retail_price": 1, "points": 1, "bonus_value": 1}
            conn.execute(TABLES["products"].insert(), row | price)
        for member_id, sponsor_id in enumerate(sponsors, 1):
            sizes.joined(conn, member_id, sponsor_id, MONTH)
            customer = {"id": member_id, "member_id": member_id, "name": "Bu Rahasia"}
            more = {"name_key": "rahasia", "created_at": WITHIN}
            conn.execute(TABLES["customers"].insert(), customer | more)
        for member_id in range(1, count + 1):
            for _ in range(chance.choice((0, 1, 1, 3))):
                _sell(conn, chance, member_id)
        yield Scenario(conn, replace(SAMPLE, plan=Plan((version,))), range(1, count + 1))


def _sell(conn: Connection, chance: Random, member_id: int) -> None:
    """Enter a sale of some lines, as it is once approved."""
    lines = [
        {
            "product_id": chance.randint(1, 2),
            "quantity": chance.randint(1, 5),
            "amount": chance.randint(1, 900_000),
            "member_price": 1,
            "points": chance.choice((0, 3, 20)),
            "bonus_value": chance.choice((0, 1, 7, 33_333, 96_000)),
        }
        for _ in range(chance.randint(1, 4))
    ]
    points = sum(line["points"] * line["quantity"] for line in lines)
    bonus = sum(line["bonus_value"] * line["quantity"] for line in lines)
    total = sum(line["amount"] for line in lines)
    sale = {"seller_id": member_id, "sold_on": f"{MONTH}-1{chance.randint(0, 9)}"}
    sale |= {"reference": f"s{chance.random()}", "period": MONTH, "status": "approved"}
    sale |= {"customer_id": chance.choice((None, member_id)), "logged_at": WITHIN}
    sale |= {"total": total, "goods": 1, "points": points, "bonus_value": bonus}
    enter = TABLES["sales"].insert().returning(TABLES["sales"].c.id)
    sale_id = conn.execute(enter, sale).scalar_one()
    conn.execute(TABLES["sale_lines"].insert(), [line | {"sale_id": sale_id} for line in lines])
    volumes.add_sale(
        conn,
        member_id,
        MONTH,
        sales=total,
        points=points,
        profit=1,
        bonus=bonus,
        to_customer=True,
        point_value=0,
        sign=1,
    )


@given(chances())
@settings(deadline=None, max_examples=60)
def test_the_lines_of_every_source_come_to_its_credits(engine: Engine, chance: Random) -> None:
    with scenario(engine, chance, a_version(chance)) as case:
        for at in (WITHIN, AFTER):
            for member in case.members:
                _assert_explained(case, member, at)
            if at == WITHIN:
                case.close()
        assert line_audit.audit(case.conn) == []
        for member in case.members:
            paid = sum(share.amount for share in case.reasons(member, AFTER).shares)
            assert paid == ledger.balance(case.conn, f"member:{member}:wallet")


def _assert_explained(case: Scenario, member: int, at: datetime) -> None:
    found = case.reasons(member, at)
    assert sum(share.amount for share in found.shares) == sum(x.amount for x in found.levels)
    assert [share.number for share in found.shares] == list(range(1, found.count + 1))
    for share in found.shares:
        _adds_up(case.version, share)
    for source in case.members:
        shares = [share for share in found.shares if share.code == code_of(source)]
        sales = case.sales(member, source, at)
        assert (sales is None) == (not shares)
        if sales is None:
            continue
        assert [replace(each, number=0) for each in sales.shares] == [
            replace(each, number=0) for each in shares
        ]
        assert sum(line.amount for line in sales.sold) == sum(each.amount for each in shares)
        assert sum(line.bonus for line in sales.sold) == shares[0].base
        assert len(sales.sold) == sales.count
        _keeps_secrets(sales, own=source == member)


def _adds_up(version: Version, share: Share) -> None:
    assert share.pool == share.base * share.rate_bp // 10_000
    if share.part is None:
        assert share.whole == share.pool
    else:
        assert share.whole == share.pool * share.part.weight // share.part.weights
        assert (share.kind, share.who, share.code, share.mine) == ("pool", "", "", False)
    assert share.amount == share.whole - share.first_less - share.less
    assert share.less >= 0
    assert share.first_less >= 0
    assert (share.cut == "") == (share.amount == share.whole) or share.kind == "generation"
    if share.kind == "differential":
        assert share.top_bp >= share.rate_bp
        assert share.top_bp <= next(r.most_bp for r in version.rules if r.slug == "differential")
    assert bool(share.leg) <= (not share.mine)


def _keeps_secrets(sales: SourceSales, *, own: bool) -> None:
    """Another member's sales are shown without the customer and the price."""
    for line in sales.sold:
        assert bool(line.receipt) == bool(line.quantity) == bool(line.paid) == own
        assert own or not line.buyer


@given(chances())
@settings(deadline=None, max_examples=40)
def test_the_estimate_is_what_the_close_credits_where_no_one_else_has_a_say(
    engine: Engine, chance: Random
) -> None:
    version = a_version(chance, guarantee=False)
    version = replace(version, caps=replace(version.caps, company_bp=None))
    if any(rule.needs == "company" for rule in version.rules):
        # A part of a pool may be what takes a member over their cap.
        version = replace(version, caps=Caps())
    with scenario(engine, chance, version) as case:
        expected = {
            member: estimate(case.conn, case.company, member, WITHIN) for member in case.members
        }
        before = {member: case.reasons(member, WITHIN) for member in case.members}
        case.close()
        for member, found in expected.items():
            assert found is not None
            levels = bonus_credits.levels_of(case.conn, member, MONTH)
            assert found.levels == tuple(each for each in levels if each.sources)
            assert {each.rule for each in levels if not each.sources} <= set(found.later)
            after = case.reasons(member, AFTER)
            own = [replace(each, number=0) for each in after.shares if each.part is None]
            assert own == [replace(each, number=0) for each in before[member].shares]
            assert after.skipped == before[member].skipped


@given(chances())
@settings(deadline=None, max_examples=20)
def test_pages_of_lines_follow_one_another(engine: Engine, chance: Random) -> None:
    with scenario(engine, chance, a_version(chance)) as case:
        for member in case.members:
            whole = case.sales(member, member, WITHIN)
            if whole is not None:
                parts = [case.sales(member, member, WITHIN, 2, at) for at in range(0, 14, 2)]
                assert [line for part in parts if part for line in part.sold] == list(whole.sold)


def test_everything_a_share_can_say_is_worded() -> None:
    share = Share(
        1, "Bonus", "generation", "Rina S.", "C1", False, "Sari D.", 1, 400, 0, 10, 4, 3, ""
    )
    kinds: tuple[Kind, ...] = (
        "unilevel",
        "differential",
        "generation",
        "guarantee",
        "personal",
        "pool",
        "",
    )
    cuts = ("", "member", "rank", "company", "caps", "guarantee")
    for language in ("id", "en"):
        reader = Reader(language, "Ibu", "Sari")
        for kind in kinds:
            for cut in cuts:
                for top_bp in (0, 400, 700):
                    one = replace(share, kind=kind, cut=cut, top_bp=top_bp)
                    text = CONTENT.screen(_card((one,)), reader).text
                    assert "Rp3" in text or not cut
                    assert "None" not in text
        for first in ("member", "rank", "guarantee"):
            two = replace(share, cut="company", first=first, first_less=1)
            assert "Rp3" in CONTENT.screen(_card((two,)), reader).text
            source = SourceSales(closed=True, shares=(two,), sold=(), count=0)
            sales = BonusSales(MONTH, source, "C1", 3, 1, 1, 3, None, None)
            assert "Rp3" in CONTENT.screen(sales, reader).text


def _card(shares: tuple[Share, ...]) -> WhyThisMuch:
    found = Reasons(
        closed=True,
        minutes=0,
        before_cap=False,
        before_guarantee=False,
        later=(),
        levels=(),
        shares=shares,
        count=len(shares),
        skips=False,
        skipped=(),
        skipped_more=0,
    )
    return WhyThisMuch(
        period=MONTH,
        reasons=found,
        running=False,
        page=1,
        pages=1,
        page_amount=1,
        amount=1,
        several=True,
        newer=None,
        older=None,
    )
