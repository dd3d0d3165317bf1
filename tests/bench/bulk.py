"""(a) A blast to a million, through the daemon to the centre on loopback, without and with receipts of all parts."""

import time
from typing import Any

import people
from context import MILLION, Context
from processes import cpu_s, memory_kb
from switchboard import Switchboard

BLAST_S_MAX = 3600


def blast(context: Context, board: Switchboard, count: int, receipts: bool, text: str = people.TEXTS[0],
          group: str = people.GROUP) -> dict:
    """One campaign to `count` people on a running daemon: from the first submit at the centre's clock to the last
    acceptance (with receipts: the last receipt) that the daemon has recorded. Raises if the books do not agree."""
    centre = context.centre
    before = centre.counters() if centre else {}
    cpu_before, began = cpu_s(board.process.pid), time.time()
    commits_before = board.commits()
    campaign = board.blast(text, group)
    approved = time.time()
    counts, ended = board.wait_done(campaign, receipts, BLAST_S_MAX)
    commits = board.commits()
    first = centre.first_submit_after(began) if centre else began
    seconds = max(ended - first, 1e-3)
    found: dict[str, Any] = {
        "messages": count, "seconds": round(seconds, 3), "per_s": round(count / seconds, 1),
        "approval_s": round(approved - began, 3), "counts": {k: v for k, v in counts.items() if v},
        "daemon_cpu_s": round(cpu_s(board.process.pid) - cpu_before, 2),
        "commits": commits["commits"] - commits_before["commits"], "memory_kb": memory_kb(board.process.pid),
    }
    if centre:
        found["centre"] = centre.difference(before)
    check(found, count, receipts)
    return found


def check(found: dict, count: int, receipts: bool) -> None:
    """Everybody was reached, once, and the centre says the same."""
    state = "delivered" if receipts else "accepted"
    if found["counts"].get(state, 0) != count:
        raise RuntimeError(f"of {count} messages {found['counts'].get(state, 0)} are {state}: {found['counts']}")
    centre = found.get("centre")
    if centre and (centre["submits"] != count or centre.get("repeats", 0)):
        raise RuntimeError(f"the centre counted {centre['submits']} submits and {centre.get('repeats', 0)} repeats, "
                           f"the daemon {count} messages")


def run(context: Context, count: int, receipts: bool) -> dict:
    data = context.prepared(count)
    context.open_centre(receipts=receipts)
    with Switchboard(context, data=data, receipts=receipts) as board:
        size_before = board.size_after_checkpoint()
        board.start().wait_linked()
        found = blast(context, board, count, receipts)
        board.stop()
        size = board.size_after_checkpoint()
    found["bytes_a_message"] = round((size - size_before) / count, 1)
    found["database_bytes"] = size
    context.say(f"{'with' if receipts else 'without'} receipts: {found['per_s']:,.0f} messages/s")
    return found


def measure(context: Context) -> dict:
    count = context.scaled(MILLION)
    return {"without_receipts": run(context, count, False), "with_receipts": run(context, count, True)}
