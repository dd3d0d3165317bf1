"""(b) Kannel: bearerbox and smsbox on the same texts, to the same centre, in the same run."""

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

import people
from message_centre import Centre
from context import MILLION, Context
from processes import wait_for
from single import CONNECTIONS, SENDS
from switchboard import e2e

SMALL = MILLION // 5         # messages of a trial that looks for Kannel's best way
SMALL_MIN = 20_000
FINALISTS = 2
BINDS = (1, 2, 4)
RECIPIENTS_A_REQUEST = 100   # a longer list makes a longer line of the request, and no higher rate
BATCH_CONNECTIONS = 16
BLAST_S_MAX = 3600
QUIET_S = 2.0                # nothing new at the centre for so long: it was all

CORE = """group = core
admin-port = {admin}
admin-password = bench
smsbox-port = {smsbox}
log-file = "{folder}/bearerbox.log"
log-level = 4
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"
sms-outgoing-queue-limit = 100000000
{spool}
"""
SMSC = """
group = smsc
smsc = smpp
smsc-id = bench
host = 127.0.0.1
port = {port}
transceiver-mode = true
smsc-username = "bench"
smsc-password = "bench"
system-type = ""
interface-version = 34
max-pending-submits = {window}
enquire-link-interval = 30
"""
SMSBOX = """
group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {smsbox}
sendsms-port = {sendsms}
log-file = "{folder}/smsbox.log"
log-level = 4
max-pending-requests = 10000
immediate-sendsms-reply = {immediate}

group = sendsms-user
username = bench
password = bench
default-sender = {line}
max-messages = 5
"""
TARGET = "/cgi-bin/sendsms?username=bench&password=bench&from={line}&to={{to}}&text={text}"


@dataclass
class Kannel:
    """Both boxes, running. `http` is the port of the door for programs, `box` that of mtbatch."""

    context: Context
    folder: Path
    http: int
    box: int
    admin: int
    processes: list[subprocess.Popen]

    def close(self) -> None:
        for process in reversed(self.processes):
            self.context.processes.stop(process, 10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Kannel":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def answers(port: int) -> bool:
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(("127.0.0.1", port)) == 0


def start(context: Context, binds: int, spool: bool, immediate: bool = False) -> Kannel:
    folder = context.work / "kannel"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "spool").mkdir(parents=True)
    admin, smsbox, sendsms = (e2e.free_port() for _ in range(3))
    store = f'store-type = spool\nstore-location = "{folder}/spool"' if spool else ""
    smsc = SMSC.format(port=context.smpp_port, window=context.window) * binds
    (folder / "kannel.conf").write_text(
        CORE.format(admin=admin, smsbox=smsbox, folder=folder, spool=store) + smsc
        + SMSBOX.format(smsbox=smsbox, sendsms=sendsms, folder=folder, line=e2e.LINE,
                        immediate=str(immediate).lower()))
    kannel = Kannel(context, folder, sendsms, smsbox, admin, [])
    try:
        for program, port in (("bearerbox", smsbox), ("smsbox", sendsms)):
            kannel.processes.append(context.processes.start(
                [program, "-v", "4", folder / "kannel.conf"], context.work / f"{program}.log", cwd=folder))
            wait_for(lambda port=port: answers(port), f"{program} to listen", 30)
        wait_for(lambda: context.centre.counters()["binds"] >= binds, "Kannel's binds at the centre", 30)
    except BaseException:
        kannel.close()
        raise
    return kannel


def wait_all(centre: Centre, count: int) -> None:
    """Until the centre has them all, or nothing new comes any more."""
    last, since = -1, time.monotonic()
    deadline = since + BLAST_S_MAX
    while time.monotonic() < deadline:
        submits = centre.counters()["submits"]
        if submits >= count:
            return
        if submits != last:
            last, since = submits, time.monotonic()
        elif time.monotonic() - since > QUIET_S * 15:
            raise TimeoutError(f"Kannel brought {submits} of {count} messages and then no more")
        time.sleep(0.1)


def by_mtbatch(kannel: Kannel, count: int) -> None:
    """Kannel's own batch program, which feeds the bearerbox without a smsbox between."""
    folder = kannel.folder
    (folder / "text").write_text(people.TEXTS[0])
    people.write_numbers(folder / "numbers", 0, count)
    kannel.processes.append(kannel.context.processes.start(
        ["mtbatch", "-v", "4", "-b", "127.0.0.1", "-p", kannel.box, "-f", e2e.LINE, folder / "text",
         folder / "numbers"],
        kannel.context.work / "mtbatch.log", cwd=folder))
    wait_all(kannel.context.centre, count)


def load(kannel: Kannel, count: int, connections: int, a_request: int) -> dict:
    target = TARGET.format(line=e2e.LINE, text=quote_plus(people.TEXTS[0]))
    numbers = people.write_numbers(kannel.folder / "numbers", 0, count)
    found = kannel.context.run_program(
        "bench_http", "--port", kannel.http, "--connections", connections, "--target", target, "--recipients", numbers,
        "--expected-status", 202, "--recipients-a-request", a_request)
    wait_all(kannel.context.centre, found["sent"])
    return found


def by_requests(kannel: Kannel, count: int) -> None:
    load(kannel, count, BATCH_CONNECTIONS, RECIPIENTS_A_REQUEST)


WAYS = {"mtbatch": by_mtbatch, "requests of many recipients": by_requests}


def batch(context: Context, way: str, binds: int, count: int, spool: bool = False) -> dict:
    """The rate between the first and the last submit that the centre took, by its own clock."""
    centre = context.need_centre(receipts=False)
    with start(context, binds, spool) as kannel:
        WAYS[way](kannel, count)
        seen = centre.difference({})
        seconds = centre.submit_span_s()
    if seen["submits"] != count:
        raise RuntimeError(f"Kannel was given {count} messages, the centre counted {seen['submits']}")
    return {"way": way, "binds": binds, "messages": count, "seconds": round(seconds, 3),
            "per_s": round(count / seconds, 1)}


def attempt(context: Context, *what: object, **more: object) -> dict:
    try:
        found = batch(context, *what, **more)
    except (RuntimeError, TimeoutError, OSError) as error:
        return {"way": what[0], "binds": what[1], "failed": str(error), "per_s": 0.0}
    context.say(f"{found['way']}, {found['binds']} binds: {found['per_s']:,.0f} messages/s")
    return found


def best_batch(context: Context) -> tuple[dict, list[dict]]:
    """Every way and number of binds on a short run, then the best of them at the length of ours."""
    trials = [attempt(context, way, binds, context.scaled(SMALL, SMALL_MIN)) for way in WAYS for binds in BINDS]
    finalists = sorted(trials, key=lambda trial: trial["per_s"], reverse=True)[:FINALISTS]
    full = [attempt(context, one["way"], one["binds"], context.scaled(MILLION)) for one in finalists if one["per_s"]]
    best = max(full, key=lambda one: one["per_s"], default={"per_s": 0.0})
    if not best["per_s"]:
        raise RuntimeError(f"Kannel did not send by any way: {(full or trials)[0]['failed']}")
    return best, trials + full


def http(context: Context, binds: int, immediate: bool) -> dict:
    """`immediate`: the smsbox answers before the bearerbox has the message, which is less than we promise."""
    centre = context.need_centre(receipts=False)
    try:
        with start(context, binds, False, immediate) as kannel:
            found = load(kannel, context.scaled(SENDS), CONNECTIONS, 1)
            found["submits"] = centre.difference({})["submits"]
    except (RuntimeError, TimeoutError, OSError) as error:
        found = {"failed": str(error), "per_s": 0.0}
    context.say(f"HTTP, {binds} binds{', immediate' if immediate else ''}: {found['per_s']:,.0f} answers/s")
    return found | {"binds": binds, "immediate": immediate}


def best_http(context: Context, immediate: bool) -> dict:
    """The better number of binds. Throws if Kannel answered nothing."""
    trials = [http(context, binds, immediate) for binds in BINDS[:2]]
    best = max(trials, key=lambda one: one["per_s"])
    if not best["per_s"]:
        raise RuntimeError(f"Kannel answered no request: {trials[0]['failed']}")
    return best | {"trials": trials}


def measure(context: Context) -> dict:
    for program in ("bearerbox", "smsbox", "mtbatch"):
        if not shutil.which(program):
            raise RuntimeError(f"Kannel's {program} is not installed: there is no neighbour to measure beside")
    best, trials = best_batch(context)
    spool = attempt(context, best["way"], best["binds"], context.scaled(SMALL, SMALL_MIN), spool=True)
    return {"batch": best, "batch_with_spool": spool, "http": best_http(context, False),
            "http_immediate": best_http(context, True), "trials": trials}
