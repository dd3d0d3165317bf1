"""(d) Single sends by HTTP over 64 connections that stay open, each on disk before its 202."""

import json

import people
from context import Context
from processes import wait_for
from switchboard import Switchboard

SENDS = 300_000
CONNECTIONS = 64
DRAIN_S_MAX = 1800


def drained(board: Switchboard) -> bool:
    queue = board.client.get("/status", timeout=60).json["queue"]
    return queue["queued"] + queue["submitting"] == 0


def measure(context: Context) -> dict:
    count = context.scaled(SENDS)
    centre = context.open_centre(receipts=False)
    recipients = people.write_numbers(context.work / "single.txt", 0, count, plus=True)
    with Switchboard(context, receipts=False) as board:
        board.start().wait_linked()
        body = json.dumps({"to": "{to}", "text": people.TEXTS[0]})
        commits = board.commits()
        found = context.run_program(
            "bench_http", "--port", board.port, "--connections", CONNECTIONS, "--target", "/api/v1/messages", "--body",
            body, "--recipients", recipients, "--expected-status", 202, "--token-file", board.data / "api.token")
        after = board.commits()
        found["closures_a_commit"] = round((after["closures"] - commits["closures"])
                                           / max(1, after["commits"] - commits["commits"]), 1)
        if found["sent"] != count or found["faults"]:
            raise RuntimeError(f"of {count} requests {found['sent']} were answered with 202: {found['faults']}")
        wait_for(lambda: drained(board), "the end of the queue", DRAIN_S_MAX, 0.5)
        if centre:
            found["centre"] = centre.difference({})
            if found["centre"]["submits"] != count:
                raise RuntimeError(f"{count} were answered with 202, {found['centre']['submits']} came to the centre")
    context.say(f"{found['per_s']:,.0f} answers/s, p99 {found['p99_ms']} ms")
    return found
