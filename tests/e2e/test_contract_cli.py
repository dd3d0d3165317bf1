"""The command line as CONTRACT.md fixes it: commands, --json before and after, exit codes, shapes."""

import re
import unittest
from datetime import datetime, timedelta
from typing import Any

import daemon
from daemon import CAMPAIGN, REPORT, STATION, DaemonCase, Ran, wait_until

CITIZEN = "0912345678"
COUNTS = {"audience", "pending", "queued", "submitting", "accepted", "delivered", "undelivered", "failed", "suppressed",
          "expired", "cancelled", "uncertain"}
CONTACTS = "phone,name,unit,language,groups\n0987000001,A,03595,vi,nhom;khac\n0987000002,B,03595,vi,nhom\n"


class Cli(DaemonCase):
    def run_cli(self, *words: Any, code: int = 0, **more: Any) -> Ran:
        ran = self.daemon.cli(*words, **more)
        self.assertEqual(ran.code, code, f"{words}: {ran}")
        if code:
            self.assertTrue(ran.err.strip(), f"{words}: the reason belongs on standard error")
        return ran

    def json(self, *words: Any, same: bool = True) -> Any:
        """The document; with `same`, the flag is tried before and after the command, which must change nothing."""
        after = self.run_cli(*words, "--json").json
        if same:
            self.assertEqual(self.run_cli("--json", *words).json, after, words)
            self.run_cli(*words)
        return after

    def has(self, document: dict, *keys: str) -> dict:
        self.assertLessEqual(set(keys), set(document))
        return document

    def items(self, *words: Any) -> list[dict]:
        listed = self.json(*words)
        self.assertIsInstance(listed, list)
        return listed

    def new_campaign(self) -> str:
        self.run_cli("contact", "import", self.daemon.write("c.csv", CONTACTS))
        toml = CAMPAIGN.format(title="Cli", group="nhom", text="Xin chao", rate=100)
        created = self.json("campaign", "create", self.daemon.write("c.toml", toml), same=False)
        self.assertEqual(created["state"], "draft")
        return self.has(created, "id")["id"]

    def open_case(self) -> dict:
        return self.has(self.json("case", "open", "--unit", "03595", "--service", "medical", "--urgency", "high",
                                  "--note", "cli", same=False), "code")


class Anywhere(Cli):
    """Commands without objects of their own."""

    def test_status(self) -> None:
        status = self.has(self.json("status", same=False), "version", "state", "database", "gateways", "queue", "cases")
        self.assertLessEqual({"name", "state"}, set(status["gateways"][0]))
        self.assertLessEqual({"queued", "submitting"}, set(status["queue"]))
        self.assertIn("open", status["cases"])
        self.assertIsInstance(status["database"], dict)
        self.assertEqual(self.run_cli("--json", "status").json.keys(), status.keys())

    def test_text_measure_needs_no_daemon(self) -> None:
        words = "Chấm dứt bạo lực, vun đắp yêu thương"
        measured = self.json("--socket", self.daemon.folder / "nobody.sock", "text", "measure", words)
        self.assertEqual((measured["encoding"], measured["parts"]), ("ucs2", 1))
        self.assertEqual(measured["units"], len(words))
        self.assertEqual(measured["unaccented"], {"text": "Cham dut bao luc, vun dap yeu thuong", "encoding": "gsm7",
                                                  "units": 36, "parts": 1})

    def test_number_parse_needs_no_daemon(self) -> None:
        words = ("--socket", self.daemon.folder / "nobody.sock", "number", "parse")
        number = self.has(self.json(*words, "0912345678"), "valid", "e164", "type", "carrier", "migrated_from")
        self.assertTrue(number["valid"])
        self.assertEqual(number["e164"], "+84912345678")
        old = self.json(*words, "01692345678")
        self.assertEqual(old["e164"], "+84392345678")
        self.assertTrue(old["migrated_from"])

    def test_gateway_pause_and_resume(self) -> None:
        self.assertEqual([g["name"] for g in self.items("gateway", "list")], ["sandbox"])
        self.run_cli("gateway", "pause", "sandbox", "--json")
        self.assertTrue(self.items("gateway", "list")[0]["paused"])
        self.run_cli("gateway", "resume", "sandbox", "--json")
        self.assertFalse(self.items("gateway", "list")[0]["paused"])
        self.run_cli("gateway", "pause", "nobody", code=1)

    def test_exit_codes(self) -> None:
        self.run_cli("message", "show", "999", code=1)
        self.run_cli("case", "show", "999999", code=1)
        self.run_cli("contact", "show", "0987999999", code=1)
        self.run_cli("campaign", "show", "999", code=1)
        self.run_cli("contact", "import", self.daemon.folder / "no.csv", code=1)
        for words in (["nonsense"], ["campaign"], ["message", "show"], ["status", "--nonsense"], ["send", "--to", "1"]):
            self.run_cli(*words, code=2)
        self.run_cli("--socket", self.daemon.folder / "nobody.sock", "status", code=3)
        self.assertEqual(self.run_cli("--help").code, 0)

    def test_backup_is_a_sound_copy(self) -> None:
        copy = self.daemon.folder / "copy.db"
        self.run_cli("backup", copy, "--json")
        with daemon.sqlite3.connect(copy) as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            self.assertGreater(db.execute("SELECT COUNT(*) FROM unit").fetchone()[0], 38)
        self.run_cli("backup", copy, code=1)  # nothing is overwritten
        keys = self.daemon.folder / "copy.keys"
        self.run_cli("backup", copy.with_name("second.db"), "--with-keys", keys)
        self.assertEqual(keys.stat().st_mode & 0o777, 0o600)


class Directory(Cli):
    def test_units(self) -> None:
        report = self.json("unit", "import", daemon.SOURCE / "config/units/lai_chau.csv", same=False)
        self.assertEqual(self.has(report, "imported", "updated", "rejected", "rejects")["rejected"], 0)
        for spelling in ("Than Uyên", "than uyen"):
            self.assertIn("03595", [u["code"] for u in self.items("unit", "find", spelling)], spelling)

    def test_contacts(self) -> None:
        csv = CONTACTS + "12,C,03595,vi,nhom\n"
        report = self.json("contact", "import", self.daemon.write("x.csv", csv), "--group", "them", same=False)
        self.has(report, "imported", "updated", "rejected", "rejects")
        self.assertEqual(report["imported"] + report["updated"], 2)
        self.assertEqual([r["line"] for r in report["rejects"]], [4])
        self.assertTrue(report["rejects"][0]["reason"])
        shown = self.has(self.json("contact", "show", "0987000001"), "phone", "name", "unit", "language", "groups")
        self.assertEqual(shown["phone"], "+84987000001")
        self.assertEqual(sorted(shown["groups"]), ["khac", "nhom", "them"])
        self.assertIn("nhom", [g["name"] for g in self.items("group", "list")])
        self.run_cli("contact", "optout", "0987000009", "--json")

    def test_lists(self) -> None:
        self.run_cli("contact", "import", self.daemon.write("c.csv", CONTACTS))
        rows = "phone,so\n0987000001,12\n0987000009,13\n12,14\n0987000001,15\n"
        report = self.json("list", "import", "hen", self.daemon.write("l.csv", rows), same=False)
        self.assertEqual((report["imported"], report["updated"]), (2, 1))
        self.assertEqual([r["line"] for r in report["rejects"]], [4])
        self.assertIn("1 of them are no contacts", str(report))
        listed = self.items("list", "list")
        self.assertEqual([(one["name"], one["members"], one["columns"]) for one in listed], [("hen", 2, ["so"])])
        bad = self.run_cli("list", "import", "hen", self.daemon.write("b.csv", "phone,So nha\n0987000001,1\n"), code=1)
        self.assertIn("must be of a-z, 0-9 and _", bad.err)
        self.assertEqual(self.items("list", "list"), listed)
        toml = (CAMPAIGN.format(title="Hen", group="nhom", text="So {so}", rate=100)
                .replace('groups = ["nhom"]', 'lists = ["hen"]'))
        toml = toml.replace("[schedule]", '[text.fallback]\nso = ""\n[schedule]')
        campaign = self.json("campaign", "create", self.daemon.write("h.toml", toml), same=False)["id"]
        preview = self.json("campaign", "preview", campaign, same=False)
        self.assertEqual((preview["audience"], preview["texts"][0]["text"]), (1, "So 12"))

    def test_times_are_the_services_wherever_one_reads_them(self) -> None:
        campaign = self.new_campaign()
        created = self.json("campaign", "show", campaign, same=False)["created_at"]
        shown = self.run_cli("campaign", "show", campaign, zone="America/New_York").out
        there = datetime.fromisoformat(created.replace("Z", "+00:00")) + timedelta(hours=7)
        self.assertIn(f"{there:%Y-%m-%d %H:%M:%S}", shown)

    def test_facilities(self) -> None:
        path = self.daemon.write("f.csv", daemon.FACILITIES)
        report = self.json("facility", "import", path, same=False)
        self.assertEqual(report["rejected"], 0)
        self.assertIn("Than Uyen police", [f["name"] for f in self.items("facility", "list")])


class Sending(Cli):
    def test_a_message_and_its_history(self) -> None:
        sent = self.json("send", "--to", STATION, "--text", "Nhan duoc chua", "--purpose", "operator_code", same=False)
        shown = wait_until(lambda: (m := self.json("message", "show", sent["id"], same=False))["state"] == "delivered"
                           and m, "the receipt")
        self.has(shown, "id", "state", "purpose", "to", "gateway", "parts", "attempts", "history")
        self.assertEqual((shown["to"], shown["gateway"], shown["parts"]), ("+84" + STATION[1:], "sandbox", 1))
        self.assertEqual([h["state"] for h in shown["history"]], ["queued", "submitting", "accepted", "delivered"])
        self.assertEqual(self.json("message", "show", sent["id"]), shown)
        listed = self.items("message", "list", "--to", STATION, "--state", "delivered")
        self.assertIn(sent["id"], [m["id"] for m in listed])
        self.run_cli("message", "list", "--state", "nonsense", code=1)

    def test_handsets(self) -> None:
        self.run_cli("sandbox", "text", "--from", CITIZEN, "--to", daemon.LINE, REPORT)
        heard = wait_until(lambda: self.json("sandbox", "inbox", CITIZEN, same=False), "the acknowledgement")
        self.assertEqual(set(heard[0]), {"from", "text", "at"})
        self.assertEqual(self.items("sandbox", "inbox", CITIZEN), heard)

    def test_send_refuses(self) -> None:
        self.run_cli("send", "--to", "12", "--text", "x", code=1)
        refused = self.run_cli("send", "--to", CITIZEN, "--text", "x", "--purpose", "relay_to_reporter", code=1)
        self.assertNotIn("912345678", refused.err)


class Campaigns(Cli):
    def test_from_draft_to_export(self) -> None:
        campaign = self.new_campaign()
        preview = str(self.json("campaign", "preview", campaign, same=False))
        for word in ("audience", "encoding", "parts"):
            self.assertIn(word, preview)
        self.assertEqual(self.json("campaign", "submit", campaign, same=False), {"id": campaign, "state": "submitted"})
        self.assertEqual(self.json("campaign", "approve", campaign, same=False)["id"], campaign)
        show = ("campaign", "show", campaign)
        wait_until(lambda: self.json(*show, same=False)["counts"]["delivered"] == 2, "two receipts")
        wait_until(lambda: self.json(*show, same=False)["state"] == "completed", "its end")
        shown = self.has(self.json(*show), "id", "title", "class", "state", "counts")
        self.assertEqual(set(shown["counts"]), COUNTS)
        self.assertEqual(sum(n for state, n in shown["counts"].items() if state != "audience"), 2)
        self.assertIn(campaign, [c["id"] for c in self.items("campaign", "list")])
        export = self.daemon.folder / "export.csv"
        self.run_cli("campaign", "export", campaign, export)
        self.assertEqual(len(export.read_text(encoding="utf-8").strip().splitlines()), 3)
        self.run_cli("campaign", "approve", campaign, code=1)

    def test_reject_pause_resume_cancel(self) -> None:
        campaign = self.new_campaign()
        self.run_cli("campaign", "submit", campaign)
        self.assertIn("comment: is required: say what to change", self.run_cli("campaign", "reject", campaign, code=1).err)
        self.assertEqual(self.json("campaign", "reject", campaign, "--comment", "the date", same=False),
                         {"id": campaign, "state": "draft"})
        self.run_cli("campaign", "pause", campaign, code=1)
        self.assertEqual(self.json("campaign", "cancel", campaign, same=False)["state"], "cancelled")
        self.run_cli("campaign", "resume", campaign, code=1)

    def test_edit_tune_and_history(self) -> None:
        campaign = self.new_campaign()
        later = CAMPAIGN.format(title="Sua", group="nhom", text="Xin chao", rate=1) + "# later\n"
        edited = self.json("campaign", "edit", campaign, self.daemon.write("later.toml", later), same=False)
        self.assertEqual(edited, {"id": campaign, "state": "draft"})
        self.run_cli("campaign", "tune", campaign, "--rate", "5", code=1)  # a draft is edited
        self.run_cli("campaign", "tune", campaign, "--rate", "fast", code=2)
        self.run_cli("campaign", "submit", campaign)
        self.run_cli("campaign", "approve", campaign)  # at the socket the administrator stands in
        self.run_cli("campaign", "tune", campaign, "--gateway", "nobody", code=1)
        self.json("campaign", "tune", campaign, "--rate", "none", "--gateway", "sandbox", same=False)
        shown = self.json("campaign", "show", campaign, same=False)
        self.assertEqual((shown["rate"], shown["gateway"], shown["title"]), (0, "sandbox", "Sua"))
        self.assertIn("Decree 91/2020", shown["legal_basis"])
        history = self.json("campaign", "history", campaign, same=False)
        comments = [event["comment"] for event in history["events"]]
        self.assertIn("the administrator stood in for the second person", comments)
        self.assertIn("rate none, was 1; gateway sandbox, was any", comments)
        self.assertEqual([r["number"] for r in history["revisions"]], [1, 2])
        self.assertEqual(self.json("campaign", "revision", campaign, "2")["document"], later)
        self.assertIn("# later", self.run_cli("campaign", "revision", campaign, "2").out)
        self.run_cli("campaign", "revision", campaign, "3", code=1)

    def test_faults_name_their_places(self) -> None:
        text = 'title = "x"\nclass = "nonsense"\ntypo = 1\n[audience]\ngroups = ["nhom"]\n'
        bad = self.daemon.write("bad.toml", text)
        refused = self.run_cli("campaign", "create", bad, code=1)
        for place in ("class", "typo", "text"):
            self.assertRegex(refused.err, rf"\b{place}\b")


class Duty(Cli):
    def test_a_rota_and_where_nobody_is(self) -> None:
        rows = "facility,phone,from,to,duty\nSin Ho clinic,0912000104,2030-11-25 00:00,2030-11-25 24:00,off\n"
        report = self.json("facility", "duty", "import", self.daemon.write("duty.csv", rows + "Nobody,1,,,\n"), same=False)
        self.assertEqual((report["imported"], report["rejected"]), (1, 1))
        shifts = self.items("facility", "duty", "list", "--facility", "Sin Ho clinic")
        self.assertEqual([(s["phone"], s["duty"]) for s in shifts], [("+84912000104", "off")])
        gaps = self.items("coverage", "--days", "7", "--unit", "03595")
        self.assertEqual({g["unit"] for g in gaps} - {"03595"}, set())
        self.run_cli("coverage", "--days", "32", code=1)
        self.run_cli("coverage", "--unit", "nowhere", code=1)


class Cases(Cli):
    def test_open_show_close(self) -> None:
        code = self.open_case()["code"]
        self.assertRegex(code, r"^\d+$")
        shown = self.has(self.json("case", "show", code), "code", "state", "urgency", "unit", "services", "owner",
                         "timeline")
        self.assertEqual((shown["state"], shown["urgency"], shown["services"]), ("open", "high", ["medical"]))
        self.assertTrue(shown["timeline"])
        self.assertIn(code, [c["code"] for c in self.items("case", "list", "--state", "open")])
        wait_until(lambda: any(code in t for t in self.daemon.inbox(STATION)), "the alert")
        self.assertEqual(self.json("case", "close", code, same=False)["state"], "closed")
        self.run_cli("case", "close", code, code=1)
        self.run_cli("case", "open", "--unit", "99999", "--service", "medical", "--urgency", "high", "--note", "x",
                     code=1)


    def test_a_case_changes_hands_at_the_desk(self) -> None:
        code = self.open_case()["code"]
        self.run_cli("case", "accept", code, code=1)  # who?
        station = "Than Uyen health station"
        taken = self.json("case", "accept", code, "--facility", station, same=False)
        self.assertEqual((taken["state"], taken["owner"]), ("accepted", station))
        self.assertEqual(self.json("case", "progress", code, same=False)["state"], "accepted")
        handed = self.json("case", "handback", code, "--reason", "het xe", same=False)
        self.assertEqual((handed["state"], handed["owner"]), ("open", None))
        self.assertIn("het xe", [e["detail"] for e in handed["timeline"]])
        self.run_cli("case", "accept", code, "--facility", station, "--json")
        given = self.json("case", "transfer", code, "--to", "police", same=False)
        self.assertIn("transferred", [r["state"] for r in given["referrals"]])
        self.assertEqual(self.json("case", "clock", code, "no_contact", "start", same=False)["clocks"][0]["state"], "running")
        self.run_cli("case", "clock", code, "no_contact", "start", code=1)
        self.assertEqual(self.json("case", "clock", code, "no_contact", "met", same=False)["clocks"][0]["state"], "met")
        wider = self.json("case", "consent", code, "shelter", "given", same=False)
        self.assertEqual([(t["service"], t["state"]) for t in wider["tracks"]], [("shelter", "open")])
        self.run_cli("case", "close", code, "--json")
        self.assertEqual(self.json("case", "reopen", code, same=False)["state"], "open")
        self.run_cli("case", "decline", code, "--facility", "Nobody", code=1)
        self.run_cli("case", "close", code)

    def test_a_counsellor_agrees_how_to_write_and_writes(self) -> None:
        opened = self.json("case", "open", "--unit", "03595", "--service", "medical", "--urgency", "normal", "--note", "cli",
                           "--phone", "0987000044", same=False)
        code = opened["code"]
        self.assertFalse(self.json("case", "safe-contact", code)["recorded"])
        self.assertIn("no safe contact", self.run_cli("case", "write", code, "Chao ban", code=1).err)
        agreed = self.json("case", "safe-contact", code, "--hours", "00:00-24:00", "--word", "hoa ban", same=False)
        self.assertEqual((agreed["channel"], agreed["has_word"], agreed["has_duress_word"]), ("text", True, False))
        self.assertNotIn("hoa ban", str(agreed))
        refused = self.run_cli("case", "write", code, "Mai cong an den", code=1)
        self.assertIn('the word "cong an" at character 5', refused.err)
        self.has(self.json("case", "write", code, "Chao ban", same=False), "id", "code")
        self.run_cli("case", "safe-contact", code, "--content", "explicit", code=1)
        self.run_cli("case", "close", code)


class Sealed(Cli):
    def test_read_erase_and_the_journal(self) -> None:
        code = self.open_case()["code"]
        read = self.has(self.json("case", "read", code, "--reason", "a call back", same=False), "reporter", "note", "texts",
                        "sent")
        self.assertTrue(read["note"])
        self.json("case", "show", code, same=False)
        self.run_cli("case", "erase", code, code=1)  # it is open
        self.run_cli("case", "close", code)
        self.assertEqual(self.json("case", "erase", code, same=False)["cases"], 1)
        self.assertEqual(self.json("case", "read", code, same=False)["note"], None)
        self.run_cli("case", "reopen", code, code=1)  # nobody would know whom it is about
        self.run_cli("case", "erase", code=2)
        self.assertEqual(self.json("case", "erase", "--older-than-days", "1", same=False)["cases"], 0)
        entries = self.items("audit", "list")
        self.assertEqual([e["action"] for e in entries if e["object"] == code],
                         ["case.read", "case.erase", "cases/{code}/close", "case.show", "case.read"])
        self.assertEqual([e["detail"] for e in entries if e["object"] == code][-1], "a call back")
        self.assertTrue(self.json("audit", "verify")["sound"])

    def test_the_journal_notes_what_administrators_change(self) -> None:
        self.run_cli("gateway", "pause", "sandbox")
        self.run_cli("gateway", "resume", "sandbox")
        self.assertEqual([(e["action"], e["object"], e["who"]) for e in self.items("audit", "list", "--limit", "2")],
                         [("gateways/{name}/resume", "sandbox", "operator at the socket"),
                          ("gateways/{name}/pause", "sandbox", "operator at the socket")])


class Tampered(Cli):
    def test_a_changed_journal_is_found(self) -> None:
        self.run_cli("gateway", "pause", "sandbox")
        self.run_cli("gateway", "resume", "sandbox")
        with daemon.sqlite3.connect(self.daemon.data / "tongdai.db", timeout=10) as db:
            db.execute("DROP TRIGGER journal_is_not_changed")
            db.execute("UPDATE journal SET object = 'another' WHERE number = (SELECT MAX(number) FROM journal)")
        self.assertIn("the journal is not whole: entry", self.run_cli("audit", "verify", code=1).err)


class Help(Cli):
    def test_every_command_is_in_the_help(self) -> None:
        text = self.run_cli("--help").out
        for command in ("status", "unit", "contact", "group", "campaign", "send", "message", "facility", "case",
                        "gateway", "sandbox", "text", "number", "backup", "coverage", "audit"):
            self.assertTrue(re.search(rf"^\s*{command}\b", text, re.M), command)


if __name__ == "__main__":
    unittest.main()
