"""The daemon under measure: that of the end-to-end tests, with a message centre behind it in place of the sandbox."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "e2e"))

import daemon as e2e  # noqa: E402
from daemon import free_port  # noqa: E402, F401
from people import GROUP  # noqa: E402
from processes import wait_for  # noqa: E402

GATEWAY = "bench"
RATE_MAX = 100_000          # parts a second, the most that a gateway's rate may be
POLL_RATE = 1_000_000       # messages a second: faster than any, so that an end is not overslept
START_S = 600               # ten millions of messages may have to be looked through after a crash
LONG_S = 3600               # freezing an audience of ten millions
DONE = ("accepted", "delivered", "undelivered", "failed", "suppressed", "expired", "cancelled", "uncertain")

SMPP = """[[gateway]]
name = "{name}"
adapter = "smpp"
rate = {rate}
source = "{line}"
sender_is_discreet = true
[gateway.smpp]
host = "127.0.0.1"
port = {port}
system_id = "bench"
password = "bench"
bind = "transceiver"
binds = {binds}
window = {window}
default_alphabet = "gsm7"
[[route]]
gateways = ["{name}"]
"""
# For trying the bench out where there is no centre: figures are then of the daemon alone.
SANDBOX = """[[gateway]]
name = "{name}"
adapter = "sandbox"
rate = {rate}
source = "{line}"
sender_is_discreet = true
[gateway.sandbox]
latency_ms = 0
window = 10000
receipts = {receipts}
[[route]]
gateways = ["{name}"]
"""
MORE = """[campaigns]
cap_per_day = 100
"""
CAMPAIGN = """title = "{title}"
class = "social_policy"
[audience]
groups = ["{group}"]
[[text]]
language = "vi"
accents = "strip"
body = "{text}"
[schedule]
start = 2021-11-25T07:00:00+07:00
windows = ["00:00-24:00"]
paced_by_cases = false
"""


class Switchboard(e2e.Daemon):
    """A folder, a configuration and, while it runs, a process that `processes` also knows."""

    def __init__(self, context: Any, *, binds: int = 0, window: int = 0, data: Path | None = None,
                 receipts: bool = True) -> None:
        self.context = context
        self.receipts = receipts
        self.binds, self.window = binds or context.binds, window or context.window
        super().__init__(tcp=True, gateways=self.gateway(), more=MORE)
        if data:
            shutil.copytree(data, self.data, dirs_exist_ok=True, copy_function=shutil.copy2)
            os.sync()  # what is measured must not wait for the copy to reach the disk

    def gateway(self) -> str:
        pattern = SANDBOX if self.context.adapter == "sandbox" else SMPP
        return pattern.format(name=GATEWAY, rate=RATE_MAX, line=e2e.LINE, port=self.context.smpp_port,
                              binds=self.binds, window=self.window, receipts=str(self.receipts).lower())

    def launch(self, *arguments: str) -> subprocess.Popen:
        self.launched_at = time.time()
        return self.context.processes.start([e2e.TONGDAID, "--config", self.config, *arguments], self.log,
                                            cwd=self.folder)

    def start(self) -> "Switchboard":
        self.process = self.launch()
        wait_for(self.is_up, "the daemon's answer", START_S, 0.01)
        return self

    def stop(self) -> int:
        process, self.process = self.process, None
        return self.context.processes.stop(process, START_S)

    def kill(self) -> None:
        """kill -9."""
        process, self.process = self.process, None
        if process:
            process.kill()
            process.wait()
            self.context.processes.stop(process)

    def clean_up(self) -> None:
        if self.process:
            self.context.processes.stop(self.process)
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Switchboard":
        return self

    def __exit__(self, *_: object) -> None:
        self.keep_log()
        self.clean_up()

    def keep_log(self) -> None:
        """The last words of a daemon are part of a failure's reason."""
        self.context.last_log = self.log_tail(20)

    def linked(self) -> bool:
        gateways = self.client.get("/status", timeout=60).json["gateways"]
        return all(gateway["state"] == "up" for gateway in gateways)

    def wait_linked(self, timeout_s: float = 60) -> None:
        wait_for(self.linked, "a bound link", timeout_s)

    def fill(self, contacts: int, file: Path) -> dict:
        """Units, facilities and the group of the audience; what the import said."""
        self.fill_directory()
        done = self.cli("--json", "contact", "import", file, "--group", GROUP, timeout=LONG_S)
        if done.code != 0 or done.json["imported"] != contacts:
            said = (done.out + done.err)[:500]
            raise RuntimeError(f"the import of {contacts} contacts ended with {done.code}: {said}")
        return done.json

    def blast(self, text: str, group: str = GROUP, title: str = "bench") -> str:
        """A campaign to a group, approved and its audience frozen, so that it starts at once; its id."""
        campaign = self.draft(CAMPAIGN.format(title=title, group=group, text=text))
        self.approve(campaign)
        self.wait_frozen(campaign)
        return campaign

    def draft(self, toml: str) -> str:
        """A campaign as its file says; its id."""
        answer = self.client.post("/campaigns", toml, content_type="application/toml", timeout=LONG_S)
        if answer.status != 201:
            raise RuntimeError(f"the campaign was not created: {answer.status} {answer.body[:500]!r}")
        return answer.json["id"]

    def approve(self, campaign: str) -> None:
        for event in ("submit", "approve"):
            self.act(campaign, event)

    def act(self, campaign: str, event: str) -> None:
        answer = self.client.post(f"/campaigns/{campaign}/{event}", timeout=LONG_S)
        if answer.status != 200:
            raise RuntimeError(f"{event} was answered with {answer.status} {answer.body[:500]!r}")

    def wait_frozen(self, campaign: str) -> None:
        deadline = time.monotonic() + LONG_S
        while not self.client.get(f"/campaigns/{campaign}", timeout=LONG_S).json["frozen"]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {LONG_S} s the audience was not frozen")
            time.sleep(0.05)

    def counts(self, campaign: str) -> dict[str, int]:
        return self.client.get(f"/campaigns/{campaign}", timeout=LONG_S).json["counts"]

    def wait_done(self, campaign: str, final: bool, timeout_s: float) -> tuple[dict[str, int], float]:
        """Until everybody is in a state that nothing but a receipt changes or, with `final`, in one that nothing
        changes any more. The counts, and the wall clock in seconds before the question that saw it."""
        deadline = time.monotonic() + timeout_s
        wanted = tuple(state for state in DONE if not (final and state == "accepted"))
        while True:
            asked_at = time.time()
            counts = self.counts(campaign)
            if sum(counts.get(state, 0) for state in wanted) >= counts["audience"] > 0:
                return counts, asked_at
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {timeout_s:.0f} s the campaign stood at {counts}")
            # Counting a million rows costs as much as sending some: look seldom until it is near.
            open_yet = counts["audience"] - sum(counts.get(state, 0) for state in wanted)
            time.sleep(min(1.0, max(0.01, open_yet / POLL_RATE / 4)))

    def wait_completed(self) -> None:
        """The pump closes a campaign a second after its last message; a copy of an open one would go on."""
        wait_for(lambda: all(campaign["state"] == "completed" for campaign in self.client.all("/campaigns")),
                 "the campaigns' end", 60)

    def commits(self) -> dict:
        return self.client.get("/status", timeout=60).json["database"]

    def size_after_checkpoint(self) -> int:
        """Bytes of the stopped database with its log written back."""
        with self.own_database() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        return sum(file.stat().st_size for file in self.data.glob("tongdai.db*"))

    def own_database(self) -> "e2e.sqlite3.Connection":
        """For writing, while the daemon does not run."""
        assert not self.process
        return e2e.sqlite3.connect(self.data / "tongdai.db", timeout=60, isolation_level=None)

    def environment(self) -> dict[str, str]:
        return os.environ | {"TONGDAI_SOCKET": str(self.socket)}
