"""Reads and writes `.chat` files: conversations that anyone can follow.

# The first line is a sentence about what happens.
-- member: Budi Wijaya, Bapak, PUSAT --         name, title, sponsor (PUSAT: under the company)
-- member: Sari Dewi, Ibu, Budi, province=bali, language=en, role=admin --
-- company: approve_sales = false --            a rule unlike the sample's
Sari: /saldo                                    Sari writes
Sari: /pindah {relink}                          with the last code that an admin was shown
Sari: [Ya, catat]                               Sari taps the latest such button
Sari: (contact 62812… | Bu Ani)                 the contact card of somebody
Sari: (contact) | (photo) | (sticker) | …       Sari sends something else
Sari: (photo Bu Ani) | (photo2) | (document nota.pdf | Bu Ani)   with words; another picture
bot: Saldo yang bisa diambil …                       what Sari gets; `…` stands for anything
     [Mutasi] [Jual]                            its buttons
bot (toast): …                                  a word over the chat
bot>Budi: …                                     what another person gets
-- restart --          the bot stops and starts
-- away 3 Sari: [Ya] | Tuti: ya --   the bot stops, people do this, 3 minutes pass, it starts
-- asked again --      it asks those whom it has not asked again yet
-- overtaken Sari: ya | [Ya] --   her text is handled before the button she pressed
-- album Sari: photo | photo J 2 TEH --  -- rest Sari: photo --   sent together; more of it
-- reply Sari: S-1001 | batal --   she replies to the last message with these words in it
-- reply_photo Sari: S-1001 | ini notanya --   the same with a photo
-- forward Sari: Bu Ani | pesan 2 sabun --   she passes on what Bu Ani wrote; `bot`, `Sari`: who
-- forward_photo Sari: Bu Ani | lunas --   the same with a photo
-- edited Sari: J 3 TEH --  -- edited Sari: J 2 TEH | J 3 TEH --   her last message is changed;
                       that with the words before the bar
-- redelivered --      Telegram sends the last update once more
-- at 2026-11-24 09:00 WITA --    the clock moves, what is due then happens
-- again Sari --       Sari's last tap once more; with `2` the one before it, and so on
-- borrowed Budi: Sari --   Budi presses with the data of Sari's last tap
-- forged Sari: {ref}:{n}:own --   data on no button; {ref}, {n}: the open question
-- price SABUN 55000 --  -- unsold SABUN --  -- sold semua --   the price list changes
-- code kunci…32 --   a one-time code for an admin, from the command line
-- picture SABUN --   the article has a picture
-- unseen Sari --      the next picture for Sari is one that another bot has sent
-- silence 86400 --    Telegram asks for a silence of that many seconds
-- sim Rina Sari --   Rina's account has the number that Sari had
-- doubtful Sari --   it is unknown whether the last message to Sari arrived
-- unmet Budi --      the member Budi is only in the database, without a Telegram account
-- card ethics 2 --   the bot starts again with a newer version of a card
-- aged Sari --  -- long Sari --   her open conversation is of an older bot; is very long
-- broken Sari --     an update from Sari comes that cannot be read
-- ended Sari --      the bot has crashed on an update from Sari again and again, and starts
-- close 2026-10 --   the month is closed, as from the command line; `closing`: all but the end
-- filled Wati xlsx: 2 = 2026-12-15 TRX-2 | 3 = 2026-12-15 --   she sends the list of payments
                       back, with a day and a reference in these rows
-- sheet Wati a.csv: Nomor daftar;Kode mitra / 1;{code:sari} --   she sends a file of her own,
                       a real workbook where its name ends with `.xlsx`
-- goods Sari 120000 --   goods of her newest sale, of that bonus value, wait to come back
-- plan stairs --      the bot starts again under `plans/stairs.toml`
-- noted Sari: Bu Ani | birthday 11-25 --   what Sari noted of a customer; `due` of her debt
-- paid Budi 50000 --  the office has paid that much out of his wallet
-- unplanned --       the bot starts again, and the company has no plan
-- crowd Budi --      Budi's team counts as a large one
-- many 120 --        that many members more, to whom nothing is ever sent
-- menu Sari --     what Telegram's own menu lists for her
-- blocked Sari --  -- lost --  -- ledger Sari trade 20000 --
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Expected", "Step", "parse"]

PERSON = re.compile(r"^([A-Z]\w*): (.*)$")
BOT = re.compile(r"^bot(?:>(\w+))?( \(toast\))?: ?(.*)$")
DIRECTIVE = re.compile(r"^-- (\w+)(.*?) --$")


@dataclass
class Expected:
    """What a person should get."""

    to: str | None
    toast: bool
    lines: list[str]


@dataclass
class Step:
    """One step, and what the bot should answer."""

    number: int
    line: str
    who: str | None = None
    does: str = ""
    directive: str | None = None
    args: str = ""
    expected: list[Expected] = field(default_factory=list)


def parse(path: Path) -> tuple[list[str], list[Step]]:
    """The unchanged head of the file, and its steps."""
    head: list[str] = []
    steps: list[Step] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            if not steps:
                head.append(line)
            elif line.strip():
                steps.append(Step(number, line, directive="remark"))
            continue
        said = BOT.match(line)
        acted = PERSON.match(line)
        matched = DIRECTIVE.match(line.strip())
        if said:
            assert steps, f"{path.name}:{number}: the bot speaks before anybody does"
            to, toast, text = said.groups()
            steps[-1].expected.append(Expected(to, bool(toast), [text]))
        elif acted:
            steps.append(Step(number, line, who=acted[1], does=acted[2]))
        elif matched:
            steps.append(
                Step(number, line, directive=matched[1], args=matched[2].lstrip(": ").strip())
            )
        elif line.startswith("     ") and steps and steps[-1].expected:
            steps[-1].expected[-1].lines.append(line.strip())
        else:
            raise SyntaxError(f"{path.name}:{number}: {line!r} is neither said nor done")
    return head, steps
