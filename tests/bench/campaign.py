"""(i) A campaign to a million as an operator waits for it: its preview, its freeze, its counts while it runs at full
speed; and what the daemon holds in memory, beside a campaign to a tenth."""

import threading
import time

import people
from context import MILLION, Context
from latency import figures
from processes import memory_kb
from switchboard import GROUP, LONG_S, Switchboard

MB = 1024               # of KiB
PREVIEWS = 3            # the slowest counts
LOOK_EVERY_S = 0.05
RUN_S_MAX = 1800
SMALL = 10              # the other run has a tenth
NEVER = "2099-01-01T07:00:00+07:00"
AT_ONCE = "2021-11-25T07:00:00+07:00"

CAMPAIGN = """title = "bench"
class = "social_policy"
[audience]
groups = ["{group}"]
[[text]]
language = "vi"
accents = "strip"
body = "{body}"
{fallback}
[schedule]
start = {start}
windows = ["00:00-24:00"]
"""
PERSONAL = "Chao {name} o {unit}. " + people.TEXTS[0]
FALLBACK = 'fallback = { name = "ba con", unit = "xa nha" }'


class Watch:
    """The most that a process holds, from `with` on."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most_kb = pid, 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self) -> None:
        while not self.over.wait(0.1):
            self.most_kb = max(self.most_kb, memory_kb(self.pid)["VmRSS"])

    def __enter__(self) -> "Watch":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    @property
    def most_mb(self) -> float:
        return round(self.most_kb / MB, 1)


def preview(board: Switchboard, campaign: str, count: int) -> float:
    slowest = 0.0
    for _ in range(PREVIEWS):
        began = time.monotonic()
        answer = board.client.get(f"/campaigns/{campaign}/preview", timeout=LONG_S)
        slowest = max(slowest, time.monotonic() - began)
        if answer.status != 200 or answer.json["audience"] != count:
            raise RuntimeError(f"the preview was answered with {answer.status} {answer.body[:500]!r}")
    return round(slowest, 3)


def prepare(board: Switchboard, count: int, body: str, start: str, fallback: str = "") -> tuple[str, dict]:
    """Draft, preview, approval, freeze: all before the first text leaves."""
    campaign = board.draft(CAMPAIGN.format(group=GROUP, body=body, fallback=fallback, start=start))
    found = {"preview_s": preview(board, campaign, count)}
    began = time.monotonic()
    board.approve(campaign)
    found["approval_s"] = round(time.monotonic() - began, 3)
    board.wait_frozen(campaign)
    found["freeze_s"] = round(time.monotonic() - began, 3)
    return campaign, found


def watch_counts(board: Switchboard, campaign: str, count: int) -> dict:
    """Asks again and again until everybody is accounted for; only what was asked while it ran counts."""
    times_s: list[float] = []
    began = time.monotonic()
    while True:
        asked = time.monotonic()
        answer = board.client.get(f"/campaigns/{campaign}", timeout=LONG_S)
        told = time.monotonic()
        counts = answer.json["counts"]
        if sum(n for state, n in counts.items() if state != "audience") != count:
            raise RuntimeError(f"the accounts do not add up: {counts}")
        if answer.json["state"] == "completed":
            if not times_s:
                raise RuntimeError("it was over before its counts could be asked for: take a larger share")
            return {"counts_ms": figures(times_s, len(times_s)), "run_s": round(told - began, 1)}
        if answer.json["state"] == "running":
            times_s.append(told - asked)
        if told - began > RUN_S_MAX:
            raise TimeoutError(f"after {RUN_S_MAX} s the campaign stood at {counts}")
        time.sleep(LOOK_EVERY_S)


def run(context: Context, count: int) -> dict:
    data = context.prepared(count)
    context.open_centre(receipts=True)
    with Switchboard(context, data=data) as board:
        board.start().wait_linked()
        pid = board.process.pid
        found: dict = {"audience": count, "idle_mb": round(memory_kb(pid)["VmRSS"] / MB, 1)}
        with Watch(pid) as watch:
            other, found["personal"] = prepare(board, count, PERSONAL, NEVER, FALLBACK)
            began = time.monotonic()
            board.act(other, "cancel")
            found["personal"]["cancel_s"] = round(time.monotonic() - began, 3)
            campaign, found["plain"] = prepare(board, count, people.TEXTS[0], AT_ONCE)
        found["prepared_mb"] = watch.most_mb
        with Watch(pid) as watch:
            found |= watch_counts(board, campaign, count)
        found["running_mb"] = watch.most_mb
        board.stop()
    context.say(f"{count:,}: preview {found['plain']['preview_s']} s, freeze {found['plain']['freeze_s']} s, counts "
                f"{found['counts_ms']['max']} ms at most, {found['running_mb']} MB")
    return found


def measure(context: Context) -> dict:
    count = context.scaled(MILLION)
    small = run(context, max(count // SMALL, 100))
    found = run(context, count)
    held = [max(one["prepared_mb"], one["running_mb"]) for one in (small, found)]
    return found | {"memory_ratio": round(held[1] / held[0], 3), "small": small}
