"""`give-rank`: gives a member a rank by hand, or takes it back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.faults import CommandError, WrongSetupError
from bot.cli.period import read_period
from bot.cli.setup import settings_from

if TYPE_CHECKING:
    from bot.company import Company

__all__ = ["give_rank"]

REASON_CHARACTERS_MAX = 200


@click.command(
    name="give-rank",
    help="Give the member CODE the rank RANK (its slug in the plan) from a month on, such as a "
    "rank from an earlier system. It counts like a rank reached by sales. With --take-back it is "
    "taken back; ranks reached by sales stay.\n\n"
    "Closed months do not change. The member is told, with the reason, and the decision is "
    "logged.\n\n"
    "This command also works while the bot runs. An admin can do the same in the chat, on the "
    "member's card.",
    epilog="\b\nExamples:\n"
    '  python -m bot give-rank 015RTEPR perak --from 2026-12 --reason "Rank from the old system"\n'
    '  python -m bot give-rank 015RTEPR --take-back --from 2027-03 --reason "By request"\n'
    "\b\nExit codes: 0 done, 1 refused, 2 wrong settings or arguments.",
)
@click.argument("code")
@click.argument("rank", default="")
@click.option(
    "--from",
    "period",
    required=True,
    callback=read_period,
    metavar="YYYY-MM",
    help="The first month in which it holds.",
)
@click.option("--reason", required=True, help="Why, in a sentence that the member reads.")
@click.option("--take-back", is_flag=True, help="Take back the rank that was given.")
@click.pass_obj
def give_rank(
    env_file: Path, code: str, rank: str, period: str, reason: str, *, take_back: bool
) -> None:
    """Check the arguments against the plan, and let the bot write."""
    from bot.cli.service.remote import run_task
    from bot.company import load_company
    from bot.core.input.typed import one_line
    from bot.core.members.codes import read_code

    settings = settings_from(env_file)
    company = load_company(settings.company_file)
    if take_back == bool(rank):
        raise click.UsageError("Name a rank, or use --take-back without one.")
    words = one_line(reason, REASON_CHARACTERS_MAX)
    if not words:
        raise click.UsageError("Give the reason; the member reads it.")
    if rank:
        _refuse_unknown(company, period, rank)
    wish = {"code": read_code(code) or code, "period": period, "rank": rank, "reason": words}
    done = run_task(settings, "give rank", wish)
    if "refused" in done:
        raise CommandError(f"Nothing was changed: {done['refused']}.")
    said = f"has the rank {rank} from {period} on" if rank else f"loses it from {period} on"
    click.echo(f"{done['code']} {said}. The member is told within the sending hours.")


def _refuse_unknown(company: "Company", period: str, rank: str) -> None:
    version = company.plan.version_for(period)
    known = [each.slug for each in version.ranks] if version is not None else []
    if rank not in known:
        named = ", ".join(known) or "none"
        raise WrongSetupError(f'The plan has no rank "{rank}" in {period}; its ranks: {named}.')
