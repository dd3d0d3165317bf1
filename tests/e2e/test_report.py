"""The accounts and the report of the real daemon, as files: CSV, XLSX and a page, read by parsers that are not ours."""

import csv
import io
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

from daemon import DaemonCase, wait_until

CONTACTS = "phone,name,unit,language,groups\n" + "".join(
    f"09870000{i:02},=cmd|{i},03595,vi,phu-nu\n" for i in range(12))
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(workbook: bytes, sheet: int = 1) -> list[list[str]]:
    """The rows of a sheet, as texts."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(t.text or "" for t in si.iter(f"{SHEET}t")) for si in strings]
    rows = []
    for row in root.iter(f"{SHEET}row"):
        line = []
        for cell in row:
            value = cell.find(f"{SHEET}v")
            if cell.get("t") == "s" and value is not None:
                line.append(shared[int(value.text or 0)])
            elif cell.get("t") == "inlineStr":
                line.append("".join(t.text or "" for t in cell.iter(f"{SHEET}t")))
            else:
                line.append(value.text or "" if value is not None else "")
        rows.append(line)
    return rows


class Report(DaemonCase):
    campaign = ""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.daemon.client.csv("/contacts/import", CONTACTS)
        cls.campaign = cls.daemon.launch_campaign("Bao cao <1> & 2", "phu-nu", "Xin chao")
        wait_until(lambda: cls.daemon.client.get(f"/campaigns/{cls.campaign}").json["state"] == "completed", "its end")

    def get(self, path: str, **query: str) -> bytes:
        answer = self.daemon.client.get(path, query=query)
        self.assertEqual(answer.status, 200, answer.body[:500])
        return answer.body

    def leftovers(self) -> list[Path]:
        return list(Path(self.daemon.folder).rglob("*.part"))

    def test_csv_and_xlsx_say_the_same_of_everybody(self) -> None:
        rows = list(csv.reader(io.StringIO(self.get(f"/campaigns/{self.campaign}/export").decode("utf-8-sig"))))
        self.assertEqual(rows[0], "seq,phone,state,reason,message,unit,language,carrier,parts,at".split(","))
        self.assertEqual(len(rows), 13)
        first = rows[1]
        self.assertIn("•", first[1])
        self.assertTrue(first[1].startswith("'+84"))
        self.assertEqual((first[2], first[5], first[6], first[7]), ("delivered", "03595 Xã Than Uyên", "vi", "Viettel"))
        book = cells(self.get(f"/campaigns/{self.campaign}/export", format="xlsx"))
        self.assertEqual(book[0], rows[0])
        self.assertEqual([r[1] for r in book[1:]], [r[1].lstrip("'") for r in rows[1:]])
        wait_until(lambda: not self.leftovers(), "the files' removal")

    def test_whole_numbers_are_for_the_socket_and_leave_a_line(self) -> None:
        path = f"/campaigns/{self.campaign}/export"
        rows = list(csv.reader(io.StringIO(self.get(path, numbers="whole").decode("utf-8-sig"))))
        self.assertEqual({r[1] for r in rows[1:]}, {f"'+849870000{i:02}" for i in range(12)})
        self.assertIn("whole numbers", str(self.daemon.client.get(f"/campaigns/{self.campaign}/history").json))

    def test_a_breakdown_adds_up(self) -> None:
        for by in ("unit", "carrier", "language", "hour", "gateway", "reason"):
            answer = self.daemon.client.get(f"/campaigns/{self.campaign}/breakdown", query={"by": by})
            self.assertEqual(sum(i["counts"]["audience"] for i in answer.json["items"]), 12, by)
        self.assert_problem(self.daemon.client.get(f"/campaigns/{self.campaign}/breakdown"), 400)
        wrong = self.daemon.client.get(f"/campaigns/{self.campaign}/breakdown", query={"by": "unit", "level": "12"})
        self.assertIn("commune, district, province", str(self.assert_problem(wrong, 400)))

    def test_the_page_is_well_formed_in_both_languages(self) -> None:
        for language, heading in (("vi", "Báo cáo kết quả truyền thông qua tin nhắn"), ("en", "Report on message campaigns")):
            page = self.get("/report", **{"from": "2020-01-01", "to": "2021-12-31", "campaigns": self.campaign,
                                          "language": language}).decode()
            root = ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n"))
            self.assertEqual(root.find("body/h1").text, heading)  # type: ignore[union-attr]
            self.assertEqual(root.get("lang"), language)
            row = next(r for r in root.iter("tr") if r.find("th") is not None and r.find("th").text == "Bao cao <1> & 2")
            self.assertEqual([td.text for td in row][5:8], ["12", "12", "100,0%" if language == "vi" else "100.0%"])
            self.assertNotIn("://", page)

    def test_the_workbook_has_the_figures(self) -> None:
        book = self.get("/report", **{"from": "2020-01-01", "to": "2021-12-31", "campaigns": self.campaign,
                                      "format": "xlsx", "language": "en"})
        rows = cells(book, 2)
        self.assertEqual(rows[0][0], "Campaigns")
        self.assertEqual(next(r for r in rows if r and r[0] == "Bao cao <1> & 2")[5:7], ["12", "12"])

    def test_wrong_questions_name_what_is_allowed(self) -> None:
        for query, word in (({}, "from"), ({"from": "2021-13-01", "to": "2021-12-31"}, "2021-11-15"),
                            ({"from": "2021-12-31", "to": "2021-12-01"}, "must not be before from"),
                            ({"from": "2001-12-31", "to": "2021-12-01"}, "two years"),
                            ({"from": "2021-11-15", "to": "2021-12-15", "format": "pdf"}, "html, xlsx"),
                            ({"from": "2021-11-15", "to": "2021-12-15", "campaigns": "a"}, "ids of campaigns"),
                            ({"from": "2021-11-15", "to": "2021-12-15", "language": "fr"}, "vi, en")):
            self.assertIn(word, str(self.assert_problem(self.daemon.client.get("/report", query=query), 400)))
        unknown = {"from": "2021-11-15", "to": "2021-12-15", "campaigns": "999"}
        self.assert_problem(self.daemon.client.get("/report", query=unknown), 404)

    def test_a_sound_campaign_needs_no_repair(self) -> None:
        self.assertTrue(self.daemon.client.get(f"/campaigns/{self.campaign}/audit").json["sound"])
        self.assertEqual(self.daemon.client.post(f"/campaigns/{self.campaign}/repair").json["uncertain"], 0)

    def test_the_metrics_have_the_accounts(self) -> None:
        text = self.daemon.client.get("//metrics").body.decode()
        self.assertIn("tongdai_campaign_accounts_off 0", text)
        self.assertIn('tongdai_campaign_recipients{state="delivered"} 12', text)
        self.assertIn("tongdai_campaign_audit_seconds", text)
