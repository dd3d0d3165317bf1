"""A message centre that npm `smpp` speaks for (smpp_centre.mjs), in the hand of a test."""

import json
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from daemon import LINE, wait_until

SCRIPT = Path(__file__).resolve().parent / "smpp_centre.mjs"
PATIENCE_S = 40  # two processors may be busy with a build

GATEWAY = """[[gateway]]
name = "{name}"
adapter = "smpp"
rate = {rate}
source = "{line}"
sender_is_discreet = true
[gateway.smpp]
host = "{host}"
port = {port}
system_id = "lc"
password = "{password}"
{more}
"""


def gateway(port: int, *, name: str = "centre", rate: int = 500, password: str = "secret", more: str = "",
            host: str = "127.0.0.1") -> str:
    """A [[gateway]] of the configuration and the only route, through it. `more`: keys of [gateway.smpp]."""
    return GATEWAY.format(name=name, rate=rate, line=LINE, host=host, port=port, password=password, more=more) + \
        f'[[route]]\ngateways = ["{name}"]\n'


class Centre:
    """The process. Events are kept in the order of their coming; a test waits for those it needs."""

    def __init__(self, *tls: Path) -> None:
        """`tls`: its key and its certificate."""
        self.events: list[dict[str, Any]] = []
        self.commands = 0
        self.process = subprocess.Popen(["node", SCRIPT, *tls], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding="utf-8")
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.port: int = self.wait("listening")["port"]

    def read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.events.append(json.loads(line))

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(PATIENCE_S)
        self.reader.join(PATIENCE_S)
        self.process.stdout.close()

    def all(self, event: str, since: int = 0, **like: Any) -> list[dict[str, Any]]:
        """The events of that name whose fields are as `like` says."""
        return [e for e in self.events[since:]
                if e["event"] == event and all(e.get(name) == value for name, value in like.items())]

    def wait(self, event: str, count: int = 1, since: int = 0, timeout_s: float = PATIENCE_S, **like: Any) -> dict:
        """The `count`th such event."""
        def look() -> list:
            if self.process.poll() is not None:
                raise AssertionError(f"the centre ended with {self.process.returncode}")
            return self.all(event, since, **like)[count - 1:]
        try:
            return wait_until(look, f"{event} {like}, number {count}", timeout_s)[0]
        except AssertionError as fault:
            raise AssertionError(f"{fault}; the centre saw: {self.events[since:][-25:]}") from None

    def do(self, what: str, **more: Any) -> dict[str, Any]:
        """A command, carried out when this returns."""
        self.commands += 1
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": what, "id": self.commands, **more}) + "\n")
        self.process.stdin.flush()
        done = self.wait("done", of=self.commands)
        if "fault" in done:
            raise AssertionError(f"{what}: {done['fault']}")
        return done

    def set(self, **settings: Any) -> None:
        self.do("set", **settings)

    def deliver(self, sender: str, *parts: str, **more: Any) -> list[int]:
        """Texts our line, one deliver_sm a part. Their numbers, as `answered` names them."""
        return self.do("deliver", **{"from": sender, "to": LINE, "parts": parts, **more})["numbers"]

    def bound(self, count: int = 1, since: int = 0) -> dict:
        return self.wait("bind", count, since, status=0)

    def texts(self, phone: str) -> list[str]:
        """What that phone got, oldest first; `phone` as the centre was told."""
        return [e["text"] for e in self.all("text") if e["to"].lstrip("+") == phone.lstrip("+")]

    def stays(self, look: Callable[[], bool], rounds: int = 3) -> None:
        """Holds that `look` is true while our side proves, that often, that it has read all that was sent."""
        for _ in range(rounds):
            since = len(self.events)
            self.do("enquire")
            self.wait("alive", since=since)
            if not look():
                raise AssertionError(f"not so any more; the centre saw: {self.events[-25:]}")
