"""kill -9, again and again, at any moment of a campaign and of the hotline's day. Afterwards the three promises are
looked up on disk and in what the handsets really received.

TONGDAI_CRASHES: how many (200). TONGDAI_SEED: a seed that failed."""

import os
import random
import sqlite3
import sys
import time
import unittest
from collections import Counter

from crash_people import CONTACTS, People
from daemon import Daemon, wait_until

CRASHES = int(os.environ.get("TONGDAI_CRASHES", "200"))
SEED = int(os.environ.get("TONGDAI_SEED", str(time.time_ns() % 1_000_000)))
ALIVE_S = (0.05, 0.8)
RESENT = 20        # uncertain messages that an operator sends again at the end
OVERDUE_MS = 30_000
# So many cases would stop the campaigns, which must come to their end.
HOTLINE = """capacity = 10000
[hotline.escalation]
critical_s = 60
high_s = 60
normal_s = 60
duty_repeat_s = 120
lease_critical_s = 60
lease_s = 300
[campaigns]
cap_per_day = 100
"""


class Crash(unittest.TestCase):
    def setUp(self) -> None:
        print(f"seed {SEED}, {CRASHES} crashes", file=sys.stderr, flush=True)
        self.daemon = Daemon(hotline=HOTLINE, sandbox="latency_ms = 10\nreceipt_delay_ms = 50\nwindow = 100")
        self.addCleanup(self.daemon.clean_up)

    def test_the_promises_hold(self) -> None:
        daemon = self.daemon.start()
        daemon.fill_directory()
        rows = "".join(f"098{n:07d},vi,dan\n" for n in range(CONTACTS))
        report = daemon.client.csv("/contacts/import", "phone,language,groups\n" + rows).json
        self.assertEqual(report["imported"], CONTACTS)
        with People(daemon, SEED) as people:
            self.kill_again_and_again()
        self.assertEqual(people.faults, [])
        self.settle()
        resent = self.resend_some()
        self.settle()
        shown = self.daemon.client.all("/campaigns")
        counts = {c["id"]: daemon.client.get(f"/campaigns/{c['id']}").json["counts"] for c in shown}
        self.assertEqual(daemon.stop(), 0, daemon.log_tail())
        with daemon.database() as db:
            self.assert_sound(db)
            self.assert_no_report_is_lost(db, people)
            self.assert_every_case_is_looked_after(db)
            self.assert_campaigns_add_up(db, counts)
            self.assert_handsets_got_what_the_history_says(db, resent)

    def kill_again_and_again(self) -> None:
        dice = random.Random(SEED)
        began = time.monotonic()
        for n in range(CRASHES):
            time.sleep(dice.uniform(*ALIVE_S))
            self.daemon.kill()
            self.daemon.start()
            if n % 50 == 49:
                print(f"{n + 1} crashes in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)

    def settle(self) -> None:
        """Every text is handled, every campaign at its end, nothing of it on the way."""
        def quiet() -> bool:
            with self.daemon.database() as db:
                return not any(db.execute(sql).fetchone()[0] for sql in (
                    "SELECT COUNT(*) FROM inbound WHERE state = 'received'",
                    "SELECT COUNT(*) FROM message WHERE state IN ('queued', 'submitting')",
                    "SELECT COUNT(*) FROM campaign WHERE state IN ('approved', 'running')"))
        wait_until(quiet, "an end of all work", 120, 0.2)

    def resend_some(self) -> list[int]:
        """An operator decides to send some of the uncertain again: these, and only these, may arrive twice."""
        page = self.daemon.client.get("/messages", query={"state": "uncertain", "limit": RESENT}).json["items"]
        for message in page:
            answer = self.daemon.client.post(f"/messages/{message['id']}/resend")
            self.assertEqual(answer.status, 200, answer)
        return [int(m["id"]) for m in page]

    def none(self, db: sqlite3.Connection, sql: str, promise: str) -> None:
        rows = db.execute(sql).fetchall()
        self.assertEqual(rows[:10], [], f"{promise}: {len(rows)} rows; seed {SEED}")

    def assert_sound(self, db: sqlite3.Connection) -> None:
        self.assertEqual(db.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(db.execute("PRAGMA foreign_key_check").fetchall(), [])

    def assert_no_report_is_lost(self, db: sqlite3.Connection, people: People) -> None:
        self.assertGreater(len(people.acknowledged), CRASHES, "too few reports to say anything")
        stored = Counter(db.execute("SELECT unseal(i.key_id, i.sealed_sender, ''), unseal(i.key_id, i.sealed_text, '') "
                                    "FROM inbound i JOIN case_text t ON t.inbound_id = i.id JOIN hotline_case c ON c.id = t.case_id AND c.reporter = i.sender"))
        lost = [report for report in people.acknowledged if not stored[report]]
        self.assertEqual(lost[:5], [], f"{len(lost)} of {len(people.acknowledged)} acknowledged reports are in no "
                                       f"case; seed {SEED}")
        self.none(db, "SELECT id FROM inbound WHERE state <> 'handled'", "every text is handled")
        print(f"{len(people.acknowledged)} reports acknowledged, {people.unheard} requests cut off", file=sys.stderr)

    def assert_every_case_is_looked_after(self, db: sqlite3.Connection) -> None:
        now = int(time.time() * 1000)
        self.none(db, "SELECT code FROM hotline_case WHERE state <> 'closed' AND due_at IS NULL", "a timer a case")
        self.none(db, f"SELECT code FROM hotline_case WHERE state <> 'closed' AND due_at < {now - OVERDUE_MS}",
                  "a timer fires when it is due")
        self.none(db, "SELECT code FROM hotline_case WHERE state = 'accepted' AND owner_id IS NULL", "an owner")
        self.none(db, "SELECT case_id FROM referral WHERE state = 'accepted' GROUP BY case_id HAVING COUNT(*) > 1",
                  "one owner a case")
        self.none(db, "SELECT id FROM hotline_case c WHERE NOT EXISTS (SELECT 1 FROM referral r WHERE r.case_id = c.id "
                      "AND r.state <> 'planned')", "somebody was asked in every case")
        self.none(db, "SELECT reporter FROM hotline_case WHERE state <> 'closed' AND reporter <> '' "
                      "GROUP BY reporter HAVING COUNT(*) > 1", "one open case a reporter")

    def assert_campaigns_add_up(self, db: sqlite3.Connection, counts: dict[str, dict[str, int]]) -> None:
        approved = [str(row[0]) for row in db.execute("SELECT id FROM campaign WHERE audience > 0")]
        self.assertGreater(len(approved), 0)
        for campaign in approved:
            count = dict(counts[campaign])
            self.assertEqual(count.pop("audience"), CONTACTS)
            self.assertEqual(sum(count.values()), CONTACTS, count)
            self.assertEqual(count["pending"] + count["queued"] + count["submitting"], 0, count)
        self.none(db, "SELECT campaign_id, recipient FROM campaign_recipient GROUP BY 1, 2 HAVING COUNT(*) > 1",
                  "nobody is in one audience twice")

    def assert_handsets_got_what_the_history_says(self, db: sqlite3.Connection, resent: list[int]) -> None:
        """A handset holds at most one copy a time that the history says "sent", and at least one of what was taken."""
        allowed: Counter = Counter()
        owed: set[tuple[str, str]] = set()
        purposes: dict[tuple[str, str], str] = {}
        aside: dict[int, list[str]] = {}  # the steps beside the straight way, which the message's own row tells
        for message, state in db.execute("SELECT message_id, state FROM message_event ORDER BY id"):
            aside.setdefault(message, []).append(state)
        for message, purpose, phone, text, state, submitted_at in db.execute(
                "SELECT m.id, m.purpose, CASE WHEN m.sealed_recipient IS NULL THEN m.recipient ELSE "
                "unseal(m.key_id, m.sealed_recipient, '') END, unseal(b.key_id, b.sealed_text, b.text), m.state, "
                "m.submitted_at FROM message m JOIN body b ON b.id = m.body_id"):
            states = ["queued"] + ["submitting"] * (submitted_at is not None) + aside.get(message, [])
            sent_again = sum(before == "submitting" and after == "queued" for before, after in zip(states, states[1:]))
            by_operator = sum(before == "uncertain" and after == "queued" for before, after in zip(states, states[1:]))
            if purpose == "campaign":
                self.assertEqual(sent_again, 0, f"a campaign's message was sent again by itself: {states}; seed {SEED}")
            self.assertEqual(by_operator, int(message in resent), states)
            allowed[phone, text] += sum(s == "submitting" for s in states)
            purposes[phone, text] = purpose
            if state in ("accepted", "delivered"):
                owed.add((phone, text))
        heard = self.daemon.heard()
        for key, copies in heard.items():
            self.assertLessEqual(copies, allowed[key], f"{copies} copies of a {purposes.get(key)} text; seed {SEED}")
        self.assertEqual([key for key in owed if not heard[key]][:5], [], f"taken, but at no handset; seed {SEED}")
        doubles = Counter(purposes[key] for key, copies in heard.items() if copies > 1)
        print(f"{sum(heard.values())} texts at handsets, several copies: {dict(doubles)}", file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
