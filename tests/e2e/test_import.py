"""Contact files: dialects, bad rows with their lines, and an import that a kill -9 cuts off."""

import threading
import unittest
from http.client import HTTPException

from daemon import Daemon, DaemonCase, wait_until

HEADER = "phone,name,unit,language,groups"
BIG = 200_000
KILLS = 3


class Dialects(DaemonCase):
    def report(self, body: str | bytes, status: int = 200, **query: str) -> dict:
        answer = self.daemon.client.csv("/contacts/import", body, query=query or None)
        self.assertEqual(answer.status, status, answer.body[:500])
        return answer.json

    def contact(self, phone: str) -> dict:
        return self.daemon.client.get(f"/contacts/{phone}").json

    def test_a_byte_order_mark_and_windows_line_ends(self) -> None:
        report = self.report(f"\ufeff{HEADER}\r\n0971000001,Lò Thị May,03595,vi,a;b\r\n\r\n0971000002,,,,\r\n")
        self.assertEqual((report["imported"], report["rejected"]), (2, 0))
        self.assertEqual(self.contact("+84971000001")["name"], "Lò Thị May")

    def test_quoted_fields(self) -> None:
        rows = '0971000003,"May, ""chị""\nLò",03595,vi,"a;b"\n0971000004,x,03595,vi,a\nbad,,,,\n'
        report = self.report(f"{HEADER}\n{rows}")
        self.assertEqual((report["imported"], report["rejected"]), (2, 1))
        self.assertEqual(self.contact("+84971000003")["name"], 'May, "chị"\nLò')
        self.assertEqual(report["rejects"][0]["line"], 5, "a field with a line break counts its lines")

    def test_columns_in_any_order_and_only_the_number_needed(self) -> None:
        self.assertEqual(self.report("name,phone\nA,0971000005\n")["imported"], 1)
        self.assertEqual(self.report("phone\n0971000006")["imported"], 1)

    def test_bad_rows_are_told_with_their_lines_and_without_the_numbers(self) -> None:
        rows = ["0971000007,Good,03595,vi,a", "12345,Short,,vi,", "0971000008,Unit,99999,vi,", "0971000009,Tongue,,?!,",
                "097100001012,Long,,vi,", "0971000011,Good,,vi,", "0971000012,too,many,fields,a,b,c"]
        report = self.report("\n".join([HEADER, *rows]) + "\n")
        self.assertEqual(report["imported"], 2, report)
        self.assertEqual([r["line"] for r in report["rejects"]], [3, 4, 5, 6, 8])
        self.assertEqual(report["rejected"], 5)
        for number in ("12345", "971000008", "9710000101", "Tongue"):
            self.assertNotIn(number, str([r["reason"] for r in report["rejects"]]))

    def test_a_second_time_updates(self) -> None:
        csv = f"{HEADER}\n0971000020,Before,03595,vi,a\n"
        self.report(csv)
        report = self.report(csv.replace("Before", "After"))
        self.assertEqual((report["imported"], report["updated"], report["rejected"]), (0, 1, 0))
        self.assertEqual(self.contact("+84971000020")["name"], "After")

    def test_old_numbers_become_new_ones(self) -> None:
        self.report(f"{HEADER}\n01692345678,Old,,vi,\n")
        self.assertEqual(self.contact("+84392345678")["name"], "Old")

    def test_a_group_for_all(self) -> None:
        self.report(f"{HEADER}\n0971000021,A,,vi,own\n", group="chung")
        self.assertEqual(sorted(self.contact("+84971000021")["groups"]), ["chung", "own"])

    def test_what_is_no_such_file_is_refused_whole(self) -> None:
        self.assert_problem(self.daemon.client.csv("/contacts/import", "a,b\n1,2\n"), 400)
        self.assert_problem(self.daemon.client.csv("/contacts/import", ""), 400)
        wide = f"{HEADER}\n0971000030,Lò,,vi,\n".encode("utf-16")
        self.assert_problem(self.daemon.client.csv("/contacts/import", wide), 400)

    def test_a_row_that_is_no_utf8_harms_nobody_else(self) -> None:
        body = f"{HEADER}\n0971000031,".encode() + b"L\xf2\xff,,vi,\n0971000032,B,,vi,\n"
        answer = self.daemon.client.csv("/contacts/import", body)
        if answer.status == 200:
            self.assertEqual([r["line"] for r in answer.json["rejects"]], [2])
            self.assertEqual(answer.json["imported"], 1)
        else:
            self.assertIn("UTF-8", str(self.assert_problem(answer, 400)))
            self.assertEqual(self.daemon.client.get("/contacts/+84971000032").status, 404)


class Interrupted(unittest.TestCase):
    """Nothing stays half-imported: what a crash cut off goes on by itself."""

    def contacts(self) -> int:
        with self.daemon.database() as db:
            return db.execute("SELECT COUNT(*) FROM contact").fetchone()[0]

    def send(self, body: str) -> None:
        try:
            self.daemon.client.csv("/contacts/import", body, query={"group": "lon"}, timeout=120)
        except (OSError, HTTPException):
            pass  # the daemon was killed under it

    def test_killed_in_the_middle(self) -> None:
        self.daemon = Daemon()
        self.addCleanup(self.daemon.clean_up)
        self.daemon.start()
        rows = "\n".join(f"09{10_000_000 + n},Contact {n},,vi,g{n % 7}" for n in range(BIG))
        sender = threading.Thread(target=self.send, args=(f"{HEADER}\n{rows}\n",))
        sender.start()
        wait_until(lambda: self.contacts() > 0, "the first rows", 60)
        seen = 0
        for _ in range(KILLS):
            wait_until(lambda: self.contacts() > seen, "more rows", 60)
            self.daemon.kill()
            seen = self.contacts()
            self.daemon.start()
        sender.join()
        self.assertLess(seen, BIG, "every kill came too late to say anything")
        wait_until(lambda: self.contacts() == BIG, "the rest of the import", 120, 0.2)
        group = wait_until(lambda: [g for g in self.daemon.client.all("/groups") if g["name"] == "lon"], "the group")[0]
        wait_until(lambda: not self.left_behind(), "the uploaded file is gone", 30)
        self.assertEqual(self.daemon.stop(), 0)
        with self.daemon.database() as db:
            count = "SELECT COUNT(*) FROM group_member m JOIN contact_group g ON g.id = m.group_id WHERE g.name = ?"
            self.assertEqual(db.execute(count, ["lon"]).fetchone()[0], BIG)
            self.assertEqual(db.execute(count, ["g0"]).fetchone()[0], len(range(0, BIG, 7)))
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        self.assertEqual(group["name"], "lon")

    def left_behind(self) -> list:
        """Files of some size that are not the database's."""
        return [f for f in self.daemon.data.rglob("*")
                if f.is_file() and not f.name.startswith("tongdai.db") and f.stat().st_size > 1_000_000]


if __name__ == "__main__":
    unittest.main()
