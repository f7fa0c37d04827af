"""The company of a soak, its database and the settings of its bot."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.store.db.database import open_database, sqlite_file
from bot.store.db.migrations import migrate
from sandbox.server import Sandbox
from tests.stage import SAMPLE, Given, Stage

__all__ = [
    "BAD_LINE",
    "BEGIN",
    "FINE_LINE",
    "FIRST_MONTH",
    "PLAN",
    "SELLERS",
    "TREASURER",
    "members",
    "prepare_database",
    "settings_of",
]

BEGIN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
FIRST_MONTH = "2026-11"
SELLERS = ("Sari Dewi", "Tuti Rahayu", "Rudi Hartono", "Maya Lestari", "Agus Salim")
TREASURER = "Wati Anggraini"
PLAN = Path(__file__).with_name("plan.toml")
FINE_LINE: tuple[dict[str, Any], ...] = ()
BAD_LINE: tuple[dict[str, Any], ...] = (
    {"kind": "refuse", "probability": 0.005},
    {"kind": "cut_before", "probability": 0.01},
    {"kind": "cut_after", "probability": 0.02},
    {"kind": "http_500", "probability": 0.01},
    {"kind": "retry_after", "probability": 0.005, "seconds": 1},
    {"kind": "delay", "probability": 0.03, "seconds": 0.2},
    {"kind": "hold", "probability": 0.01},
    {"kind": "cut_before", "method": "getUpdates", "probability": 0.02},
    {"kind": "cut_after", "method": "getUpdates", "probability": 0.02},
    {"kind": "http_502_html", "method": "getUpdates", "probability": 0.01},
    {"kind": "cut_after", "method": "answerCallbackQuery", "probability": 0.02},
)


def members() -> list[Given]:
    """The members from the start: two admins, and sellers below one of them in three levels."""
    given = [Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",))]
    given += [Given(TREASURER, "Ibu", "Budi", roles=("admin",))]
    above = ("Budi", "Sari", "Tuti", "Budi", "Maya")
    return given + [Given(name, sponsor=up) for name, up in zip(SELLERS, above, strict=True)]


async def prepare_database(stage: Stage) -> None:
    """Open the database of the stage, and let the tip of every member be due."""
    if sqlite_file(stage.url) is not None:
        await migrate(stage.url)
    due = int((BEGIN - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
    database = open_database(stage.url)
    await database.write(stage._found)
    await database.write(
        lambda conn: conn.exec_driver_sql(f"UPDATE tip_clocks SET due_at = {due}").rowcount
    )
    await database.close()


def settings_of(
    stage: Stage, telegram: Sandbox, folder: Path, plan: Path | None = None
) -> dict[str, str]:
    fast = "[sending]\nanswers_burst = 30\nanswers_per_second = 30\n"
    words = SAMPLE.read_text("utf-8").replace("[sending]\n", fast)
    if plan is not None:
        (folder / "plan.toml").write_text(plan.read_text("utf-8"), "utf-8")
        words = words.replace('# plan_file = "plan.toml"', 'plan_file = "plan.toml"')
    company = folder / "company.toml"
    company.write_text(words, "utf-8")
    return {
        "BOT_TOKEN": telegram.token,
        "BOT_API_URL": telegram.url,
        "DATABASE_URL": stage.url,
        "CLOCK_URL": f"{telegram.url}/clock",
        "COMPANY_FILE": str(company),
        "LOG_LEVEL": "WARNING",
    }
