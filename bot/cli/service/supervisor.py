"""The small process above the bot: starts it again when it crashed or stood still.

It knows nothing of the bot but how it ended. Until a bot was ready once, one that says with a code
why it cannot start is not started again: its settings are wrong. From then on they were right, and
what keeps the next one from starting passes, so that only a bot that was told to stop is not
started again. Both hold an end of one line: through it the bot says how far it is, and learns when
the process above is gone.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Final

__all__ = ["Above", "stand_by"]

PAUSES: Final = (0.5, 0.5, 1.0, 1.0, 2.0, 5.0)
LOOK_SECONDS: Final = 0.05
CALM_SECONDS: Final = 120.0
"""After a life of this length the pauses begin with the shortest again."""
KILL_SECONDS: Final = 10.5
"""The bot ends itself within ten seconds; if even that failed, it is killed."""
READY, DONE, UNBORN = b"r", b"d", b"u"
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
DIED_OF: Final = 128
"""What a shell adds to the number of a signal."""


def stand_by(*words: str, first: tuple[str, ...] = ()) -> int:
    """Run `python -m bot` with these words until it ends for good; gives its exit code.

    Args:
        words: of each life.
        first: more of them, for the first life alone.
    """
    return _Guard(words, first).run()


class _Guard:
    def __init__(self, words: tuple[str, ...], first: tuple[str, ...]) -> None:
        self._words = words
        self._first = first
        self._told: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._was_ready = False

    def run(self) -> int:
        for number in SIGNALS:
            signal.signal(number, self._tell)
        signal.signal(signal.SIGALRM, self._kill)
        lives, began = 0, time.monotonic()
        last, said = self._live(0, *self._first)
        while True:
            if self._told is not None or self._is_over(last, said):
                return last if last >= 0 else DIED_OF - last
            lives = 0 if time.monotonic() - began > CALM_SECONDS else lives
            if self._told_within(PAUSES[min(lives, len(PAUSES) - 1)]):
                return 0
            # What is for the first life alone was not heard where there was none.
            more = self._first if said == UNBORN and not self._was_ready else ()
            lives += 1
            began = time.monotonic()
            last, said = self._live(last, *more)

    def _is_over(self, last: int, said: bytes) -> bool:
        """Whether a life that ended so was the last one."""
        self._was_ready = self._was_ready or said == READY
        refused = last > 0 and said != UNBORN and not self._was_ready
        return said == DONE or last == 0 or refused

    def _live(self, last: int, *more: str) -> tuple[int, bytes]:
        """One life of the bot; gives how it ended, and the last that it said."""
        try:
            return self._lived(last, *more)
        except OSError as error:  # no memory, no process or no file is left for it
            sys.stderr.write(f"The bot cannot be started just now: {error.strerror}\n")
            return os.EX_OSERR, UNBORN

    def _lived(self, last: int, *more: str) -> tuple[int, bytes]:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                words = [*self._words, *more, f"--below={last}"]
                command = [sys.executable, "-m", "bot", *words]
                # Ctrl-C at the terminal is for us, who pass it on, and not twice for the bot.
                self._process = subprocess.Popen(  # noqa: S603 - our own words
                    command, stdin=theirs.fileno(), start_new_session=True
                )
            if self._told is not None:
                self._process.send_signal(self._told)
            code = self._process.wait()
            ours.setblocking(False)
            said = b""
            with contextlib.suppress(OSError):
                said = ours.recv(16)
        return code, said[-1:]

    def _told_within(self, seconds: float) -> bool:
        """Wait; whether a signal came meanwhile. A sleep alone goes on after a signal."""
        until = time.monotonic() + seconds
        while self._told is None and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
        return self._told is not None

    def _tell(self, number: int, _frame: object) -> None:
        """Pass a signal on; the bot has to be gone soon after the first."""
        if self._told is None:
            signal.setitimer(signal.ITIMER_REAL, KILL_SECONDS)
        self._told = number
        if self._process is not None:
            self._process.send_signal(self._told)

    def _kill(self, _number: int, _frame: object) -> None:
        if self._process is not None:
            self._process.kill()


class Above:
    """The process above, as the bot sees it; there may be none.

    Attributes:
        last: how the life before this one ended; 0 if this is the first.
    """

    def __init__(self, last: int | None) -> None:
        """`last` is what the process above says; None where there is none."""
        self.last = last or 0
        self._line: socket.socket | None = None
        if last is not None:
            self._line = socket.socket(fileno=os.dup(0))
            threading.Thread(target=self._end_with_it, name="above", daemon=True).start()

    def ready(self) -> None:
        """The bot works."""
        self._say(READY)

    def done(self) -> None:
        """The bot was told to stop, and did."""
        self._say(DONE)

    def _say(self, word: bytes) -> None:
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.send(word)

    def _end_with_it(self) -> None:
        """End at once when the process above is gone: nobody would hear a signal to it."""
        assert self._line is not None
        with contextlib.suppress(OSError):
            while self._line.recv(1):
                pass
        os._exit(1)
