"""What the tests of SMPP share: a message centre by another hand (npm `smpp`) and a daemon bound to it."""

import re
import time
import unittest
from contextlib import closing
from typing import Any

from centre import PATIENCE_S, Centre, gateway
from daemon import Daemon, wait_until

CITIZEN, CITIZEN_E164 = "84912345678", "+84912345678"
CALM_S = 3  # a storm shows within it
BINDS_IN_CALM_MAX = 5
UCS2_PART = 67
SENTENCE = "Chồng tôi uống rượu về là đập phá đồ đạc, đánh tôi và hai cháu nhỏ ở bản Nà Ban, xã Than Uyên. "
GSM7 = "@£$¥èéùìòÇ Øø Åå Δ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./09:;<=>?¡AZ ÄÖÑ\u00dc\u00a7¿az äöñüà ^{}\\[~]|€"


def vietnamese(parts: int) -> str:
    """A text that needs that many parts in UCS-2, filling all but the last."""
    return (SENTENCE * 5)[:UCS2_PART * parts - 3].strip() + "ạ"


class SmppCase(unittest.TestCase):
    """A centre and a daemon for each test."""

    centre: Centre
    daemon: Daemon

    def open(self, more: str = "", *, password: str = "secret", directory: bool = False, bound: int = 1,
             rate: int = 500, **settings: Any) -> None:
        """`more`: keys of [gateway.smpp]; `settings`: how the centre behaves; `bound`: wait for so many binds.
        `rate`: of the gateway, parts a second."""
        self.centre = Centre()
        self.addCleanup(self.centre.close)
        self.centre.set(**settings)
        self.daemon = Daemon(gateways=gateway(self.centre.port, password=password, more=more, rate=rate))
        self.addCleanup(self.daemon.clean_up)
        self.daemon.start()
        if directory:
            self.daemon.fill_directory()
        if bound:
            self.centre.bound(bound)

    def send(self, text: str, to: str = CITIZEN_E164, purpose: str = "operator_code") -> str:
        answer = self.daemon.client.post("/messages", {"to": to, "text": text, "purpose": purpose})
        self.assertEqual(answer.status, 202, answer.body[:300])
        return answer.json["id"]

    def message(self, message: str) -> dict[str, Any]:
        return self.daemon.client.get(f"/messages/{message}").json

    def reaches(self, message: str, *states: str) -> dict[str, Any]:
        wait_until(lambda: self.message(message)["state"] in states, f"the message is {states}", PATIENCE_S)
        return self.message(message)

    def link(self) -> dict[str, Any]:
        return self.daemon.client.get("/gateways").json["items"][0]

    def alarms(self) -> int:
        metrics = self.daemon.client.get("//metrics").body.decode()
        found = re.search(r"^tongdai_alarms_total (\d+)", metrics, re.MULTILINE)
        assert found, "no metric of the alarms"
        return int(found[1])

    def inbound(self) -> list[tuple[str, str]]:
        """(sender, text) of what is in the inbox, oldest first."""
        with closing(self.daemon.database()) as database:
            return database.execute("SELECT unseal(key_id, sealed_sender, sender), unseal(key_id, sealed_text, text) "
                                    "FROM inbound ORDER BY id").fetchall()

    def cases(self) -> list[dict[str, Any]]:
        return self.daemon.client.all("/cases")

    def goes_through(self, text: str = "van chay") -> None:
        """The link works: a text is sent, reported as delivered, and on the phone once."""
        self.reaches(self.send(text, "+84987654321"), "delivered")
        self.assertEqual(self.centre.texts("84987654321").count(text), 1)

    def assert_calm(self, event: str, since: int) -> None:
        """Over some seconds that event comes now and then, not in a storm."""
        end = time.monotonic() + CALM_S
        while time.monotonic() < end:
            self.assertLessEqual(len(self.centre.all(event, since)), BINDS_IN_CALM_MAX)
            time.sleep(0.1)
