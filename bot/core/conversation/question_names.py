"""The former names of questions in stored conversations, from before they had names of their own.

A question was stored under the name of its class, and its fingerprint was a hash of its Python
repr. The table is closed: a new question has only its `asked_as`, and renaming a class does not
change the table.
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["BY_REPR", "class_name_before", "fingerprint_now", "name_now"]

BY_REPR: Final = ":repr:"
"""Separates name and hash in a fingerprint of the former kind."""

FORMER: Final[Mapping[str, str]] = {
    "AskApprove": "approval.one@1",
    "AskApproveAll": "approval.all@1",
    "AskAudience": "broadcast.audience@1",
    "AskBirthYear": "person.birth_year@1",
    "AskBody": "broadcast.body@1",
    "AskBonusValue": "price.bonus_value@1",
    "AskClaimPart": "claim.part@1",
    "AskCode": "sponsor.code@1",
    "AskCustomer": "sale.buyer@1",
    "AskDay": "sale.day@1",
    "AskDespiteClaims": "broadcast.despite_claims@1",
    "AskEdit": "sale.edit@1",
    "AskFile": "broadcast.file@1",
    "AskFromDay": "price.from_day@1",
    "AskLeadName": "lead.name@1",
    "AskLeadPhone": "lead.phone@1",
    "AskLine": "sale.line@1",
    "AskMember": "member.search@1",
    "AskMemberPrice": "price.member@1",
    "AskName": "person.name@1",
    "AskOwnContact": "relink.own_contact@1",
    "AskOwnNumber": "claim.own_number@1",
    "AskPart": "joining.part@1",
    "AskPhone": "person.phone@1",
    "AskPoints": "price.points@1",
    "AskPrice": "sale.price@1",
    "AskPriceMeaning": "sale.price_meaning@1",
    "AskProduct": "sale.product@1",
    "AskProof": "sale.proof@1",
    "AskProvince": "person.province@1",
    "AskQuantity": "sale.quantity@1",
    "AskReason": "approval.reason@1",
    "AskRecord": "sale.record@1",
    "AskRelink": "relink.make_code@1",
    "AskRelinkCode": "relink.code@1",
    "AskRetailPrice": "price.retail@1",
    "AskRole": "role.change@1",
    "AskSecond": "sale.second@1",
    "AskSuspend": "member.suspend@1",
    "AskTipHour": "tip.hour@1",
    "AskTitle": "joining.title@1",
    "AskVoid": "sale.void@1",
    "AskWhen": "broadcast.when@1",
    "AskWhichProduct": "product.search@1",
    "AskWho": "team.search@1",
    "AskWhose": "role.whose@1",
    "AskWithdraw": "price.withdraw@1",
    "CheckDetails": "joining.check@1",
    "ChooseMember": "member.which@1",
    "ChooseProvince": "person.which_province@1",
    "ConfirmBroadcast": "broadcast.confirm@1",
    "ConfirmName": "profile.confirm_name@1",
    "ConfirmOffice": "sponsor.confirm_office@1",
    "ConfirmPlace": "claim.place@1",
    "ConfirmPrice": "price.confirm@1",
    "ConfirmRole": "role.confirm@1",
    "ConfirmSponsor": "sponsor.confirm@1",
    "PickProduct": "sale.which_product@1",
    "ReadCard": "joining.card@1",
    "TypeCount": "broadcast.count@1",
}

FORMER_IN_FLOW: Final[Mapping[tuple[str, str], str]] = {
    ("profile", "AskTitle"): "profile.title@1",
}
"""Two classes had the same name; the flow distinguishes them."""

CLASSES: Final[Mapping[str, str]] = {
    **{now: before for before, now in FORMER.items()},
    **{now: before for (_, before), now in FORMER_IN_FLOW.items()},
}


def name_now(flow: str, stored: str) -> str:
    """Returns the name of a question that a conversation of this flow has stored."""
    return FORMER_IN_FLOW.get((flow, stored)) or FORMER.get(stored, stored)


def fingerprint_now(flow: str, stored: str) -> str:
    """Returns a stored fingerprint with the question's present name; a former hash is marked."""
    before, _, digest = stored.partition(":")
    name = name_now(flow, before)
    return stored if name == before else f"{name}{BY_REPR}{digest}"


def class_name_before(asked_as: str) -> str | None:
    """Returns the class name that this question had; None for a newer question."""
    return CLASSES.get(asked_as)
