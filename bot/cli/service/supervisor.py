"""The supervisor: a small parent process that starts the bot again when it crashed or hung.

It knows only how each run of the bot ended. Before the bot was ready for the first time, an exit
code means that the settings are wrong, so the bot is not started again. After that the settings
are known to be right and other causes pass, so only a bot that was asked to stop is not started
again. The two processes share a socket pair: the bot reports through it that it is ready or done,
and sees when the supervisor has ended.
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

__all__ = ["SupervisorLink", "supervise"]

PAUSES: Final = (0.5, 0.5, 1.0, 1.0, 2.0, 5.0)
LOOK_SECONDS: Final = 0.05
CALM_SECONDS: Final = 120.0
"""After a run of this length the pauses start with the shortest again."""
KILL_SECONDS: Final = 10.5
"""The bot exits within ten seconds of a signal; if it does not, it is killed."""
READY, DONE, NOT_STARTED = b"r", b"d", b"u"
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
SIGNAL_EXIT: Final = 128
"""A shell adds this to the number of the signal that ended a process."""


def supervise(*words: str, first: tuple[str, ...] = ()) -> int:
    """Run `python -m bot` with these arguments until it ends for good; returns its exit code.

    Args:
        words: the arguments of each run.
        first: more arguments, for the first run only.
    """
    return _Supervisor(words, first).run()


class _Supervisor:
    def __init__(self, words: tuple[str, ...], first: tuple[str, ...]) -> None:
        self._words = words
        self._first = first
        self._signal: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._was_ready = False

    def run(self) -> int:
        for number in SIGNALS:
            signal.signal(number, self._pass_on)
        signal.signal(signal.SIGALRM, self._kill)
        restarts, began = 0, time.monotonic()
        last, said = self._run_bot(0, *self._first)
        while True:
            if said == DONE:
                return 0  # whatever becomes of its process after its last work
            if self._signal is not None or self._is_over(last, said):
                return last if last >= 0 else SIGNAL_EXIT - last
            restarts = 0 if time.monotonic() - began > CALM_SECONDS else restarts
            if self._signalled_within(PAUSES[min(restarts, len(PAUSES) - 1)]):
                return 0
            # A process that could not be started has not used the arguments of the first run.
            more = self._first if said == NOT_STARTED and not self._was_ready else ()
            restarts += 1
            began = time.monotonic()
            last, said = self._run_bot(last, *more)

    def _is_over(self, last: int, said: bytes) -> bool:
        """Returns whether the bot is not to be started again."""
        self._was_ready = self._was_ready or said == READY
        refused = last > 0 and said != NOT_STARTED and not self._was_ready
        return last == 0 or refused

    def _run_bot(self, last: int, *more: str) -> tuple[int, bytes]:
        """Run the bot once; returns its exit code and the last word it sent."""
        try:
            return self._spawn(last, *more)
        except OSError as error:  # no memory, no process or no file is left for it
            sys.stderr.write(f"The bot cannot be started just now: {error.strerror}\n")
            return os.EX_OSERR, NOT_STARTED

    def _spawn(self, last: int, *more: str) -> tuple[int, bytes]:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                words = [*self._words, *more, f"--below={last}"]
                command = [sys.executable, "-m", "bot", *words]
                # Ctrl-C at the terminal reaches only this process, which passes it on once.
                self._process = subprocess.Popen(  # noqa: S603 - our own words
                    command, stdin=theirs.fileno(), start_new_session=True
                )
            if self._signal is not None:
                self._process.send_signal(self._signal)
            code = self._process.wait()
            ours.setblocking(False)
            said = b""
            with contextlib.suppress(OSError):
                said = ours.recv(16)
        return code, said[-1:]

    def _signalled_within(self, seconds: float) -> bool:
        """Wait; returns whether a signal came. A single sleep would go on after a signal."""
        until = time.monotonic() + seconds
        while self._signal is None and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
        return self._signal is not None

    def _pass_on(self, number: int, _frame: object) -> None:
        """Pass a signal on; the bot has to exit soon after the first one."""
        if self._signal is None:
            signal.setitimer(signal.ITIMER_REAL, KILL_SECONDS)
        self._signal = number
        if self._process is not None:
            self._process.send_signal(number)

    def _kill(self, _number: int, _frame: object) -> None:
        if self._process is not None:
            self._process.kill()


class SupervisorLink:
    """The bot's end of the socket pair; does nothing where there is no supervisor.

    Attributes:
        last: the exit code of the previous run; 0 if this is the first.
    """

    def __init__(self, last: int | None) -> None:
        """`last` comes from the supervisor; None where there is none."""
        self.last = last or 0
        self._socket: socket.socket | None = None
        if last is not None:
            self._socket = socket.socket(fileno=os.dup(0))
            threading.Thread(
                target=self._exit_with_supervisor, name="supervisor", daemon=True
            ).start()

    def ready(self) -> None:
        """Report that the bot works."""
        self._say(READY)

    def done(self) -> None:
        """Report that the bot was asked to stop, and did."""
        self._say(DONE)

    def _say(self, word: bytes) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.send(word)

    def _exit_with_supervisor(self) -> None:
        """Exit at once when the supervisor is gone: a signal to it would not arrive any more."""
        assert self._socket is not None
        with contextlib.suppress(OSError):
            while self._socket.recv(1):
                pass
        os._exit(1)
