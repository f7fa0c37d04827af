"""The FAQ, and the way of a question to the office."""

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.flows.answers import button_number, typed
from bot.flows.caller import Caller
from bot.flows.inquiries.faq_messages import FaqBy, FaqPage, NoFaq
from bot.flows.inquiries.inquiry_messages import (
    AskInquiry,
    DropInquiry,
    InquiryUnread,
    OfferInquiry,
    SendInquiry,
    SubmitInquiry,
)
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["SPEC", "faq"]

PAGE_DIGITS_MAX = 4
KEY = "="
SEND, DROP = "kirim=", "jangan="
"""What buttons write before the key of an entry, or the reference of a question."""


def faq(_caller: Caller, args: str) -> Flow[Outcome]:
    """Show questions with their answers (`/tanya`), or ask the company something.

    `/tanya ini mlm ya` answers at once if the FAQ has it; what it lacks can be sent to the office.
    """
    word, _, rest = args.partition(" ")
    number = button_number(rest)
    if not args or (word == "hal" and number):
        return (yield from find(FaqPage(max(1, button_number(rest, PAGE_DIGITS_MAX)))))
    if args.startswith(KEY):
        answer = yield from find(FaqBy(args.removeprefix(KEY)))
        return answer or NoFaq()
    if args.startswith(SEND):
        return SubmitInquiry(args.removeprefix(SEND))
    if args.startswith(DROP):
        return DropInquiry(args.removeprefix(DROP))
    if args.casefold() in {"kantor", "office"}:
        return SendInquiry((yield from ask(AskInquiry(), _words)))
    return OfferInquiry(args)


def _words(answer: Answer) -> str:
    """Returns what was typed."""
    words = typed(answer)
    if not any(map(str.isalnum, words)):
        raise Refusal(InquiryUnread())
    return words


SPEC = FlowSpec(
    "faq",
    faq,
    ("tanya", "ask", "faq"),
    who="anyone",
    words=("tanya", "tanya jawab", "faq", "mau tanya", "tanya dulu"),
    in_help=(HelpPlace("joining", row=6), HelpPlace("settings", row=3, column=2)),
    in_menu=(MenuPlace("newcomers", 25),),
)
