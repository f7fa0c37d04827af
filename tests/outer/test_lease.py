"""One process writes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.lease import Lease, LeaseHeld

HOLDER = """
import sys, time
from pathlib import Path
from bot.lease import Lease
with Lease(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lease_can_be_taken_again_once_it_was_let_go(tmp_path: Path) -> None:
    database = tmp_path / "data" / "books.db"
    for _ in range(2):
        with Lease(database) as lease:
            assert lease.lock == tmp_path / "data" / "books.db.lock"
            assert lease.lock.read_text() == f"{os.getpid()}\n"
        assert not lease.held
        assert lease.lock.read_text() == ""
        lease.release()


def test_a_second_holder_is_told_who_the_first_one_is(tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    with Lease(database), pytest.raises(LeaseHeld) as refused:
        Lease(database).take()
    assert refused.value.pid == os.getpid()
    assert f"already in use by process {os.getpid()}" in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_holder_who_has_not_written_itself_down_yet_is_another_process(tmp_path: Path) -> None:
    lease = Lease(tmp_path / "books.db")
    with lease:
        lease.lock.write_text("")
        with pytest.raises(LeaseHeld, match="in use by another process"):
            Lease(tmp_path / "books.db").take()


def test_a_refused_try_leaves_the_holder_in_place(tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    with Lease(database):
        for _ in range(3):
            with pytest.raises(LeaseHeld):
                Lease(database).take()
    Lease(database).take()


def test_two_databases_have_two_leases(tmp_path: Path) -> None:
    with Lease(tmp_path / "a.db"), Lease(tmp_path / "b.db") as second:
        assert second.held


def test_the_lease_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LeaseHeld) as refused:
            Lease(database).take()
        assert refused.value.pid == holder.pid
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with Lease(database) as lease:
            assert lease.lock.read_text() == f"{os.getpid()}\n"
