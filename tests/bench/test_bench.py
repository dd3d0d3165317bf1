"""The bench's own arithmetic: a measure that cannot find a fault is worth nothing."""

import json
import sqlite3
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import people
import report
from accounts import compare
from bars import BARS, Found
from multiply import multiply

TEXT = "a text"
SCHEMA = """
CREATE TABLE campaign (id INTEGER PRIMARY KEY, created_at INTEGER);
CREATE TABLE message (id INTEGER PRIMARY KEY, campaign_id INTEGER, recipient TEXT, updated_at INTEGER);
CREATE INDEX message_by_recipient ON message (recipient, id);
CREATE TABLE message_part (message_id INTEGER, part INTEGER, gateway_ref TEXT, PRIMARY KEY (message_id, part))
  WITHOUT ROWID;
CREATE TABLE message_event (id INTEGER PRIMARY KEY, message_id INTEGER, at INTEGER);
CREATE TABLE contact (id INTEGER PRIMARY KEY, created_at INTEGER);
"""


@dataclass
class Submit:
    to: str
    text: str
    at: float = 0.0


class Board:
    """As much of a switchboard as the books need: one campaign of states by message id."""

    def __init__(self, states: dict[str, str], submits_by_history: int = 1) -> None:
        self.states, self.history = states, submits_by_history
        self.client = self

    def get(self, path: str, timeout: float = 0) -> SimpleNamespace:
        if path.endswith("/export"):
            rows = "".join(f"{m},+84*,{state},,{m}\r\n" for m, state in self.states.items())
            return SimpleNamespace(status=200, body=("\ufeffseq,phone,state,reason,message\r\n" + rows).encode())
        return SimpleNamespace(status=200, json={"history": [{"state": "submitting"}] * self.history})

    def database(self) -> sqlite3.Connection:
        db = sqlite3.connect(":memory:")
        db.executescript(SCHEMA)
        db.executemany("INSERT INTO message VALUES (?, 1, '+84' || ?, 0)", [(int(m), m) for m in self.states])
        return db

    def counts(self, _: str) -> dict[str, int]:
        counts = {"audience": len(self.states), "pending": 0, "queued": 0, "submitting": 0}
        for state in self.states.values():
            counts[state] = counts.get(state, 0) + 1
        return counts


def centre(*numbers: str) -> SimpleNamespace:
    return SimpleNamespace(submits=lambda: [Submit("84" + number, TEXT) for number in numbers])


class Books(unittest.TestCase):
    def faults(self, board: Board, *heard: str) -> list[str]:
        return compare(board, centre(*heard), {"1": TEXT}).faults

    def test_books_that_agree(self) -> None:
        board = Board({"1": "accepted", "2": "delivered", "3": "uncertain", "4": "uncertain", "5": "failed"})
        books = compare(board, centre("1", "2", "3"), {"1": TEXT})
        self.assertEqual(books.faults, [])
        self.assertEqual((books.sent, books.recorded, books.uncertain, books.uncertain_and_sent), (3, 2, 2, 1))

    def test_taken_on_paper_only(self) -> None:
        self.assertIn("recorded as taken", self.faults(Board({"1": "accepted", "2": "accepted"}), "1")[0])

    def test_sent_and_forgotten(self) -> None:
        self.assertIn("neither recorded nor uncertain", self.faults(Board({"1": "expired"}), "1")[0])

    def test_sent_twice(self) -> None:
        self.assertIn("came twice", self.faults(Board({"1": "accepted"}), "1", "1")[0])

    def test_sent_twice_and_the_daemon_says_so(self) -> None:
        books = compare(Board({"1": "accepted"}, 2), centre("1", "1"), {"1": TEXT})
        self.assertEqual((books.faults, books.resent_by_rule), ([], 1))

    def test_a_stranger(self) -> None:
        self.assertIn("no campaign has", self.faults(Board({"1": "accepted"}), "1", "9")[0])

    def test_a_campaign_that_did_not_end(self) -> None:
        self.assertIn("did not come to its end", self.faults(Board({"1": "queued"}))[0])


class Audience(unittest.TestCase):
    def test_nobody_comes_twice(self) -> None:
        count = 300_000
        self.assertEqual(len({people.national(n) for n in range(count)}), count)
        self.assertTrue(all(len(people.national(n)) == 10 for n in range(count)))

    def test_citizens_are_not_of_the_audience(self) -> None:
        audience = tuple("84" + prefix for prefix in people.PREFIXES)
        self.assertFalse(any(people.citizen(n).startswith(audience) for n in range(1000)))


class Multiplied(unittest.TestCase):
    def test_history_is_copied_into_the_past(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            db = sqlite3.connect(Path(folder) / "x.db", isolation_level=None)
            db.executescript(SCHEMA)
            now = 10**12
            db.execute("INSERT INTO campaign VALUES (500, ?)", (now,))
            for n in (1000, 1007, 1010):
                db.execute("INSERT INTO message VALUES (?, 500, '+841', ?)", (n, now))
                db.execute("INSERT INTO message_part VALUES (?, 1, 'r' || ?)", (n, n))
                db.execute("INSERT INTO message_event (message_id, at) VALUES (?, ?)", (n, now))
            db.execute("INSERT INTO contact VALUES (1, ?)", (now,))
            self.assertEqual(multiply(db, 4), 12)
            one = lambda sql: db.execute(sql).fetchone()[0]  # noqa: E731
            self.assertEqual(one("SELECT COUNT(*) FROM message_part p JOIN message m ON m.id = p.message_id"), 12)
            self.assertEqual(one("SELECT COUNT(*) FROM message_event e JOIN message m ON m.id = e.message_id"), 12)
            self.assertEqual(one("SELECT COUNT(DISTINCT campaign_id) FROM message"), 4)
            self.assertEqual(one("SELECT COUNT(*) FROM campaign"), 4)
            self.assertEqual(one("SELECT COUNT(DISTINCT gateway_ref) FROM message_part"), 12)
            self.assertEqual(one(f"SELECT COUNT(*) FROM message WHERE updated_at = {now}"), 3)
            self.assertEqual(one("SELECT COUNT(*) FROM contact"), 1)
            self.assertEqual(one("SELECT COUNT(*) FROM sqlite_master WHERE name = 'message_by_recipient'"), 1)
            db.close()


class Report(unittest.TestCase):
    RESULTS = {"a": {"without_receipts": {"per_s": 80_000.0}, "with_receipts": {"per_s": 30_000.0}},
               "b": {"batch": {"per_s": 15_000.0}}, "c": {"per_s": 100_000.0},
               "g": {"failed": "RuntimeError: no disk", "trace": [], "daemon_log": []}}

    def rows(self) -> dict[str, dict]:
        return {bar.what: report.row(bar, Found(self.RESULTS)) for bar in BARS}

    def test_a_bar_is_a_ratio_of_one_run(self) -> None:
        bulk = self.rows()["bulk, durable, no receipts"]
        self.assertEqual(bulk["result"], "pass")
        self.assertAlmostEqual(bulk["got"], 80 / 15)

    def test_a_missed_bar(self) -> None:
        self.assertEqual(self.rows()["bulk with receipts of all parts"]["result"], "MISSED")

    def test_a_failed_measure_is_no_pass(self) -> None:
        row = self.rows()["contact import, phone index and groups"]
        self.assertEqual(row["result"], "FAILED")
        self.assertIn("no disk", row["reason"])

    def test_both_files_are_written(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            missed = report.write(Path(folder), {"cpu": "x"}, self.RESULTS)
            self.assertEqual(missed, 2)
            self.assertEqual(len(json.loads((Path(folder) / "report.json").read_text())["bars"]), len(BARS))
            self.assertIn("FAILED", (Path(folder) / "report.md").read_text())


if __name__ == "__main__":
    unittest.main()
