"""(g) A million contacts from a CSV file into the directory, as an operator does it."""

import time

import people
from context import MILLION, Context
from switchboard import LONG_S, Switchboard


def measure(context: Context) -> dict:
    count = context.scaled(MILLION)
    context.close_centre()
    with Switchboard(context) as board:
        file = people.write_contacts(board.folder / "contacts.csv", 0, count)
        board.start().fill_directory()
        size_before = board.commits()["size_bytes"]
        began = time.monotonic()
        done = board.cli("--json", "contact", "import", file, "--group", people.GROUP, timeout=LONG_S)
        seconds = time.monotonic() - began
        if done.code != 0 or done.json["imported"] != count:
            raise RuntimeError(f"the import ended with {done.code}: {(done.out + done.err)[:500]}")
        board.stop()
        size = board.size_after_checkpoint()
    context.say(f"{count / seconds:,.0f} rows/s")
    return {"rows": count, "seconds": round(seconds, 3), "per_s": round(count / seconds, 1),
            "bytes_a_contact": round((size - size_before) / count, 1)}
