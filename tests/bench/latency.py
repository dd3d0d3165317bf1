"""(e) From a citizen's text at the centre to its reply and to the facility's alert there, by the centre's clock: while
nothing else happens, and during a blast at full speed with receipts."""

import re
import time
from typing import Any

import people
from message_centre import Submit
from context import MILLION, Context
from processes import wait_for
from switchboard import Switchboard, e2e

TEXTS = 250
GAP_S = 0.02              # between two texts, whatever became of the first: a slow answer hides no other
ANSWERS_S_MAX = 60
WAITING = MILLION         # of the blast: more than can leave while the texts come
CAMPAIGNS_MAX = 20        # that it is made of, where the run is scaled down
CODE = re.compile(r"vu viec (\d+)")
AUDIENCE = tuple("84" + prefix for prefix in people.PREFIXES)


def figures(values_s: list[float], sent: int) -> dict[str, Any]:
    ordered = sorted(value * 1000 for value in values_s)
    if len(ordered) < sent:
        raise RuntimeError(f"of {sent} texts {len(ordered)} were answered within {ANSWERS_S_MAX} s")

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)

    return {"count": len(ordered), "p50": at(0.5), "p99": at(0.99), "max": round(ordered[-1], 3)}


def first_times(submits: list[Submit], codes: dict[str, str]) -> tuple[dict[str, float], dict[str, float]]:
    """When the first reply to each citizen, and the first alert of each citizen's case, came to the centre."""
    replies: dict[str, float] = {}
    alerts: dict[str, float] = {}
    for submit in submits:
        if submit.to.startswith("84" + people.CITIZEN_PREFIX):
            replies.setdefault(submit.to, submit.at)
            continue
        found = CODE.search(submit.text)
        if found and found[1] in codes:
            alerts.setdefault(codes[found[1]], submit.at)
    return replies, alerts


def codes_of_cases(board: Switchboard) -> dict[str, str]:
    """Case code -> the reporter's number as the centre has it. Nobody but the database may tell."""
    with board.database() as db:
        rows = db.execute("SELECT code, unseal(key_id, sealed_reporter, reporter) FROM hotline_case").fetchall()
    return {str(code): str(reporter).lstrip("+") for code, reporter in rows}


def ask(context: Context, board: Switchboard, first: int, texts: int = TEXTS, gap_s: float = GAP_S,
        words: str = e2e.REPORT) -> dict[str, Any]:
    """So many reports of as many people, from the citizen `first` on."""
    centre = context.centre
    began = time.time()
    before = centre.counters()
    sent: dict[str, float] = {}
    due = time.monotonic()
    for n in range(first, first + texts):
        sent[people.citizen(n)] = centre.deliver(people.citizen(n), e2e.LINE, words)
        due += gap_s
        time.sleep(max(0.0, due - time.monotonic()))
    during = centre.difference(before)
    seconds = time.time() - began

    seen: list[Submit] = []

    def all_answered() -> Any:
        seen.extend(centre.submits_besides(AUDIENCE, began))
        replies, alerts = first_times(seen, codes_of_cases(board))
        whole = all(one in replies and one in alerts for one in sent)
        return (replies, alerts) if whole or time.time() > began + seconds + ANSWERS_S_MAX else None

    replies, alerts = wait_for(all_answered, "the answers", 2 * ANSWERS_S_MAX, 0.5)
    return {
        "reply_ms": figures([replies[one] - at for one, at in sent.items() if one in replies], len(sent)),
        "alert_ms": figures([alerts[one] - at for one, at in sent.items() if one in alerts], len(sent)),
        "submits_per_s_meanwhile": round(during["submits"] / seconds, 1),
    }


def measure(context: Context) -> dict:
    count = context.scaled(MILLION)
    data = context.prepared(count)
    context.need_centre(receipts=True)
    with Switchboard(context, data=data) as board:
        board.start().wait_linked()
        idle = ask(context, board, 0)
        campaigns = [board.blast(f"{people.TEXTS[0]} ({n})") for n in range(min(CAMPAIGNS_MAX, -(-WAITING // count)))]
        wait_for(lambda: context.centre.counters()["submits"] > 4 * TEXTS, "the blast at the centre", 120)
        blast = ask(context, board, TEXTS)
        left = sum(board.counts(campaign)["pending"] for campaign in campaigns)
        if not left:
            raise RuntimeError("the blast was over before the texts: what was measured is not the latency during it")
        blast["pending_at_the_end"] = left
        board.kill()  # the rest of the blast is of no use
    for name, found in (("idle", idle), ("blast", blast)):
        context.say(f"{name}: reply p99 {found['reply_ms']['p99']} ms, alert p99 {found['alert_ms']['p99']} ms, beside "
                    f"{found['submits_per_s_meanwhile']:,.0f} submits/s")
    return {"idle": idle, "blast": blast}
