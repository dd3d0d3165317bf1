"""Who may do what, and who is let in: every call with every role, sessions, foreign pages, guessing, the journal's names."""

import base64
import json
import re
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import console
from client import Client, Person
from daemon import CAMPAIGN, REPORT, SOURCE, DaemonCase
from people import OWN, PASSWORD, own_person, totp

ROLES = ("administrator", "author", "approver", "counsellor", "facility", "observer")
STATION = "Than Uyen health station"
NOT_SIGNED_IN, NOT_YOURS = "/problems/unauthorized", "/problems/not_your_role"
FREE_TRIES = 5
PLACES = {"id": "999", "code": "999999", "phone": "0987999999", "name": "nobody", "number": "1", "file": console.NO_FILE}
NONSENSE = {"nonsense": 1}  # what is allowed refuses it, and changes nothing


def operations() -> list[dict]:
    node = subprocess.run(["node", SOURCE / "tests/e2e/openapi.mjs", SOURCE / "docs/openapi.yaml"], input="[]", check=True,
                          capture_output=True, text=True, encoding="utf-8", timeout=60)
    return json.loads(node.stdout)["operations"]


class People(DaemonCase):
    settings = {"tcp": True}

    def add(self, name: str, role: str = "counsellor", **more: Any) -> None:
        answer = self.daemon.client.post("/users", {"name": name, "role": role, "password": PASSWORD} | more)
        self.assertEqual(answer.status, 201, answer.body)

    def added(self, name: str, role: str = "counsellor", **more: Any) -> Person:
        """Somebody new, signed in."""
        self.add(name, role, **more)
        return own_person(self.daemon.port, name)

    def browser(self) -> Person:
        return Person(self.daemon.port)


class Matrix(People):
    """docs/openapi.yaml says who may (x-roles); the server is held against it."""

    def outcome(self, client: Client, operation: dict) -> str:
        """'401', '403' or 'allowed'."""
        method, path = operation["method"], operation["path"].format(**PLACES)
        if path.endswith("/events"):
            method = "HEAD"  # a stream does not end; its head has no problem's type
        path = path.removeprefix("/api/v1") if path.startswith("/api/v1") else "/" + path
        answer = client.request(method, path, NONSENSE if method == "POST" else None)
        if method == "HEAD":
            return str(answer.status) if answer.status in (401, 403) else "allowed"
        kind = answer.json["type"] if answer.type == "application/problem+json" else ""
        self.assertNotEqual(answer.status, 500, (operation, answer.body))
        return {NOT_SIGNED_IN: "401", NOT_YOURS: "403"}.get(kind, "allowed")

    def differences(self, client: Client, expected: Any) -> list[str]:
        found = []
        for operation in operations():
            outcome, due = self.outcome(client, operation), expected(operation)
            if outcome != due:
                found.append(f"{operation['method']} {operation['path']}: {outcome}, the document has {due}")
        return found

    def test_every_operation_says_who_may(self) -> None:
        for operation in operations():
            roles = set(operation["roles"])
            self.assertTrue(roles and roles <= {*ROLES, "anybody"}, operation)
        self.assertEqual({o["path"] for o in operations() if "anybody" in o["roles"]},
                         {"/healthz", "/readyz", "/api/v1/session", *console.FILES})

    def test_who_has_not_signed_in(self) -> None:
        self.assertEqual(self.differences(self.browser(), lambda o: "allowed" if "anybody" in o["roles"] else "401"), [])

    def test_every_role(self) -> None:
        for role in ROLES:
            more = {"facility": STATION} if role == "facility" else {}
            person = self.added(f"one-{role}", role, **more)
            due = lambda o, role=role: "allowed" if {role, "anybody"} & set(o["roles"]) else "403"  # noqa: E731
            with self.subTest(role):
                self.assertEqual(self.differences(person, due), [])

    def test_every_token(self) -> None:
        for role in ROLES:
            answer = self.daemon.client.post("/tokens", {"name": f"t-{role}", "role": role})
            if role == "facility":
                self.assertEqual(answer.status, 400)  # it would be of none
                continue
            program = Client(port=self.daemon.port, token=answer.json["token"])
            due = lambda o, role=role: "allowed" if {role, "anybody"} & set(o["roles"]) else "403"  # noqa: E731
            with self.subTest(role):
                self.assertEqual(self.differences(program, due), [])

    def test_a_token_does_not_approve(self) -> None:
        made = self.daemon.client.post("/tokens", {"name": "second-eyes", "role": "approver"})
        program = Client(port=self.daemon.port, token=made.json["token"])
        for what in ("campaigns", "series"):
            self.assertEqual(self.assert_problem(program.post(f"/{what}/999/approve"), 403)["type"], "/problems/people_only")

    def test_the_socket_and_the_services_own_token_have_full_rights(self) -> None:
        for client in (self.daemon.client, self.daemon.tcp):
            self.assertEqual(self.differences(client, lambda _: "allowed"), [])

    def test_a_path_that_is_none_is_not_told_to_strangers(self) -> None:
        self.assert_problem(self.browser().get("/nothing"), 401)


class Sessions(People):
    def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(self) -> None:
        self.add("cookie")
        answer = self.browser().sign_in("cookie", PASSWORD)
        for name in ("__Host-tongdai", "__Host-tongdai-device"):
            for attribute in ("Path=/", "Secure", "HttpOnly", "SameSite=Strict"):
                self.assertIn(attribute, answer.cookies[name])
            self.assertNotIn("Domain", answer.cookies[name])
        secret = answer.cookies["__Host-tongdai"].split(";")[0]
        self.assertNotIn(secret, answer.body.decode())

    def test_a_password_given_by_another_must_be_changed_first(self) -> None:
        self.add("fresh")
        person = self.browser()
        self.assertTrue(person.sign_in("fresh", PASSWORD).json["must_change_password"])
        self.assertEqual(self.assert_problem(person.get("/cases"), 403)["type"], "/problems/change_password")
        self.assertEqual(person.post("/session/password", {"current": PASSWORD, "new": OWN}).status, 200)
        self.assertEqual(person.get("/cases").status, 200)

    def test_a_planted_session_is_worth_nothing(self) -> None:
        self.add("planted")
        person = self.browser()
        person.cookies["__Host-tongdai"] = "0" * 64
        self.assertEqual(person.sign_in("planted", PASSWORD).status, 200)
        self.assertNotEqual(person.cookies["__Host-tongdai"], "0" * 64)
        thief = self.browser()
        thief.cookies["__Host-tongdai"] = "0" * 64
        self.assert_problem(thief.get("/session"), 401)

    def test_signing_in_again_ends_the_browsers_old_session(self) -> None:
        person = self.added("again")
        old = self.browser()
        old.cookies = dict(person.cookies)
        self.assertEqual(old.get("/session").status, 200)
        self.assertEqual(person.sign_in("again", OWN).status, 200)
        self.assert_problem(old.get("/session"), 401)

    def test_signing_out_ends_it_on_the_server(self) -> None:
        person = self.added("leaver")
        kept = dict(person.cookies)
        answer = person.post("/session/end")
        self.assertIn("Max-Age=0", answer.cookies["__Host-tongdai"])
        person.cookies = kept
        self.assert_problem(person.get("/session"), 401)

    def test_a_change_of_the_password_ends_the_other_sessions(self) -> None:
        person, other = self.added("changer"), self.browser()
        self.assertEqual(other.sign_in("changer", OWN).status, 200)
        self.assertEqual(person.post("/session/password", {"current": OWN, "new": PASSWORD}).status, 200)
        self.assert_problem(other.get("/session"), 401)
        self.assertEqual(person.get("/session").status, 200)

    def test_who_is_disabled_or_reset_is_out_at_once(self) -> None:
        for verb in ("disable", "reset"):
            person = self.added(f"gone-{verb}")
            self.assertEqual(self.daemon.client.post(f"/users/gone-{verb}/{verb}").status, 200)
            self.assert_problem(person.get("/session"), 401)
            self.assert_problem(self.browser().sign_in(f"gone-{verb}", OWN), 401)

    def test_a_page_of_another_site_cannot_use_the_cookie(self) -> None:
        person, other = self.added("clicker", "administrator"), self.added("clicker-2", "administrator")
        for token in ("", "0" * 64, other.form_token):
            person.form_token, kept = token, person.form_token
            refused = self.assert_problem(person.post("/gateways/sandbox/pause"), 403)
            self.assertEqual(refused["type"], "/problems/form_token")
            person.form_token = kept
        self.assertFalse(self.daemon.client.get("/gateways").json["items"][0]["paused"])
        self.assertEqual(person.post("/gateways/sandbox/resume").status, 200)

    def test_a_page_of_another_site_cannot_sign_somebody_in(self) -> None:
        self.add("lured")
        for header in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                       {"Origin": "https://evil.example"}, {"Origin": "null"}):
            self.assert_problem(self.browser().sign_in("lured", PASSWORD, header), 403)
        own = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://127.0.0.1:{self.daemon.port}"}
        self.assertEqual(self.browser().sign_in("lured", PASSWORD, own).status, 200)

    def test_guessing_elsewhere_locks_nobody_out_of_their_browser(self) -> None:
        person, stranger = self.added("guessed"), self.browser()
        answers = [stranger.sign_in("guessed", "wrong wrong wrong").status for _ in range(FREE_TRIES + 4)]
        self.assertEqual(set(answers[:FREE_TRIES]), {401})
        told = stranger.sign_in("guessed", OWN)  # also the right one is not looked at
        self.assert_problem(told, 429)
        self.assertGreaterEqual(int(told.headers["retry-after"]), 1)
        self.assertEqual(person.sign_in("guessed", OWN).status, 200)

    def test_tries_at_the_password_are_counted_also_at_once(self) -> None:
        person = self.added("tried")

        def attempt(_: int) -> int:
            other = self.browser()
            other.cookies, other.form_token = dict(person.cookies), person.form_token
            return other.post("/session/second-factor", {"password": "wrong wrong wrong"}).status

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(attempt, range(4 * FREE_TRIES)))
        self.assertLessEqual(answers.count(403), FREE_TRIES + 2)  # the first waits are short
        self.assertEqual(set(answers), {403, 429})

    def test_a_name_that_nobody_has_is_answered_like_a_wrong_password(self) -> None:
        self.add("there")
        first, second = (self.browser().sign_in(name, "wrong wrong wrong") for name in ("there", "not-there"))
        self.assertEqual((first.status, first.body), (second.status, second.body))

    def test_a_second_factor_is_asked_for_and_opens_once(self) -> None:
        person = self.added("careful")
        secret = person.post("/session/second-factor", {"password": OWN}).json["secret"]
        used = totp(secret)
        codes = person.post("/session/second-factor/confirm", {"code": used}).json["recovery_codes"]
        self.assert_problem(person.post("/session/second-factor/confirm", {"code": totp(secret, 1)}), 409)
        self.assertEqual(self.assert_problem(self.browser().sign_in("careful", OWN), 401)["type"], "/problems/code_needed")
        self.assert_problem(self.browser().sign_in("careful", OWN, code=used), 401)
        self.assertEqual(self.browser().sign_in("careful", OWN, code=codes[0]).status, 200)
        self.assert_problem(self.browser().sign_in("careful", OWN, code=codes[0]), 401)
        self.assertEqual(self.browser().sign_in("careful", OWN, code=totp(secret, 1)).status, 200)

    def test_a_token_for_looking_changes_nothing(self) -> None:
        made = self.daemon.client.post("/tokens", {"name": "looker", "role": "administrator", "reads_only": True})
        program = Client(port=self.daemon.port, token=made.json["token"])
        self.assertEqual(program.get("/gateways").status, 200)
        self.assertEqual(self.assert_problem(program.post("/gateways/sandbox/pause"), 403)["type"], "/problems/reads_only")
        self.assertEqual(self.daemon.client.post("/tokens/looker/revoke").status, 200)
        self.assert_problem(program.get("/gateways"), 401)


class Rights(People):
    def journal(self) -> list[tuple[str, str, str]]:
        return [(e["who"], e["action"], e["object"]) for e in self.daemon.client.all("/journal", limit=1000)]

    def test_looks_and_changes_stand_in_the_journal_by_name(self) -> None:
        person = self.added("lan")
        code = person.post("/cases", {"unit": "03595", "service": "medical", "note": "x"}).json["code"]
        self.assertEqual(person.get(f"/cases/{code}").status, 200)
        self.assertEqual(person.get(f"/cases/{code}/safe-contact").status, 200)
        self.assertEqual(person.post(f"/cases/{code}/read").status, 200)
        self.assertEqual(person.post(f"/cases/{code}/close", {"outcome": "safe"}).status, 200)
        whole = self.journal()
        mine = [(action, what) for who, action, what in whole if who == "lan"]
        self.assertEqual(mine, [("cases/{code}/close", code), ("case.read", code), ("case.safe_contact", code),
                                ("case.show", code), ("cases", None), ("session/password", None), ("session", None)])
        self.assertIn(("operator at the socket", "users", "lan"), whole)
        made = self.daemon.client.post("/tokens", {"name": "tool", "role": "administrator"}).json["token"]
        Client(port=self.daemon.port, token=made).post("/gateways/sandbox/resume")
        self.assertEqual(self.journal()[0], ("token tool", "gateways/{name}/resume", "sandbox"))
        played = {"from": "0987000555", "text": "chao"}
        self.assertEqual(self.added("player").post("/sandbox/texts", played).status, 200)
        self.assertEqual(self.journal()[0], ("player", "sandbox/texts", None))
        self.assertTrue(self.daemon.client.get("/journal/verify").json["sound"])

    def test_a_facility_sees_what_it_is_asked_and_nothing_else(self) -> None:
        station = self.added("tram", "facility", facility=STATION)
        other = self.added("sin-ho", "facility", facility="Sin Ho clinic")
        opened = {"unit": "03595", "service": "medical", "urgency": "high", "note": "secret words", "phone": "0987000123"}
        code = self.daemon.client.post("/cases", opened).json["code"]
        seen = station.get(f"/referrals/{code}")
        self.assertEqual((seen.json["state"], seen.json["unit"], seen.json["urgency"]), ("alerted", "03595", "high"))
        self.assertNotRegex(seen.body.decode(), "secret|987000123")
        self.assertIn(code, [r["code"] for r in station.all("/referrals")])
        self.assertEqual(other.all("/referrals"), [])
        for verb in ("accept", "decline", "handback", "progress", "close"):
            unknown = other.post(f"/referrals/999999/{verb}", {})
            theirs = other.post(f"/referrals/{code}/{verb}", {})
            self.assertEqual((theirs.status, theirs.body), (404, unknown.body))
        self.assertEqual(other.get(f"/referrals/{code}").status, 404)
        self.assertEqual(station.post(f"/referrals/{code}/accept", {}).json["state"], "accepted")
        self.assertEqual(self.daemon.client.get(f"/cases/{code}").json["owner"], STATION)
        self.assertIn(("tram", "referrals/{code}/accept", code), self.journal())
        self.assertIn(("tram", "referral.list", None), self.journal())
        self.assertEqual(self.daemon.client.post(f"/cases/{code}/transfer", {}).status, 200)
        self.assertEqual(station.get(f"/referrals/{code}").status, 404)  # who gave it on reads nothing of it

    def test_a_facility_in_conflict_learns_nothing(self) -> None:
        station = self.added("tram-2", "facility", facility=STATION)
        opened = {"unit": "03595", "service": "medical", "note": "x", "conflicts": [STATION]}
        code = self.daemon.client.post("/cases", opened).json["code"]
        for answer in (station.get(f"/referrals/{code}"), station.post(f"/referrals/{code}/accept", {})):
            self.assertEqual(answer.status, 404)
        self.assertNotIn(code, [r["code"] for r in station.all("/referrals")])

    def test_who_works_with_campaigns_hears_nothing_of_cases(self) -> None:
        writer, desk = self.added("writer", "author"), self.added("desk")
        status = writer.get("/status").json
        self.assertEqual({"cases", "queue", "database", "coverage"} & set(status), set())
        for gateway in status["gateways"] + writer.get("/gateways").json["items"]:
            self.assertEqual(set(gateway), {"name", "state", "paused"})
        self.daemon.client.csv("/contacts/import", "phone,groups\n0987000001,nhom\n")
        streams = [person.stream("/events") for person in (writer, desk)]
        try:
            self.assertTrue(self.daemon.text("0987000321", REPORT))
            self.assertIn("case", topics(streams[1][1], "case"))
            campaign = CAMPAIGN.format(title="x", group="nhom", text="x", rate=1)
            self.assertEqual(writer.post("/campaigns", campaign, content_type="application/toml").status, 201)
            self.assertNotIn("case", topics(streams[0][1], "campaign"))
        finally:
            for connection, _ in streams:
                connection.close()


def topics(stream: Any, until: str) -> list[str]:
    """The topics of an event stream up to the first `until`."""
    seen: list[str] = []
    while until not in seen:
        line = stream.readline().decode()
        assert line, seen
        if line.startswith("event: "):
            seen.append(line.split()[1])
    return seen


class CommandLine(People):
    def test_somebody_is_added_disabled_and_reset(self) -> None:
        ran = self.daemon.cli("user", "add", "hoa", "--role", "author", "--json", stdin=PASSWORD + "\n")
        self.assertEqual((ran.code, ran.json["role"], "password" in ran.json), (0, "author", False), ran.err)
        self.assertEqual(self.daemon.cli("user", "add", "hoa", "--role", "author", stdin=PASSWORD).code, 1)
        self.assertEqual(self.daemon.cli("user", "add", "hoa 2", "--role", "author").code, 1)
        self.assertEqual(self.daemon.cli("user", "add", "hoa3").code, 2)
        self.assertEqual(own_person(self.daemon.port, "hoa").get("/campaigns").status, 200)
        listed = {u["name"]: u for u in self.daemon.cli("--json", "user", "list").json}
        self.assertEqual((listed["hoa"]["role"], listed["hoa"]["disabled"]), ("author", False))
        self.assertTrue(self.daemon.cli("user", "disable", "hoa", "--json").json["disabled"])
        self.assert_problem(self.browser().sign_in("hoa", OWN), 401)
        self.assertEqual(self.daemon.cli("user", "enable", "hoa").code, 0)
        made = self.daemon.cli("user", "reset", "hoa", "--json").json["password"]
        self.assertRegex(made, r"^([a-z2-9]{5}-){3}[a-z2-9]{5}$")
        self.assertTrue(self.browser().sign_in("hoa", made).json["must_change_password"])
        self.assertEqual(self.daemon.cli("user", "disable", "nobody").code, 1)

    def test_a_token_is_made_and_revoked(self) -> None:
        ran = self.daemon.cli("token", "create", "so-lieu", "--role", "observer", "--days", "1", "--json")
        program = Client(port=self.daemon.port, token=ran.json["token"])
        self.assertEqual(program.get("/report", query={"from": "2021-11-15", "to": "2021-12-15"}).status, 200)
        self.assert_problem(program.get("/cases"), 403)
        self.assertNotIn("td_", self.daemon.cli("token", "list").out)
        self.assertEqual(self.daemon.cli("token", "revoke", "so-lieu").code, 0)
        self.assert_problem(program.get("/status"), 401)


class FirstStart(People):
    def test_the_first_administrator_has_a_password_for_once(self) -> None:
        file = self.daemon.data / "admin.password"
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        password = file.read_text().strip()
        self.assertNotIn(password, self.daemon.log.read_text())
        self.assertIn("admin.password", self.daemon.log.read_text())
        person = own_person(self.daemon.port, "admin", password)
        self.assertFalse(file.exists())
        self.assertEqual(person.get("/users").status, 200)
        self.assert_problem(self.browser().sign_in("admin", password), 401)
        self.daemon.stop()
        self.daemon.start()
        self.assertFalse(file.exists())

    def test_nothing_that_opens_stands_in_database_or_log(self) -> None:
        person = self.added("quiet")
        secret = person.post("/session/second-factor", {"password": OWN}).json["secret"]
        token = self.daemon.client.post("/tokens", {"name": "quiet", "role": "observer"}).json["token"]
        kept = b"".join(f.read_bytes() for f in self.daemon.data.glob("tongdai.db*")) + self.daemon.log.read_bytes()
        for word in (OWN, person.cookies["__Host-tongdai"], person.form_token, token, secret,
                     base64.b32decode(secret).hex()):
            self.assertFalse(word.encode() in kept, re.sub(r".", "*", word))


if __name__ == "__main__":
    unittest.main()
