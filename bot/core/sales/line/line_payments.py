"""Reads what was paid of a line about a sale, and until when the rest is promised."""

from bot.core.sales.line.line_buyers import LineBuyers
from bot.core.sales.line.line_state import SHORT_PRICE_MIN, SHORT_TOTAL_MIN, STOPS
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.part_paid import (
    ASKED_FOR,
    AT_FIRST,
    BEFORE_THE_REST,
    COMING,
    FOLLOWS,
    GIVERS,
    GIVING,
    HANDED_OVER,
    HEARSAY,
    ITS_MONEY,
    LET_GO,
    LISTED_AT,
    MONEY_ITSELF,
    OF_A_DEBT,
    ONLY,
    OVER,
    OWED_STILL,
    OWES,
    PAID_BY,
    PROMISES,
    REST_OF,
    RESTS,
)
from bot.core.sales.line.words.vocabulary import COUNTED_OTHERS, MORE, RELATING
from bot.core.sales.line.written import PromisedDay
from bot.core.sales.payments import is_half, leaves_a_rest, says_how

__all__ = ["LinePayments"]

_NEAR_A_PROMISE = 4
_CUTS = frozenset({TokenKind.DISCOUNT, TokenKind.PERCENT, TokenKind.OFF})


class LinePayments(LineBuyers):
    """Part payments, the change given back, sums of the price list, and promised days."""

    def is_amount(self, token: Token) -> bool:
        """Returns whether a number is money: by the tokens around it, or as `bayar 55` has it."""
        return super().is_amount(token) or self._is_handed_over(token.number or 0)

    def _is_handed_over(self, number: int) -> bool:
        behind = self._last_word(-1) in HANDED_OVER
        is_money = behind and number >= SHORT_TOTAL_MIN
        return is_money and self._names_goods() and not self.is_goods(1)

    def takes_part_paid(self, text: str, number: int) -> bool:
        """Take an amount of which a rest is left: `bayar 100 kurang 15`, `tf 300 dulu`."""
        if number < SHORT_TOTAL_MIN or self.deposit is not None or not self.is_paid_before():
            return False
        the = self.word(2) == "the"
        of_all = self.word(1) in REST_OF and self.is_amount_at(2 + the)
        end = 2 + the if of_all else self._end_of_rest()
        if end is None:
            return False
        self.marker = TokenKind.TOTAL if of_all else None
        self.deposit = text
        self.at += end
        return True

    def _end_of_rest(self) -> int | None:
        """Returns how far ahead the words end that say that more is to come; None without them."""
        only = self.word(1) in ONLY
        if self.word(1 + only) in AT_FIRST:
            return 1 + only
        if self.word(1) in RELATING and self.is_amount_at(2) and self.word(3) in FOLLOWS:
            return 4  # "125, yg 100 nyusul"
        end = 1
        while self.kind(end) in STOPS or self.word(end) in BEFORE_THE_REST:
            end += 1
        if self.kind(end) is TokenKind.PAID and self.is_amount_at(end + 1):
            return end + 2 if leaves_a_rest(self.tokens[self.at + end].text) else None
        if self._last_word(end, first=True) not in RESTS:
            return None
        named = self.kind(end) is TokenKind.WORD and self.is_amount_at(end + 1)
        return end + 2 if named else end

    def takes_rest(self, text: str, number: int) -> bool:
        """Take an amount that is still to be paid: `95rb masih kurang 45`, `sisa hutang 60rb`.

        `minta kurang 10rb` asks for a lower price; beside what was paid, the rest says nothing.
        """
        short = self.word(1) in OWED_STILL - RESTS  # "he's 32 short"
        back = self._place_of_owing()
        is_owed = self.marker is None and (back > 0 or short) and self.rest is None
        counts = self.counts_something() or self.word(1) in COUNTED_OTHERS  # "tempo 30 hari"
        if not is_owed or number < SHORT_PRICE_MIN or counts:
            return False
        if not self._names_goods() and not (self.goods and self.counts[self.at + 1]):
            return False  # "kurang 15 pak min ambil kelor 1" names them later
        if self._last_word(-back - 1) in ASKED_FOR:
            self.discount = text
        elif self.deposit is None:
            self.rest = text
        self.at += 1 + short
        self._take_what_it_is_of()
        return True

    def _place_of_owing(self) -> int:
        """Returns how far back stands what says that the amount here is owed; 0 without it."""
        before = self.tokens[self.at - 1] if self.at else None
        owes = before is not None and before.kind is TokenKind.PAID and leaves_a_rest(before.text)
        back = 2 if owes else 1
        back += self._last_word(-back) in OF_A_DEBT
        if self._last_word(-back) in OWED_STILL:
            return back
        if before is None or not owes:
            return 0
        is_settled = self.total is not None or self.last.is_priced or self.deposit is not None
        return 1 if is_settled or not OWES.isdisjoint(before.text.lower().split()) else 0

    def takes_share(self, text: str) -> bool:
        """Take how much of the price was paid: the `50%` of `DP 50%`, of `dibayar 50%`."""
        verbs = HANDED_OVER if self.word(0) in AT_FIRST else HANDED_OVER - GIVING
        is_paid = self.marker is TokenKind.DEPOSIT or self._last_word(-2) in verbs
        if not text.endswith("%") or not is_paid:
            return False
        self.share, self.marker = text, None
        return True

    def _take_what_it_is_of(self) -> None:
        """Take the price behind a rest: `kurang 20 lagi dari 140`."""
        ahead = 1 if self.word(0) in MORE else 0
        if self.word(ahead) in REST_OF and self.is_amount_at(ahead + 1):
            self.at += ahead + 1
            self.marker = TokenKind.TOTAL

    def _names_goods(self) -> bool:
        return bool(self.item.query or self.items)

    def take_payment(self, token: Token) -> None:
        """Take what needs no sum, `bayar separuh dulu`, or what stands before one.

        The latter may say how it came as well: `transfer separo 550`.
        """
        half = is_half(token.text) and not self.is_amount_at(0)
        needs_none = token.kind is TokenKind.PAID or half
        if needs_none or says_how(token.text):
            self.payments.append(token.text)
        if not needs_none:
            self.marker = token.kind

    def is_paid_before(self) -> bool:
        """Returns whether a word for paying stands before an amount, perhaps with one between.

        Words for money count for nothing: `na kasih ka' uang seratus ribu`.
        """
        back = 1
        while self._last_word(-back) in MONEY_ITSELF:
            back += 1
        return any(self._last_word(-each) in PAID_BY for each in (back, back + 1))

    def takes_handed_over(self, text: str) -> bool:
        """Take an amount that was paid of a price that is settled: `340rb, sdh tf 200`."""
        settled = self.total is not None or (not self.several and self.last.is_priced)
        if not settled or self._last_word(-1) not in HANDED_OVER or self.handed_over is not None:
            return False
        self.handed_over = text
        self.marker = None
        self.at += 1
        return True

    def takes_listed(self) -> bool:
        """Take an amount that only was to be paid: `harusnya 175 ...`, `390rb tak kasih 380`."""
        instead = self.word(1) in GIVERS and self.word(2) in LET_GO and self.is_amount_at(3)
        if not instead and (self.word(-1) not in LISTED_AT or self._is_cut_later()):
            return False
        self.marker = TokenKind.TOTAL if instead else None
        self.at += 3 if instead else 1
        return True

    def _is_cut_later(self) -> bool:
        """Returns whether only what is taken off follows: `aslinya 25 satu, diskon 10%`."""
        kinds = {token.kind for token in self.tokens[self.at :]}
        return not kinds.isdisjoint(_CUTS) and TokenKind.TOTAL not in kinds

    def take_day(self, words: str) -> None:
        """Take a day: of the sale, or on which the rest will be paid, `blm, tagihnya senin`."""
        before = self.tokens[max(0, self.at - _NEAR_A_PROMISE) : self.at - 1]
        rest = self.deposit is not None or self.rest is not None
        owes = rest or any(map(leaves_a_rest, self.payments))
        promises = PROMISES | HEARSAY if owes else PROMISES
        is_certain = any(promises & set(each.text.lower().split()) for each in before)
        is_certain |= words.lower() in COMING and (self.rest is not None or self._is_of_money())
        is_over = not OVER.isdisjoint(words.lower().split())
        if (is_certain or owes) and not is_over:
            self.promised.append(PromisedDay(words, is_certain=is_certain))
        else:
            self.days.append(words)

    def _is_of_money(self) -> bool:
        """Returns whether words of money come behind a coming day: `besok katanya duitnya`."""
        for token in self.tokens[self.at : self.at + _NEAR_A_PROMISE]:
            if token.kind in STOPS:
                return False
            if token.kind is TokenKind.PAID or token.word in ITS_MONEY | PAID_BY - GIVING:
                return True
        return False

    def _last_word(self, ahead: int, *, first: bool = False) -> str:
        """Returns the last word, or the first one, of the token so many places ahead."""
        at = self.at + ahead
        words = self.tokens[at].text.lower().split() if 0 <= at < len(self.tokens) else ()
        return words[0 if first else -1] if words else ""
