"""Every notice the bot sends unasked, and the circle of people it is for.

`own` is news of one's own sales, money and standing; `team` of who joined under a
member, and what members of one line ask and write each other; `work`
of a trainer's broadcasts; `office` of anything that only admins may see. A notice that is not
listed here cannot be sent.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.flows.bonus.bonus_messages import MonthClosed, MonthFile
from bot.flows.broadcasts.broadcast_messages import BroadcastPaused, BroadcastResult
from bot.flows.broadcasts.correction_messages import CorrectionResult, CorrectionStopped
from bot.flows.customers.contact_file_messages import ContactFileRead, ContactFileUnread
from bot.flows.imports.list_import_messages import (
    ListFaulty,
    ListImported,
    ListNotImported,
    ListRead,
)
from bot.flows.inquiries.inquiry_messages import AnswerForYou
from bot.flows.inquiries.office_news import OfficeNews
from bot.flows.members.claim import TeammateArrived
from bot.flows.members.member_cards import YouAreBack, YouAreSuspended
from bot.flows.members.profile import PhoneGone
from bot.flows.members.register_messages import PhoneYielded, TeamGrew
from bot.flows.members.relink import MovedAway, RelinkDone
from bot.flows.members.sponsor_choice import JoinedYourTeam, LeftYourTeam, YourSponsorIs
from bot.flows.mirror.mirror_office import MirrorFile
from bot.flows.months.month_closing_messages import (
    ClosingAnswered,
    ClosingCard,
    ClosingFailed,
    ClosingReminder,
    ClosingToAgree,
    MonthIsClosed,
)
from bot.flows.office.failed_work import WorkNotDone
from bot.flows.office.given_ranks import RankForYou
from bot.flows.office.roles import RoleChanged, RoleForYou
from bot.flows.office.upkeep import (
    BackupsFail,
    ClockRight,
    ClockWrong,
    IntegrityBroken,
    LongWait,
    WebhookSet,
)
from bot.flows.payouts.payout_list_messages import (
    NothingPayable,
    PayoutFileRead,
    PayoutFileRecorded,
    PayoutFileUnread,
    PayoutListFile,
)
from bot.flows.payouts.payout_messages import (
    PayoutForYou,
    PayoutReversedByAdmin,
    PayoutReversedForYou,
)
from bot.flows.privacy.erasing import DataErased
from bot.flows.privacy.leaving import MemberLeft
from bot.flows.receipts.approve_messages import SaleRejected, SalesApproved, SalesToCheck
from bot.flows.receipts.undo_messages import (
    SaleCheckedAgain,
    SaleNoLongerCounts,
    SaleToCorrect,
)
from bot.flows.receipts.undo_return_messages import BonusRestored, ReturnTakenBack
from bot.flows.returns.give_back_messages import BonusReduced, ReturnCounted, ReturnsToCheck
from bot.flows.returns.give_back_questions import ReturnRejected
from bot.flows.stock.stock_messages import GoodsDelivered
from bot.flows.talk import DeadLetter, EndedTheBot
from bot.flows.team.number_messages import NumberAsked, NumberGiven, NumberKept
from bot.flows.team.relay_messages import RelayedForYou

__all__ = ["NOTICES", "Circle"]

Circle: TypeAlias = Literal["own", "team", "work", "office"]

NOTICES: Final[Mapping[type[Message], Circle]] = {
    SalesApproved: "own",
    SaleRejected: "own",
    SaleCheckedAgain: "own",
    SaleToCorrect: "own",
    SaleNoLongerCounts: "own",
    ReturnCounted: "own",
    ReturnRejected: "own",
    BonusReduced: "own",
    ReturnTakenBack: "own",
    BonusRestored: "own",
    MonthClosed: "own",
    GoodsDelivered: "own",
    PayoutForYou: "own",
    PayoutReversedForYou: "own",
    PhoneYielded: "own",
    PhoneGone: "own",
    YouAreSuspended: "own",
    YouAreBack: "own",
    RoleForYou: "own",
    RankForYou: "own",
    DataErased: "own",
    ContactFileRead: "own",
    ContactFileUnread: "own",
    MovedAway: "own",
    YourSponsorIs: "own",
    LeftYourTeam: "own",
    JoinedYourTeam: "own",
    AnswerForYou: "own",
    TeamGrew: "team",
    TeammateArrived: "team",
    NumberAsked: "team",
    NumberGiven: "team",
    NumberKept: "team",
    RelayedForYou: "team",
    BroadcastResult: "work",
    BroadcastPaused: "office",
    CorrectionResult: "work",
    CorrectionStopped: "office",
    SalesToCheck: "office",
    ReturnsToCheck: "office",
    OfficeNews: "office",
    MemberLeft: "office",
    RoleChanged: "office",
    MonthFile: "office",
    MirrorFile: "office",
    WorkNotDone: "office",
    ClosingCard: "office",
    ClosingToAgree: "office",
    ClosingAnswered: "office",
    MonthIsClosed: "office",
    ClosingFailed: "office",
    ClosingReminder: "office",
    NothingPayable: "office",
    PayoutListFile: "office",
    PayoutReversedByAdmin: "office",
    PayoutFileRead: "office",
    PayoutFileUnread: "office",
    PayoutFileRecorded: "office",
    ListRead: "office",
    ListFaulty: "office",
    ListImported: "office",
    ListNotImported: "office",
    RelinkDone: "office",
    DeadLetter: "office",
    EndedTheBot: "office",
    BackupsFail: "office",
    IntegrityBroken: "office",
    ClockWrong: "office",
    ClockRight: "office",
    LongWait: "office",
    WebhookSet: "office",
}
