"""Chooses the buyer among the names in a line about a sale, and among its unknown words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.core.sales.buyers import SHOPS, shown_name
from bot.core.sales.line.words.vocabulary import CALLS, TRADES

__all__ = ["Certainty", "NamedBuyer", "Run", "best_names", "buyers_among"]

NAME_WORDS_MAX = 4
SMALL_WORDS_MAX = 2
_GREETING_WORDS_MAX = 1


class Certainty(IntEnum):
    """How sure it is that a name is the buyer's; the surest counts."""

    LOOSE = 1  # words about nothing else
    GIVEN = 2  # "ke Ani", "Ani beli"
    MEANT = 3  # "buat Bu Ani": perhaps somebody buys it for her
    TITLED = 4  # "Bu Ani"
    SAID = 5  # "pembelinya Ani"
    KNOWN = 6  # settled before the line is read


@dataclass(frozen=True, slots=True)
class NamedBuyer:
    """A name, how sure it is, and the place of the token behind it.

    `joined` says that "dan" stands before it: another one bought too. `goods` is how many goods
    were named before it, `number_at` the place of a number beside it.
    """

    name: str
    certainty: Certainty
    end: int
    joined: bool = False
    goods: int = 0
    number_at: int | None = None


def best_names(buyers: Sequence[NamedBuyer], goods: int) -> tuple[str, ...]:
    """Returns the surest of the names, each once; a longer form of a name stands for both.

    Of several the last one counts, as `tamu tadi, Bu Ani` tells who it was; but with "dan"
    between them, or where each has goods or a number of its own, all do.

    Args:
        buyers: in the order of the line.
        goods: how many goods the line names.
    """
    surest = max((buyer.certainty for buyer in buyers), default=Certainty.LOOSE)
    sure = [buyer for buyer in buyers if buyer.certainty is surest]
    if sure and not _are_several(sure, goods):
        longer = [one for one in sure if sure[-1].name in one.name]
        sure = longer or sure[-1:]
    counted = _are_counted_apart(sure) if sure else False
    names = dict.fromkeys(_without_number(one.name) if counted else one.name for one in sure)
    return tuple(
        name
        for name in names
        if not any(name != other and f" {name} " in f" {other} " for other in names)
    )


def _without_number(name: str) -> str:
    """Returns a name without the number that counts goods: `sabun: bu Sri 2, bu Tutik 1`."""
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].isdigit() else name


def _are_several(buyers: Sequence[NamedBuyer], goods: int) -> bool:
    first, last = buyers[0].goods, buyers[-1].goods
    each_has_goods = first < last and (first > 0 or last < goods)
    joined = any(buyer.joined for buyer in buyers)
    return each_has_goods or joined or _are_counted_apart(buyers)


def _are_counted_apart(buyers: Sequence[NamedBuyer]) -> bool:
    """Returns whether each has a number: `sabun 2 bu Sri, 1 bu Tutik`."""
    *others, last = buyers
    counted = all(buyer.goods or buyer.number_at is not None for buyer in others)
    elsewhere = last.number_at not in {buyer.number_at for buyer in others}
    return bool(others) and last.number_at is not None and counted and elsewhere


def _without_calls(buyers: Sequence[NamedBuyer], goods: int) -> list[NamedBuyer]:
    """Leave out the bot, called in front of a line that names a buyer: `kak catetin ya, ...`.

    `kak Rina sabun 1, bu Sri sabun 2` calls no one: goods are between the two, and behind them.
    """
    if len(buyers) > 1 and " " in buyers[0].name and 0 < buyers[1].goods < goods:
        return list(buyers)
    others = [buyer for buyer in buyers if not _is_a_call(buyer)]
    titled = any(buyer.certainty >= Certainty.TITLED for buyer in others)
    return others if titled else list(buyers)


def _is_a_call(buyer: NamedBuyer) -> bool:
    words = buyer.name.lower().split()
    return words[0] in CALLS and buyer.end - len(words) <= _GREETING_WORDS_MAX


@dataclass(frozen=True, slots=True)
class Run:
    """Words about nothing known, one behind the other: perhaps a name.

    Attributes:
        words: as they were typed.
        at: the place of the first one.
        alone: whether nothing else is between the commas around them.
        is_last: whether the line ends with them.
        between: whether no other words than those of goods are beside them.
        before_goods: whether goods, or their number, stand right behind.
        joins: whether "dan" stands between a name and these words, and nothing behind them.
    """

    words: tuple[str, ...]
    at: int
    alone: bool
    is_last: bool
    between: bool
    before_goods: bool
    joins: bool = False


def buyers_among(
    buyers: Sequence[NamedBuyer], runs: Sequence[Run], unnamed: str | None, goods: int
) -> tuple[str, ...]:
    """Returns who bought: the surest names, else words about nothing known that stand like one.

    Args:
        buyers: the names, in the order of the line.
        runs: the words about nothing known.
        unnamed: who the buyer is, if nothing is a name: `tetangga`.
        goods: how many goods the line names.
    """
    if (other := _joined_to(buyers, runs)) is not None:
        return buyers[-1].name, other
    found = _name_among(runs) or unnamed
    return best_names(_without_calls(buyers, goods), goods) or ((found,) if found else ())


def _name_among(runs: Sequence[Run]) -> str | None:
    """Returns the one run that stands like a name: in capitals, else alone or at the end."""
    named = list({_key(run): run for run in runs if _is_of_letters(run)}.values())
    capital = [run for run in named if run.at and _is_capital(run)]
    apart = [run for run in named if run.alone or run.is_last]
    between = [run for run in named if run.between]
    before = [run for run in named if run.before_goods] if len(named) == 1 else []
    for fitting in (capital, apart, between, before):
        least = NAME_WORDS_MAX if fitting is capital else SMALL_WORDS_MAX
        short = [run for run in fitting if len(run.words) <= least + _is_of_a_trade(run)]
        if len(short) == 1:
            return shown_name(" ".join(short[0].words))
    return None


def _joined_to(buyers: Sequence[NamedBuyer], runs: Sequence[Run]) -> str | None:
    """Returns the other buyer of `ke Sri dan Tutik`, not of `pak satpam sama teman2nya`.

    A shop may be called `Sinar & Jaya`.
    """
    joined = [run for run in runs if run.joins and not run.words[0].endswith("nya")]
    if not joined or not buyers or not SHOPS.isdisjoint(buyers[-1].name.lower().split()):
        return None
    return shown_name(" ".join(joined[0].words))


def _is_of_a_trade(run: Run) -> bool:
    """Returns whether a trade begins these words, so that one more is a name: `guru ngaji Ani`."""
    return run.words[0].lower() in TRADES


def _key(run: Run) -> str:
    return " ".join(run.words).lower()


def _is_capital(run: Run) -> bool:
    return run.words[0].istitle()


def _is_of_letters(run: Run) -> bool:
    return all(word.replace("-", "").replace("'", "").isalpha() for word in run.words)
