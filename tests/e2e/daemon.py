"""The real daemon in a folder of its own: configured, started, killed, started again; always by its process id."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import unittest
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import sealed
from client import Client

SOURCE = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("TONGDAI_BUILD", SOURCE / "build" / "release")).resolve()
TONGDAID, TONGDAI = BUILD / "tongdaid", BUILD / "tongdai"
START_S = 20  # a start after a crash checks the database
STOP_S = 30
POLL_S = 0.02

LINE = "19001234"
STATION, POLICE = "0912000101", "0912000102"
FACILITIES = f"""name,type,services,units,phone,hours
Than Uyen health station,clinic,medical;counselling,03595,{STATION},24/7
Than Uyen police,police_post,police,03595,{POLICE},24/7
Sin Ho clinic,clinic,medical,03478,0912000104,24/7
"""
REPORT = "toi bi danh, o Than Uyen"
CAMPAIGN = """title = "{title}"
class = "social_policy"
[audience]
groups = ["{group}"]
[[text]]
language = "vi"
accents = "strip"
body = "{text}"
[schedule]
windows = ["00:00-24:00"]
rate = {rate}
"""

T = TypeVar("T")


def wait_until(look: Callable[[], T], what: str, timeout_s: float = 20, poll_s: float = POLL_S) -> T:
    """What `look` returns as soon as it is true. Polls: the daemon is another process."""
    deadline = time.monotonic() + timeout_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout_s} s in vain for: {what}; last seen: {found!r}")
        time.sleep(poll_s)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Daemon:
    """A folder with a configuration and, between start() and stop() or kill(), a process. `gateways`: [[gateway]] and
    [[route]] tables that stand in place of the sandbox."""

    def __init__(self, *, sandbox: str = "latency_ms = 5\nreceipt_delay_ms = 20", hotline: str = "", rate: int = 2000,
                 tcp: bool = False, more: str = "", gateways: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="td-e2e-"))
        self.data = self.folder / "data"
        self.socket = self.folder / "d.sock"
        self.config = self.folder / "tongdai.toml"
        self.log = self.folder / "stderr.log"
        self.memory = self.folder / "handsets.txt"
        self.port = free_port() if tcp else 0
        self.process: subprocess.Popen | None = None
        text = self.configuration(hotline, gateways or self.sandbox(sandbox, rate), more)
        self.config.write_text(text, encoding="utf-8")
        self.client = Client(socket_path=str(self.socket))

    def configuration(self, hotline: str, gateways: str, more: str) -> str:
        listen = f"127.0.0.1:{self.port}" if self.port else ""
        return f"""[service]
name = "End to end"
timezone = "Asia/Ho_Chi_Minh"
data_dir = "data"
[api]
listen = "{listen}"
socket = "d.sock"
[numbering]
plan = "{SOURCE}/config/numbering/vn.toml"
[hotline]
line = "{LINE}"
phrases = "{SOURCE}/config/hotline/phrases.toml"
duty = ["0912000191", "0962000192"]
{hotline}
{gateways}
{more}"""

    def sandbox(self, settings: str, rate: int) -> str:
        return f"""[[gateway]]
name = "sandbox"
adapter = "sandbox"
rate = {rate}
source = "{LINE}"
sender_is_discreet = true
[gateway.sandbox]
memory = "{self.memory}"
{settings}
[[route]]
gateways = ["sandbox"]"""

    def launch(self, *arguments: str) -> subprocess.Popen:
        with self.log.open("ab") as log:
            return subprocess.Popen([TONGDAID, "--config", self.config, *arguments], stdin=subprocess.DEVNULL,
                                    stdout=log, stderr=log, cwd=self.folder)

    def start(self) -> "Daemon":
        self.process = self.launch()
        wait_until(self.is_up, "the daemon answers", START_S, 0.005)
        return self

    def is_up(self) -> bool:
        assert self.process
        if self.process.poll() is not None:
            raise AssertionError(f"the daemon ended with {self.process.returncode}:\n{self.log_tail()}")
        try:
            return self.client.get("/status", timeout=5).status == 200
        except (OSError, ValueError):
            return False

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(STOP_S)
        self.process = None
        return code

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def clean_up(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log_tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    @property
    def tcp(self) -> Client:
        return Client(port=self.port, token=(self.data / "api.token").read_text().strip())

    def cli(self, *words: Any, stdin: str = "", timeout: float = 120, zone: str | None = None) -> Ran:
        environment = os.environ | {"TONGDAI_SOCKET": str(self.socket), "LC_ALL": "C.UTF-8"}
        if zone:
            environment["TZ"] = zone
        done = subprocess.run([TONGDAI, *map(str, words)], input=stdin, capture_output=True, text=True,
                              encoding="utf-8", env=environment, cwd=self.folder, timeout=timeout)
        return Ran(done.returncode, done.stdout, done.stderr)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    # What scenarios are made of.

    def fill_directory(self) -> None:
        units = (SOURCE / "config" / "units" / "lai_chau.csv").read_bytes()
        for path, body in (("/units/import", units), ("/facilities/import", FACILITIES)):
            answer = self.client.csv(path, body)
            assert answer.status in (200, 201) and answer.json["rejected"] == 0, (path, answer)

    def text(self, sender: str, words: str, timeout: float = 30) -> bool:
        """A citizen texts the line. True: the service said that the text is stored."""
        body = {"from": sender, "to": LINE, "text": words}
        return self.client.post("/sandbox/texts", body, timeout=timeout).status in (200, 201, 202)

    def inbox(self, phone: str) -> list[str]:
        return [item["text"] for item in self.client.all(f"/sandbox/inbox/{phone}", limit=1000)]

    def launch_campaign(self, title: str, group: str, text: str, rate: int = 2000) -> str:
        toml = CAMPAIGN.format(title=title, group=group, text=text, rate=rate)
        campaign = self.client.post("/campaigns", toml, content_type="application/toml").json["id"]
        for event in ("submit", "approve"):
            answer = self.client.post(f"/campaigns/{campaign}/{event}")
            assert answer.status == 200, (event, answer)
        return campaign

    def heard(self) -> Counter:
        """(phone, text) -> how often that handset really got it, counted in the sandbox's memory file."""
        seen: Counter = Counter()
        if self.memory.exists():
            for line in self.memory.read_text(encoding="utf-8", errors="replace").split("\n"):
                fields = line.split("\t", 3)
                if len(fields) == 4:
                    seen[fields[2], fields[3]] += 1
        return seen

    def database(self) -> sqlite3.Connection:
        return sealed.connect(self.data)


class DaemonCase(unittest.TestCase):
    """Tests that share one daemon with the sample directory. `settings` go to Daemon()."""

    settings: dict[str, Any] = {}
    daemon: Daemon

    @classmethod
    def setUpClass(cls) -> None:
        cls.daemon = Daemon(**cls.settings)
        cls.addClassCleanup(cls.daemon.clean_up)
        cls.daemon.start()
        cls.daemon.fill_directory()

    def assert_problem(self, answer: Any, status: int) -> dict:
        """An RFC 9457 document with a stable type."""
        self.assertEqual(answer.status, status, answer.body[:500])
        self.assertEqual(answer.type, "application/problem+json")
        document = answer.json
        self.assertRegex(document["type"], r"^/problems/[a-z0-9_-]+$")
        self.assertEqual(document["status"], status)
        self.assertTrue(document["title"])
        return document
