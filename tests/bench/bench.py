"""Runs the measures one after the other and writes one report, build/bench/report.md and report.json.

Called by scripts/bench, which builds and installs what is needed. A measure that fails is reported with its reason, and
the others still run. Exits 1 if a measure failed or a bar was missed, 0 otherwise."""

import argparse
import importlib
import os
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(__file__).resolve().parents[2]
FOLDER = SOURCE / "build" / "bench"
os.environ.setdefault("TONGDAI_BUILD", str(SOURCE / "build" / "release"))

import machine  # noqa: E402
import report  # noqa: E402
from context import Context  # noqa: E402

# What each measures stands at the head of its module. In this order: neighbours of a ratio run one after the other.
MEASURES = {
    "c": "ceiling", "b": "neighbour", "a": "bulk", "d": "single", "e": "latency", "g": "contacts", "f": "pending",
    "h": "history", "i": "campaign", "j": "reports", "kill9": "kill9", "drop": "drop",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures; the report is build/bench/report.md")
    parser.add_argument("--only", default=",".join(MEASURES), metavar="LIST",
                        help=f"of {','.join(MEASURES)} (default: all)")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full numbers, 0.001 to 1 (default: 1)")
    parser.add_argument("--adapter", choices=("smpp", "sandbox"), default="smpp",
                        help="sandbox: to try the bench out without a message centre; not for quoting")
    parser.add_argument("--window", type=int, default=1000, help="submits under way a bind, ours and Kannel's")
    parser.add_argument("--binds", type=int, default=1, help="binds of ours (Kannel's best number is looked for)")
    wanted = parser.parse_args()
    wanted.only = [name for name in wanted.only.split(",") if name]
    unknown = [name for name in wanted.only if name not in MEASURES]
    if unknown or not 0.001 <= wanted.scale <= 1:
        parser.error(f"no such measure: {', '.join(unknown)}" if unknown else "--scale must be from 0.001 to 1")
    return wanted


def run_one(name: str, context: Context) -> dict:
    began = time.monotonic()
    try:
        found = importlib.import_module(MEASURES[name]).measure(context)
    except Exception as error:  # noqa: BLE001  # one boundary: whatever a measure fails of, the others still run
        reason = (str(error).splitlines() or [""])[0]
        context.say(f"FAILED: {reason}")
        found = {"failed": f"{type(error).__name__}: {reason}", "said": str(error).splitlines()[1:20],
                 "trace": traceback.format_exc().splitlines()[-8:],
                 "daemon_log": context.last_log.splitlines()[-20:]}
    context.close_centre()
    context.processes.stop_all()
    found["took_s"] = round(time.monotonic() - began, 1)
    return found


def end(*_: object) -> None:
    raise SystemExit(130)


def main() -> int:
    wanted = arguments()
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    work = FOLDER / "work"
    context = Context(build=Path(os.environ["TONGDAI_BUILD"]).resolve(), work=work, scale=wanted.scale,
                      adapter=wanted.adapter, window=wanted.window, binds=wanted.binds)
    context.clean_up()  # of a run that was cut off
    work.mkdir(parents=True)
    tempfile.tempdir = str(work)
    about = machine.describe(work, SOURCE)
    about |= {"scale": wanted.scale, "adapter": wanted.adapter, "window": wanted.window, "binds": wanted.binds}
    try:
        for name in (key for key in MEASURES if key in wanted.only):
            print(f"{name}: {MEASURES[name]}", flush=True)
            context.results[name] = run_one(name, context)
            report.write(FOLDER, about, context.results)  # what was found stands, whatever comes after
    finally:
        context.clean_up()
    missed = report.write(FOLDER, about, context.results)
    print(f"report: {(FOLDER / 'report.md').relative_to(SOURCE)}; {missed} bars missed or not measured", flush=True)
    failed = any("failed" in found for found in context.results.values())
    return 1 if failed or missed else 0


if __name__ == "__main__":
    sys.exit(main())
