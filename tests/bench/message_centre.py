"""The message centre on loopback (tests/support/smsc) and its control port: one JSON document a line, each way.

All that the bench knows of the centre's own words stands here. Times are its wall clock, in microseconds."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from processes import Processes, wait_for

START_S = 20
ANSWER_S = 60
US = 1_000_000
COUNTED = ("submits", "repeats", "receipts", "delivers")


@dataclass(frozen=True)
class Submit:
    at: float      # seconds
    to: str
    text: str


def read_submit(line: str) -> Submit:
    at, to, text = line.rstrip("\n").split("\t", 2)
    return Submit(int(at) / US, to, text)


class Centre:
    """A running centre. Its log holds every text that it took, in order."""

    def __init__(self, processes: Processes, program: Path, work: Path, smpp_port: int, *,
                 receipts: bool = False) -> None:
        if not program.exists():
            raise RuntimeError(f"{program.name} is not built: there is no message centre to measure at")
        self.processes, self.smpp_port = processes, smpp_port
        self.log = work / "centre.log"
        self.log.unlink(missing_ok=True)
        self.tail: TextIO | None = None
        control_port = unused_port()
        words = [program, "--port", smpp_port, "--control", control_port, "--log", self.log, "--system-id", "bench",
                 "--password", "bench", *(["--receipts"] if receipts else [])]
        self.process = processes.start(words, work / "centre.stderr")
        try:
            self.control = wait_for(lambda: self.connect(control_port), "the centre's control port", START_S)
        except BaseException:
            processes.stop(self.process)
            raise
        self.lines = self.control.makefile("r", encoding="utf-8")

    def connect(self, port: int) -> socket.socket | None:
        if self.process.poll() is not None:
            raise RuntimeError(f"the centre ended with {self.process.returncode}")
        try:
            return socket.create_connection(("127.0.0.1", port), ANSWER_S)
        except OSError:
            return None

    def ask(self, do: str, **more: Any) -> dict:
        self.control.sendall((json.dumps({"do": do} | more, ensure_ascii=False) + "\n").encode())
        answer = json.loads(self.lines.readline() or "{}")
        if not answer or "error" in answer:
            raise RuntimeError(f"the centre answered {do} with {answer.get('error', 'nothing')}")
        return answer

    def counters(self) -> dict:
        """binds now; submits taken, repeats (same recipient and text), receipts and delivers sent, since its start."""
        return self.ask("counters")

    def difference(self, before: dict) -> dict:
        now = self.counters()
        return {name: now[name] - before.get(name, 0) for name in COUNTED}

    def deliver(self, sender: str, to: str, text: str) -> float:
        """Plays a handset: the text goes to whoever is bound. When it left, in seconds."""
        return self.ask("deliver", **{"from": sender, "to": to, "text": text})["at_us"] / US

    def drop_links(self) -> int:
        """Closes every link without a word; how many there were."""
        return self.ask("drop")["dropped"]

    def submit_span_s(self) -> float:
        """From the first submit to the last."""
        now = self.counters()
        return max(now["last_submit_us"] - now["first_submit_us"], 1) / US

    def submits(self) -> Iterator[Submit]:
        self.ask("flush")
        with self.log.open(encoding="utf-8", newline="\n") as log:
            for line in log:
                yield read_submit(line)

    def first_submit_after(self, at: float) -> float:
        """When the first text came after `at`, in seconds of the wall clock."""
        for submit in self.submits():
            if submit.at >= at:
                return submit.at
        raise RuntimeError("nothing came to the centre")

    def submits_besides(self, prefixes: tuple[str, ...], since: float) -> list[Submit]:
        """Those to other numbers than `prefixes` begin with, of the log that was not read before."""
        self.ask("flush")
        if not self.tail:
            self.tail = self.log.open(encoding="utf-8", newline="\n")
        found = []
        while line := self.tail.readline():
            if not line.endswith("\n"):  # still being written
                self.tail.seek(self.tail.tell() - len(line.encode()))
                break
            if not line.split("\t", 2)[1].startswith(prefixes):
                submit = read_submit(line)
                if submit.at >= since:
                    found.append(submit)
        return found

    def close(self) -> None:
        self.control.close()
        if self.tail:
            self.tail.close()
        self.processes.stop(self.process)


def unused_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
