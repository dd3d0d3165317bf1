"""(f) Memory and start with ten millions waiting: a campaign to ten million people, approved and its audience frozen by
the daemon while no centre listens; then the centre opens and the daemon is started anew."""

import time

import people
from context import MILLION, Context
from processes import memory_kb, wait_for
from switchboard import GROUP, LONG_S, Switchboard

PEOPLE = 10 * MILLION
A_FILE = MILLION
WATCHED_S = 20.0          # of sending at full speed, for the peak of the memory
FIRST_SUBMIT_S_MAX = 900
MB = 1024                 # of KiB


def queue_up(context: Context, board: Switchboard, count: int) -> dict:
    board.start().fill_directory()
    began = time.monotonic()
    for first in range(0, count, A_FILE):
        file = people.write_contacts(board.folder / "contacts.csv", first, min(A_FILE, count - first))
        done = board.cli("--json", "contact", "import", file, "--group", GROUP, timeout=LONG_S)
        if done.code != 0:
            raise RuntimeError(f"the import from {first} on ended with {done.code}: {done.err[:500]}")
        file.unlink()
    imported = time.monotonic() - began
    began = time.monotonic()
    campaign = board.blast(people.TEXTS[0])
    frozen = time.monotonic() - began
    counts = board.counts(campaign)
    if counts["audience"] != count:
        raise RuntimeError(f"{count} contacts made an audience of {counts['audience']}")
    board.stop()
    context.say(f"{count:,} pending: imported in {imported:.0f} s, frozen in {frozen:.1f} s")
    return {"pending": count, "import_s": round(imported, 1), "freeze_s": round(frozen, 2), "campaign": campaign}


def watch(board: Switchboard) -> dict:
    """The most that it holds while it sends."""
    rss, pss = [], []
    until = time.monotonic() + WATCHED_S
    while time.monotonic() < until:
        held = memory_kb(board.process.pid)
        rss.append(held["VmRSS"])
        pss.append(held["Pss"])
        time.sleep(0.1)
    return {"rss_max_mb": round(max(rss) / MB, 1), "pss_max_mb": round(max(pss) / MB, 1),
            "rss_peak_mb": round(held["VmHWM"] / MB, 1)}


def first_submit(context: Context, board: Switchboard) -> float:
    """Seconds from exec to the first submit, by the centre's clock."""
    centre = context.open_centre(receipts=False)
    board.process = board.launch()
    wait_for(lambda: board.process.poll() is not None or centre.counters()["submits"] > 0, "the first submit",
             FIRST_SUBMIT_S_MAX, 0.1)
    if board.process.poll() is not None:
        raise RuntimeError(f"the daemon ended with {board.process.returncode}")
    return round(centre.first_submit_after(board.launched_at) - board.launched_at, 3)


def measure(context: Context) -> dict:
    if context.adapter != "smpp":
        raise RuntimeError("without a centre that can be closed nothing stays pending")
    context.close_centre()
    with Switchboard(context) as board:
        found = queue_up(context, board, context.scaled(PEOPLE))
        campaign = found.pop("campaign")
        found["database_bytes"] = board.size_after_checkpoint()
        found["first_submit_s"] = first_submit(context, board)
        found |= watch(board)
        found["pending_after_watch"] = board.counts(campaign)["pending"]
        board.kill()
        found["first_submit_after_kill_s"] = first_submit(context, board)
        found |= {"after_kill": watch(board)}
        board.kill()  # millions are still pending; draining them is not measured
    context.say(f"first submit after {found['first_submit_s']} s, {found['rss_max_mb']} MB resident")
    return found
