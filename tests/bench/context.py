"""What the measures share: where things are, how large the run is, which processes live, what was found so far."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import people
from message_centre import Centre
from processes import Processes
from switchboard import Switchboard, free_port

MILLION = 1_000_000
PROGRAM_S = 3600


class Context:
    def __init__(self, *, build: Path, work: Path, scale: float, adapter: str, window: int, binds: int) -> None:
        self.build, self.work, self.scale, self.adapter = build, work, scale, adapter
        self.window, self.binds = window, binds
        self.processes = Processes()
        self.centre: Centre | None = None
        self.results: dict[str, dict] = {}
        self.last_log = ""
        self.smpp_port = free_port()  # one for the whole run: a configuration may be written before its centre stands

    def scaled(self, count: int, least: int = 1000) -> int:
        return max(least, round(count * self.scale))

    def say(self, words: str) -> None:
        print(f"  {words}", flush=True)

    def open_centre(self, **options: Any) -> Centre | None:
        """A new centre in place of the last one, so that no measure sees another's log."""
        self.close_centre()
        if self.adapter == "smpp":
            self.centre = Centre(self.processes, self.build / "smsc", self.work, self.smpp_port, **options)
        return self.centre

    def close_centre(self) -> None:
        if self.centre:
            self.centre.close()
            self.centre = None

    def need_centre(self, **options: Any) -> Centre:
        centre = self.open_centre(**options)
        if not centre:
            raise RuntimeError(f"this is measured at the message centre, and the adapter is {self.adapter}")
        return centre

    def run_program(self, name: str, *words: Any, timeout_s: float = PROGRAM_S) -> dict:
        """One of the bench's own programs; the JSON document that it prints."""
        process = self.processes.start([self.build / name, *words], self.work / f"{name}.log", stdout=subprocess.PIPE,
                                       text=True)
        try:
            out, _ = process.communicate(timeout=timeout_s)
        finally:
            self.processes.stop(process)
        if process.returncode != 0:
            raise RuntimeError(f"{name} ended with {process.returncode}: "
                               + (self.work / f"{name}.log").read_text(errors="replace")[-500:])
        return json.loads(out)

    def prepared(self, contacts: int) -> Path:
        """A data folder with units, facilities and a group of so many contacts; made once a run."""
        kept = self.work / f"prepared-{contacts}"
        if not kept.exists():
            self.close_centre()
            with Switchboard(self) as board:
                file = people.write_contacts(board.folder / "contacts.csv", 0, contacts)
                board.start().fill(contacts, file)
                board.stop()
                board.size_after_checkpoint()
                board.data.rename(kept)
        return kept

    def clean_up(self) -> None:
        self.close_centre()
        self.processes.stop_all()
        shutil.rmtree(self.work, ignore_errors=True)
