"""What must hold, as ratios of one run wherever a ratio says more than a figure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bar:
    what: str
    unit: str                    # "x" for a ratio
    must: float
    aim: float | None
    least: bool                  # True: must be at least this; False: at most
    got: Callable[["Found"], float]
    beside: str = ""             # what the ratio is of


class Found:
    """The results by path: found("a", "with_receipts", "per_s"). KeyError with the reason for what was not measured."""

    def __init__(self, results: dict[str, dict]) -> None:
        self.results = results

    def __call__(self, measure: str, *path: str) -> Any:
        if measure not in self.results:
            raise KeyError(f"({measure}) was not run")
        here: Any = self.results[measure]
        if "failed" in here:
            raise KeyError(f"({measure}) FAILED: {here['failed']}")
        for step in path:
            if step not in here:
                raise KeyError(f"({measure}) has no {'.'.join(path)}")
            here = here[step]
            if isinstance(here, dict) and "failed" in here:
                raise KeyError(f"({measure}) {step} FAILED: {here['failed']}")
        return here


def plain(f: Found) -> float:
    return f("a", "without_receipts", "per_s")


def receipts(f: Found) -> float:
    return f("a", "with_receipts", "per_s")


def faults(f: Found, measure: str) -> float:
    return float(len(f(measure, "faults")))


def worst(f: Found, what: str) -> float:
    """Of the plain text, and of the one that is written to each person."""
    return max(f("i", "plain", what), f("i", "personal", what))


BARS = (
    Bar("bulk, durable, no receipts", "x", 4, None, True, lambda f: plain(f) / f("b", "batch", "per_s"),
        "Kannel's batch"),
    Bar("bulk, durable, no receipts (aim)", "x", 0, 0.6, True, lambda f: plain(f) / f("c", "per_s"), "bare SQLite"),
    Bar("bulk with receipts of all parts", "x", 2.5, None, True, lambda f: receipts(f) / f("b", "batch", "per_s"),
        "Kannel's batch"),
    Bar("bulk with receipts (aim)", "x", 0, 0.4, True, lambda f: receipts(f) / f("c", "per_s"), "bare SQLite"),
    Bar("single sends by HTTP, durable", "x", 1, 2, True, lambda f: f("d", "per_s") / f("b", "http", "per_s"),
        "Kannel's HTTP"),
    Bar("single sends by HTTP (beside answers before the queue has it)", "x", 0, 1, True,
        lambda f: f("d", "per_s") / f("b", "http_immediate", "per_s"), "Kannel's HTTP with immediate-sendsms-reply"),
    Bar("reply p99 during a full-speed blast", "ms", 25, 10, False, lambda f: f("e", "blast", "reply_ms", "p99")),
    Bar("alert p99 during a full-speed blast", "ms", 25, 10, False, lambda f: f("e", "blast", "alert_ms", "p99")),
    Bar("resident memory, 10 M recipients pending", "MB", 200, 100, False, lambda f: f("f", "rss_max_mb")),
    Bar("first submit after start, 10 M pending", "s", 3, 1, False, lambda f: f("f", "first_submit_s")),
    Bar("cost a message at 10 M history against 100 k", "x", 1.3, 1.1, False, lambda f: f("h", "cost_ratio"),
        "the same blast with 100 k history"),
    Bar("contact import, phone index and groups", "rows/s", 100_000, 250_000, True, lambda f: f("g", "per_s")),
    Bar("preview, audience of 1 M", "s", 5, None, False, lambda f: worst(f, "preview_s")),
    Bar("freeze, audience of 1 M", "s", 10, None, False, lambda f: worst(f, "freeze_s")),
    Bar("counts of a campaign of 1 M while it runs, p99", "ms", 50, None, False, lambda f: f("i", "counts_ms", "p99")),
    Bar("resident memory, preview, freeze and run of 1 M", "MB", 200, 100, False,
        lambda f: max(f("i", "prepared_mb"), f("i", "running_mb"))),
    Bar("report committed, its alert at the centre, p99, 1,000 reports a minute", "ms", 50, None, False,
        lambda f: f("j", "alert_ms", "p99")),
    Bar("alert of a critical case at the centre, the slowest of them", "ms", 1000, None, False,
        lambda f: f("j", "alert_ms", "max")),
    Bar("kill -9 fifty times: faults in the accounts", "", 0, None, False, lambda f: faults(f, "kill9")),
    Bar("link dropped a hundred times: faults in the accounts", "", 0, None, False, lambda f: faults(f, "drop")),
)
