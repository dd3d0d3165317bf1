"""Who is busy while the daemon is killed again and again: citizens who report, facilities that answer, an operator
who starts campaigns. Each notes what the service acknowledged to it."""

import random
import re
import threading
from collections.abc import Callable
from http.client import HTTPException

from daemon import POLICE, STATION, Daemon

CITIZENS = 400
CONTACTS = 2000
CAMPAIGN_RATE = 250  # parts a second: a campaign outlives many crashes, and there are several
CODE = re.compile(r"vu viec (\d+)")
LONG = " chong toi ve nha la danh toi va cac con, khong ai giup" * 6
UNREACHABLE = (OSError, HTTPException, ValueError, KeyError, AssertionError)


class People:
    def __init__(self, daemon: Daemon, seed: int) -> None:
        self.daemon = daemon
        self.seed = seed
        self.acknowledged: list[tuple[str, str]] = []  # reports: number, words
        self.campaigns: dict[str, str] = {}            # id -> its text
        self.unheard = 0                               # texts that were not acknowledged
        self.answered: set[tuple[str, str]] = set()    # facility's number, what it texted, acknowledged
        self.faults: list[str] = []
        self.done = threading.Event()
        self.threads = [threading.Thread(target=self.live, args=(life, n), daemon=True)
                        for n, life in enumerate((self.report, self.report, self.answer, self.campaign))]

    def __enter__(self) -> "People":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        for thread in self.threads:
            thread.join(60)

    def live(self, life: Callable[[random.Random, int], None], n: int) -> None:
        dice = random.Random(self.seed * 10 + n)
        turn = 0
        while not self.done.is_set():
            try:
                life(dice, turn * 10 + n)
            except UNREACHABLE:
                self.unheard += 1  # the daemon is being killed: whoever texted got no acknowledgement
            except Exception as error:  # noqa: BLE001
                self.faults.append(repr(error))
            turn += 1
            self.done.wait(dice.uniform(0.01, 0.08))

    def report(self, dice: random.Random, number: int) -> None:
        sender = f"+8497{2_000_000 + dice.randrange(CITIZENS):07d}"
        place = dice.choice(("o Than Uyen", "o Than Uyen", "o Sin Ho", ""))
        words = f"toi bi danh {place} lan {number}" + (LONG if dice.random() < 0.2 else "")
        if self.daemon.text(sender, words, timeout=10):
            self.acknowledged.append((sender, words))

    def answer(self, dice: random.Random, _: int) -> None:
        """A facility takes about half of what it is offered and finishes half of what it took."""
        for phone in (STATION, POLICE):
            for text in self.daemon.inbox(phone)[-100:]:
                found = CODE.search(text)
                if not found:
                    continue
                mine = "da giao cho ban" in text
                words = f"{'xong' if mine else 'nhan'} {found[1]}"
                wanted = (int(found[1]) + (3 if mine else 0)) % 4 < 2
                if wanted and (phone, words) not in self.answered and self.daemon.text(phone, words, timeout=10):
                    self.answered.add((phone, words))
                    self.done.wait(dice.uniform(0, 0.05))
            self.done.wait(0.05)

    def campaign(self, _: random.Random, number: int) -> None:
        """Keeps one campaign running. Where the last one stands is asked: a crash may have come between."""
        client = self.daemon.client
        live = [c for c in client.all("/campaigns") if c["state"] not in ("completed", "cancelled")]
        if not live:
            text = f"Chien dich {number}"
            self.daemon.launch_campaign(text, "dan", text, CAMPAIGN_RATE)
            return
        event = {"draft": "submit", "submitted": "approve"}.get(live[0]["state"])
        if event:
            client.post(f"/campaigns/{live[0]['id']}/{event}")
        self.done.wait(0.2)
