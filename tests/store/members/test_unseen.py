"""No statement finds a member of a list that is still being taken over.

Such a member has no account, has sold nothing, and is sponsored by nobody who can be seen. So what
begins with an account, with a member found before, or with what members did, cannot find one. All
that does so is named here; every other statement that reads members leaves the unseen out, and a
new one has to.
"""

import re

from tests.store.db.test_statements import STATEMENTS

READS = re.compile(r"\b(?:FROM|JOIN|UPDATE)\s+(?:members|member_words|teams|volumes)\b")
LEFT_OUT = re.compile(r"import_id IN \(SELECT id FROM imports WHERE state = 'done'\)")

BEGINS_WITH = {
    "an account": """
        audience.IN_DOUBT audience.PAGE audience.REPEATABLE audience.SIZES
        broadcast_letters.READ broadcast_letters.RELEASE broadcast_letters.WAITING doubts.ONE
        doubts.PAGE members.ADMINS members.BY_USER members.REACHABLE menus.PERSON menus.SOME
        people.MEET people.MEET_POSTGRESQL proof.CLOCKLESS roles.BY_ACCOUNT roles.HOLDERS
        roles.OTHER_ADMINS roles.REACHABLE roles.STANDING_NOW sessions.LEFT_OPEN tips.DUE
        tips.READER waits.LATE
    """,
    "a member who was found before": """
        bonus_sales.LEGS bonuses.TEAM_SIZE cards.SET_ACTIVE legs.DIRECT legs.IN_TEAM legs.LATEST
        legs.SEAT members.BY_ID members.GIVE_UP_PHONE name_words.FORGET own_month.OWN
        periods.TEAM_SNAPSHOT places.TAKE profiles.MOVE_TO profiles.RENAME profiles.RETITLE
        profiles.SET_PHONE profiles.SHOW_PHONE relinks.MOVE relinks.STANDING statements.MONTH
        team_lists.LAST_SOLD team_lists.NEWCOMERS team_lists.NEWCOMERS_TYPED team_lists.SILENT
        team_progress.MONTHS team_search.HITS_BELOW team_search.WORDS_OF team_walk.DOWN
        team_walk.PEOPLE team_walk.PEOPLE_TYPED team_walk.SIZE team_walk.UP teams.ADD_TO_MONTH
        teams.ADD_TO_TEAMS tips.MONTH volumes.ADD_TO_GROUPS
    """,
    "what members did": """
        announcements.CONCERNED bonus_sales.STANDING bonuses.CREDITS_OF credit_sales.OF_MONTH
        ledger.GROUNDLESS
        ledger.GROUNDLESS_SOURCES ledger.WITHOUT_SALES periods.FIRST_UNCLOSED periods.PASSED
        periods.SALES_OF periods.SOLD sales.BY_ID sales.BY_REFERENCE sales.LATEST_OF
        sales.WAITING sales.WAITING_FOR
    """,
    "the list itself": """
        arrival.CHANGE arrival.FORGET_WORD arrival.FREE_PHONE arrival.GIVE_PHONE arrival.HOLDERS
        arrival.LINK arrival.STAGED arrival.STANDING arrival.STANDING_POSTGRESQL
        growth.ADD_MONTHS growth.ADD_TEAMS
        growth.MOVED leftovers.EMPTY leftovers.FORGET_MONTHS leftovers.FORGET_TEAMS
        leftovers.FORGET_WORDS leftovers.LEFT_OVER leftovers.WAITS roster.ENTER
        roster.FREE_PHONE roster.MEND roster.NUMBERED staging.ENTER staging.ENTER_OVER
        staging.HIDDEN staging.LOSE_BY_PHONE staging.SPARES staging.TAKEN staging.THERE
        staging.YIELD teams.SPONSORS
    """,
    "everybody, and the unseen are left out by its caller or tell nothing": """
        audience.HIGHEST looking.FIRST_MEMBER members.CODE_TAKEN recount.MEMBERS recount.TEAMS
        recount.VOLUMES
    """,
}


def test_a_statement_leaves_the_unseen_out_or_cannot_find_them() -> None:
    excused = [name for names in BEGINS_WITH.values() for name in names.split()]
    open_ = {
        name
        for name, statement in STATEMENTS.items()
        if READS.search(str(statement)) and not LEFT_OUT.search(str(statement))
    }
    assert sorted(open_) == sorted(excused)
