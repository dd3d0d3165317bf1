"""What the figures were taken on."""

import datetime
import os
import platform
import subprocess
from pathlib import Path


def first_line(words: list[str]) -> str:
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout.strip().splitlines() or [""])[0]


def cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def disk_of(folder: Path) -> str:
    """Device, file system and how it is mounted."""
    return first_line(["findmnt", "-n", "-o", "SOURCE,FSTYPE,OPTIONS", "--target", str(folder)]) or "unknown"


def memory_gb() -> float:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)


def describe(work: Path, source: Path) -> dict:
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "cpu": cpu_model(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": memory_gb(),
        "kernel": f"{platform.system()} {platform.release()}",
        "disk": disk_of(work),
        "sqlite": first_line(["sqlite3", "--version"]).split(" ")[0],
        "kannel": first_line(["dpkg-query", "-W", "-f", "${Version}", "kannel"]) or "not installed",
        "revision": first_line(["git", "-c", f"safe.directory={source}", "-C", str(source), "describe", "--always",
                                "--dirty"]),
        "load_before": os.getloadavg()[0],
    }
