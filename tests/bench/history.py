"""(h) Bytes on disk a message, and what a message costs when ten millions lie behind it against a hundred thousand.

The history of ten millions is one real blast to a million, multiplied into the past (multiply.py); the blast that is
measured goes to the same people."""

import shutil
from pathlib import Path

import people
from bulk import blast
from context import MILLION, Context
from multiply import multiply
from switchboard import LONG_S, Switchboard

LITTLE = 100_000
TIMES = 10
FEW = "few"


def with_history(context: Context, people_count: int, few: int, large: bool) -> tuple[Path, int]:
    """A data folder whose messages are all at their end, and how many they are."""
    kept = context.work / f"history-{'large' if large else 'small'}"
    data = context.prepared(people_count)  # before the centre: making it ends one
    context.open_centre(receipts=True)
    with Switchboard(context, data=data) as board:
        board.start().wait_linked()
        if large:
            blast(context, board, people_count, True, people.TEXTS[1])
        else:
            file = people.write_contacts(board.folder / "few.csv", 0, few)
            done = board.cli("--json", "contact", "import", file, "--group", FEW, timeout=LONG_S)
            if done.code != 0:
                raise RuntimeError(f"the import ended with {done.code}: {done.err[:500]}")
            blast(context, board, few, True, people.TEXTS[1], FEW)
        board.wait_completed()
        board.stop()
        messages = few
        if large:
            db = board.own_database()
            messages = multiply(db, TIMES)
            db.close()
        board.size_after_checkpoint()
        board.data.rename(kept)
    return kept, messages


def run(context: Context, count: int, few: int, large: bool) -> dict:
    data, messages = with_history(context, count, few, large)
    context.open_centre(receipts=True)
    with Switchboard(context) as board:
        shutil.rmtree(board.data, ignore_errors=True)
        data.rename(board.data)
        size_before = board.size_after_checkpoint()
        board.start().wait_linked()
        found = blast(context, board, count, True)
        board.stop()
        size = board.size_after_checkpoint()
    found["history"] = messages
    found["bytes_a_message"] = round((size - size_before) / count, 1)
    found["database_bytes"] = size
    context.say(f"after {messages:,} messages: {found['per_s']:,.0f} messages/s, {found['bytes_a_message']} bytes each")
    return found


def measure(context: Context) -> dict:
    count, few = context.scaled(MILLION), context.scaled(LITTLE)
    small = run(context, count, few, False)
    large = run(context, count, few, True)
    return {"cost_ratio": round(small["per_s"] / large["per_s"], 3), "bytes_a_message": small["bytes_a_message"],
            "small": small, "large": large}
