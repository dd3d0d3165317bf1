"""Every process that the bench starts, so that each is ended by its id, whatever happens."""

import subprocess
import time
from pathlib import Path
from typing import Any

STOP_S = 30


class Processes:
    def __init__(self) -> None:
        self.running: list[subprocess.Popen] = []

    def start(self, words: list[Any], log: Path | None = None, **more: Any) -> subprocess.Popen:
        """Starts a program; what it says goes to `log`, unless standard output is asked for as a pipe."""
        out = log.open("ab") if log else subprocess.DEVNULL
        try:
            more.setdefault("stdin", subprocess.DEVNULL)
            more.setdefault("stdout", out)
            process = subprocess.Popen([str(word) for word in words], stderr=out, **more)
        finally:
            if log:
                out.close()
        self.running.append(process)
        return process

    def stop(self, process: subprocess.Popen, timeout_s: float = STOP_S) -> int:
        """SIGTERM, and SIGKILL to one that does not hear it; the exit code."""
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process in self.running:
            self.running.remove(process)
        return process.returncode

    def stop_all(self) -> None:
        for process in reversed(list(self.running)):
            self.stop(process, 5)


def memory_kb(pid: int) -> dict[str, int]:
    """VmRSS, its peak VmHWM and the proportional PSS, in KiB."""
    found: dict[str, int] = {}
    for name, keys in (("status", ("VmRSS", "VmHWM")), ("smaps_rollup", ("Pss",))):
        for line in Path(f"/proc/{pid}/{name}").read_text().splitlines():
            key, _, value = line.partition(":")
            if key in keys:
                found[key] = int(value.split()[0])
    return found


def cpu_s(pid: int) -> float:
    """Processor time used so far, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100  # clock ticks, 100 a second on Linux


def wait_for(look: Any, what: str, timeout_s: float, poll_s: float = 0.02) -> Any:
    """What `look` returns as soon as it is true."""
    deadline = time.monotonic() + timeout_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {timeout_s:.0f} s in vain for {what}")
        time.sleep(poll_s)
