"""No statement finds a member of a list that is still being imported.

Such a member has no account, has sold nothing, and has no visible sponsor. So a statement that
starts from an account, from a member found before, or from what members did, cannot find one.
All such statements are named here; every other one that reads members leaves the unseen out, and
a new one has to.
"""

import re

from tests.store.db.test_statements import STATEMENTS

READS = re.compile(r"\b(?:FROM|JOIN|UPDATE)\s+(?:members|member_words|teams|volumes)\b")
LEFT_OUT = re.compile(r"import_id IN \(SELECT id FROM imports WHERE state = 'done'\)")

BEGINS_WITH = {
    "an account": """
        audience.PAGE audience.REPEATABLE audience.REPEAT_RECIPIENTS audience.SIZES
        command_menus.PERSON command_menus.REACHABLE_AFTER integrity.UNSCHEDULED members.ADMINS
        members.BY_USER members.REACHABLE people.MEET people.MEET_POSTGRESQL
        recipients.READ recipients.RELEASE
        outdated.DELETE_STRANGERS_SESSIONS redoing.STRANGERS
        recipients.WAITING roles.BY_ACCOUNT roles.HOLDERS roles.OTHER_ADMINS roles.REACHABLE
        roles.RIGHTS sessions.LEFT_OPEN tips.DUE tips.READER
        today_clocks.DUE_LISTS today_clocks.LIST_READER today_clocks.UNENROLLED
        uncertain.ONE uncertain.PAGE waits.LATE
    """,
    "a member who was found before": """
        forgotten.ENTRIES_OF payout_lists.LINES payout_lists.LISTED payouts.FIND payouts.OF_MEMBER
        bonus_credits.TEAM_SIZE cards.SET_ACTIVE credit_sales.LEGS legs.DIRECT legs.IN_TEAM
        legs.LATEST legs.FIGURES lists.LAST_SOLD lists.NEWCOMERS lists.NEWCOMERS_TYPED
        lists.SILENT members.BY_ID members.GIVE_UP_PHONE name_words.FORGET own_month.OWN
        snapshots.TEAM_SNAPSHOT profiles.MOVE_TO profiles.RENAME profiles.RETITLE
        profiles.SET_PHONE profiles.SHOW_PHONE progress.MONTHS relinks.MOVE relinks.OWNER_OF
        legs.SELLERS search.HITS_BELOW search.WORDS_OF sizes.ADD_TO_MONTH sizes.ADD_TO_TEAMS
        departures.ERASED departures.FORMER departures.LEAVE departures.TO_ERASE
        erasing.BLANK_MEMBER open_matters.OPEN_WITH redoing.DEACTIVATE redoing.INTERNAL_NAME
        own_copy.MY_MONTHS own_copy.MY_PROFILE own_copy.MY_TEAM
        customer_figures.TEAM_JOINED
        statements.MONTH tips.MONTH unclaimed.CLAIM volumes.ADD_TO_GROUPS walk.DOWN walk.PEOPLE
        walk.PEOPLE_TYPED walk.SIZE walk.UP clawbacks.SOURCE_CREDITS sale_traces.CREDITS_FROM
        returned_volumes.COUNT_LATE_GROUPS returned_volumes.TAKE_FROM_GROUPS
        returned_volumes.TAKE_OWN sizes.LEAVE_MONTH sizes.LEAVE_TEAMS sponsor_choices.PLACE
    """,
    "what members did": """
        credit_sales.OF_MONTH credit_sales.RATE_GROUNDS credit_sales.WITHOUT_SALES
        ledger_audit.GROUNDLESS ledger_audit.GROUNDLESS_SOURCES month_announcements.CONCERNED
        customer_figures.OF_ALL
        pools.SHARES pools.SOLD pools.SOLD_TOTALS
        periods.FIRST_UNCLOSED snapshots.PASSED periods.SALES_OF snapshots.SOLD sales.BY_ID
        volumes.MOST_POINTS month_checks.OVERPAID month_checks.SOLD_SUMS owing.OWING_OLDEST
        waiting_returns.RETURNS_WAITING_FOR
        sales.BY_REFERENCE sales.LATEST_OF sales.WAITING sales.WAITING_FOR sales.WAITING_OF
        photo_digests.SAME_BYTES photo_digests.SAME_UPLOAD shared_buyers.SOLD_TO
        waiting_queue.PAGE waiting_queue.SELLERS
    """,
    "the list itself": """
        openings.KEEP given_ranks.BRING_IN
        arrival.CHANGE arrival.FORGET_WORD arrival.FREE_PHONE arrival.GIVE_PHONE
        arrival.HOLDERS arrival.LINK arrival.STAGED arrival.STANDING
        arrival.STANDING_POSTGRESQL counter_growth.ADD_MONTHS counter_growth.ADD_TEAMS
        counter_growth.MOVED leftovers.EMPTY leftovers.FORGET_MONTHS leftovers.FORGET_TEAMS
        leftovers.FORGET_WORDS leftovers.LEFT_OVER leftovers.ANY_LEFT staging.ENTER
        staging.ENTER_OVER staging.HIDDEN staging.LOSE_BY_PHONE staging.SPARES staging.TAKEN
        staging.THERE staging.YIELD
    """,
    "all members, and the unseen are left out by the caller or reveal nothing": """
        audience.HIGHEST forgotten.ENTRIES_OF_ALL members.CODE_TAKEN read_only.FIRST_MEMBER
        recount.MEMBERS recount.TEAMS recount.VOLUMES month_checks.MEMBER_SUMS shut_months.HIDDEN
        shut_months.UPTO
    """,
}


def test_a_statement_excludes_unseen_members_or_cannot_find_them() -> None:
    excused = [name for names in BEGINS_WITH.values() for name in names.split()]
    open_ = {
        name
        for name, statement in STATEMENTS.items()
        if READS.search(str(statement)) and not LEFT_OUT.search(str(statement))
    }
    assert sorted(open_) == sorted(excused)
