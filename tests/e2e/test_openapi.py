"""docs/openapi.yaml against the running server: every operation is called, every answer is as documented, and nothing
answers that the document does not know. openapi.mjs reads the document; tests/e2e/install installs what it needs."""

import json
import re
import subprocess
import unittest
from pathlib import Path
from typing import Any

import console
from client import API, Answer, Client
from console_calls import look_over
from daemon import CAMPAIGN, FACILITIES, LINE, REPORT, SOURCE, STATION, DaemonCase, wait_until
from people import answer_for_the_station, sign_in

HERE = Path(__file__).resolve().parent
DOCUMENT = SOURCE / "docs" / "openapi.yaml"
ROUTES = SOURCE / "service" / "api" / "routes.cpp"
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
CITIZEN = "0912345678"
PLACES = "name,type,unit,aliases\nNà Phát,Bản,03618,na phat duoi\n,,,\n"
CONTACTS = "phone,name,unit,language,groups,tags\n0987000001,A,03595,vi,nhom,moi;khoa-1\n12,B,,vi,,\n"
TOML = CAMPAIGN.format(title="Openapi", group="nhom", text="Xin chao", rate=100)
CSV = "text/csv"


def ask_node(calls: list[dict]) -> dict[str, list]:
    done = subprocess.run(["node", HERE / "openapi.mjs", DOCUMENT], input=json.dumps(calls), capture_output=True,
                          text=True, encoding="utf-8", timeout=60)
    if done.returncode:
        raise AssertionError(f"openapi.mjs: {done.stderr[-3000:]}\n(tests/e2e/install installs what it needs)")
    return json.loads(done.stdout)


class Caller:
    """Makes calls and keeps what was sent and came, by the template of its path."""

    def __init__(self, daemon: Any) -> None:
        self.daemon = daemon
        self.client = daemon.tcp
        self.socket = daemon.client
        self.calls: list[dict] = []

    def __call__(self, method: str, template: str, body: Any = None, *, expect: int, content_type: str = "",
                 query: dict | None = None, socket: bool = False, headers: dict | None = None, **places: str) -> Answer:
        path = template.format(**places)
        client = self.socket if socket else self.client
        answer = client.request(method, path, body, content_type=content_type, query=query, headers=headers)
        if answer.status != expect:
            raise AssertionError(f"{method} {path}: expected {expect}, got {answer.status} {answer.body[:500]!r}")
        self.note(method, template, answer, body, content_type)
        return answer

    def through(self, client: Client) -> "Caller":
        """The same list of calls, by somebody else."""
        other = Caller(self.daemon)
        other.client, other.calls = client, self.calls
        return other

    def note(self, method: str, template: str, answer: Answer, body: Any = None, content_type: str = "") -> None:
        full = template[1:] if template.startswith("//") else API + template
        call = {"method": method, "path": full, "status": answer.status, "type": answer.type}
        if answer.body:
            call["body"] = answer.json if "json" in answer.type else answer.body.decode(errors="replace")
        if body is not None:
            call["sent"] = body
            call["sentType"] = content_type or "application/json"
        self.calls.append(call)


def operate(call: Caller) -> None:
    for path in ("//healthz", "//readyz", "//metrics", "/status", "/gateways"):
        call("GET", path, expect=200)
    call("POST", "/gateways/{name}/pause", expect=200, name="sandbox")
    call("POST", "/gateways/{name}/resume", expect=200, name="sandbox")
    call("POST", "/gateways/{name}/pause", expect=404, name="nobody")
    call("POST", "/gateways/{name}/resume", expect=404, name="nobody")


def fill(call: Caller) -> None:
    units = (SOURCE / "config/units/lai_chau.csv").read_text(encoding="utf-8")
    for what, csv in (("units", units), ("places", PLACES), ("contacts", CONTACTS), ("facilities", FACILITIES)):
        call("POST", f"/{what}/import", csv, expect=200, content_type=CSV)
        call("POST", f"/{what}/import", "nonsense\n1\n", expect=400, content_type=CSV)
    call("POST", "/contacts/import", CONTACTS, expect=200, content_type=CSV, query={"group": "them"})
    for path, query in (
        ("/units", {"name": "than uyen"}),
        ("/places", {"name": "na phat"}),
        ("/groups", None),
        ("/tags", None),
        ("/facilities", None),
    ):
        call("GET", path, expect=200, query=query)
        call("GET", path, expect=400, query=(query or {}) | {"limit": "0"})
    call("GET", "/contacts/{phone}", expect=200, phone="0987000001")
    call("GET", "/contacts/{phone}", expect=404, phone="0987999999")
    call("POST", "/contacts/{phone}/opt-out", expect=200, phone="0987000009")
    call("POST", "/contacts/{phone}/consent", expect=200, phone="0987000001")
    call("POST", "/contacts/{phone}/consent", expect=422, phone="0987000009")
    call("POST", "/do-not-call/import", "phone\n0987000001\n", expect=200, content_type=CSV)
    call("POST", "/do-not-call/import", "phone\nnonsense\n", expect=400, content_type=CSV)


def audiences(call: Caller) -> None:
    rows = "phone,diem_hen\n0987000001,Tram y te\n0987000077,\nx,\n"
    brought = call("POST", "/lists/import", rows, expect=200, content_type=CSV, query={"name": "hen"}).json
    assert (brought["imported"], brought["rejected"], len(brought["remarks"])) == (2, 1, 1), brought
    call("POST", "/lists/import", "x\n1\n", expect=400, content_type=CSV, query={"name": "hen"})
    call("POST", "/lists/import", rows, expect=400, content_type=CSV)
    assert call("GET", "/lists", expect=200).json["items"][0]["columns"] == ["diem_hen"]
    call("GET", "/lists", expect=400, query={"limit": "0"})
    terms = {"name": "nhom 1", "groups": ["nhom"], "languages": ["vi"], "exclude_groups": ["them"], "sample": 1}
    call("POST", "/audiences", terms, expect=200)
    call("POST", "/audiences", terms | {"exclude_groups": []}, expect=200)  # in place of the first
    call("POST", "/audiences", {"name": "the", "tags": ["moi"], "exclude_tags": ["khoa-1"]}, expect=200)
    assert call("GET", "/audiences/{name}/size", expect=200, name="the").json["audience"] == 0
    call("POST", "/audiences", {"name": "hen", "lists": ["hen"]}, expect=200)
    assert call("GET", "/audiences/{name}/size", expect=200, name="hen").json["audience"] == 1
    for wrong in ({"groups": ["nobody"]}, {"exclude_lists": ["nothing"]}, {"tags": ["nothing"]}, {"saved": "nhom 1"},
                  {"name": ""}, {"name": "a\nb"}, {"sample": 0}):
        call("POST", "/audiences", terms | wrong, expect=400)
    listed = call("GET", "/audiences", expect=200, query={"limit": 2}).json["items"]
    assert [(a["name"], a["exclude_groups"]) for a in listed] == [("hen", []), ("nhom 1", [])], listed
    call("GET", "/audiences", expect=400, query={"limit": "0"})
    size = call("GET", "/audiences/{name}/size", expect=200, name="nhom 1").json
    assert (size["audience"], size["recipients"]) == (1, 1), size
    call("GET", "/audiences/{name}/size", expect=404, name="nhom 2")
    made = TOML.replace('groups = ["nhom"]', 'saved = "nhom 1"')
    assert "saved" in made, made
    draft = call("POST", "/campaigns", made, expect=201, content_type="application/toml").json["id"]
    shown = call("GET", "/campaigns/{id}", expect=200, id=draft).json
    assert shown["saved_audience"] == "nhom 1", shown
    call("POST", "/campaigns", made.replace("nhom 1", "nobody"), expect=400, content_type="application/toml")


def send(call: Caller) -> None:
    body = {"to": STATION, "text": "Xin chao", "purpose": "operator_code", "gateway": "sandbox"}
    message = call("POST", "/messages", body, expect=202, headers={"Idempotency-Key": "openapi"}).json["id"]
    call("POST", "/messages", {"to": STATION}, expect=400)
    call("POST", "/messages", {"to": CITIZEN, "text": "x", "purpose": "relay_to_reporter"}, expect=400)
    call("POST", "/messages", {"to": LINE, "text": "x"}, expect=422)  # our own number
    wait_until(lambda: call.client.get(f"/messages/{message}").json["state"] == "delivered", "the receipt")
    call("GET", "/messages/{id}", expect=200, id=message)
    call("GET", "/messages/{id}", expect=404, id="999")
    call("GET", "/messages", expect=200, query={"limit": 1, "to": STATION, "state": "delivered"})
    call("GET", "/messages", expect=400, query={"state": "nonsense"})
    for action in ("resend", "write-off"):  # it is delivered: neither fits
        call("POST", f"/messages/{{id}}/{action}", expect=409, id=message)
        call("POST", f"/messages/{{id}}/{action}", expect=404, id="999")


def campaign(call: Caller) -> None:
    kind = {"content_type": "application/toml"}
    first, second = (call("POST", "/campaigns", TOML, expect=201, **kind).json["id"] for _ in range(2))
    call("POST", "/campaigns", "title = 1", expect=400, **kind)
    call("GET", "/campaigns/{id}/preview", expect=200, id=first)
    test = "/campaigns/{id}/test"
    told = call("POST", test, {"to": ["0987000002", LINE], "language": "vi"}, expect=200, id=first).json["items"]
    assert [item["refusal"] for item in told] == [None, "machine"], told
    call("POST", test, {"to": []}, expect=400, id=first)
    call("POST", test, {"to": ["0987000002"], "language": "xx"}, expect=400, id=first)
    call("POST", test, {"to": ["0987000002"]}, expect=404, id="999")
    call("POST", "/campaigns/{id}/submit", expect=200, id=first)
    call("POST", "/campaigns/{id}/reject", expect=400, id=first)
    call("POST", "/campaigns/{id}/reject", {"comment": "the date"}, expect=200, id=first)
    call("POST", "/campaigns/{id}/edit", TOML, expect=200, id=first, **kind)
    call("POST", "/campaigns/{id}/edit", "title = 1", expect=400, id=first, **kind)
    call("POST", "/campaigns/{id}/edit", TOML, expect=404, id="999", **kind)
    call("POST", "/campaigns/{id}/submit", expect=200, id=first)
    call("POST", "/campaigns/{id}/approve", expect=409, id=first)  # the token wrote it
    call("POST", "/campaigns/{id}/approve", expect=200, id=first, socket=True)
    call("POST", "/campaigns/{id}/tune", {"rate": 50, "gateway": "sandbox"}, expect=200, id=first)
    call("POST", "/campaigns/{id}/tune", {"rate": None, "gateway": None}, expect=200, id=first)
    call("POST", "/campaigns/{id}/tune", {"gateway": "nobody"}, expect=400, id=first)
    call("POST", "/campaigns/{id}/tune", {"rate": 5}, expect=404, id="999")
    call("POST", "/campaigns/{id}/tune", {"rate": 5}, expect=409, id=second)
    call("GET", "/campaigns/{id}/history", expect=200, id=first)
    call("GET", "/campaigns/{id}/history", expect=404, id="999")
    call("GET", "/campaigns/{id}/revisions/{number}", expect=200, id=first, number="2")
    call("GET", "/campaigns/{id}/revisions/{number}", expect=404, id=first, number="3")
    call("POST", "/campaigns/{id}/pause", expect=200, id=first)
    call("POST", "/campaigns/{id}/resume", expect=200, id=first)
    call("POST", "/campaigns/{id}/cancel", expect=200, id=second)
    call("POST", test, {"to": ["0987000002"]}, expect=409, id=second)
    call("GET", "/campaigns", expect=200)
    call("GET", "/campaigns/{id}", expect=200, id=first)
    call("GET", "/campaigns/{id}/export", expect=200, id=first)
    call("GET", "/campaigns/{id}/export", expect=403, id=first, query={"numbers": "whole"})
    call("GET", "/campaigns/{id}/breakdown", expect=200, id=first, query={"by": "unit", "level": "province"})
    call("GET", "/campaigns/{id}/breakdown", expect=400, id=first, query={"by": "colour"})
    call("GET", "/campaigns/{id}/audit", expect=200, id=first)
    call("POST", "/campaigns/{id}/repair", expect=200, id=first)
    call("POST", "/campaigns/{id}/repair", expect=404, id="999")
    call("GET", "/report", expect=200, query={"from": "2021-11-15", "to": "2021-12-15"})
    call("GET", "/report", expect=400, query={"from": "2021-11-15"})
    call("GET", "/report", expect=404, query={"from": "2021-11-15", "to": "2021-12-15", "series": "999"})
    for path in ("", "/preview", "/export"):
        call("GET", "/campaigns/{id}" + path, expect=404, id="999")
    for event in ("submit", "approve", "reject", "pause", "resume", "cancel"):
        call("POST", f"/campaigns/{{id}}/{event}", expect=404, id="999")
        call("POST", f"/campaigns/{{id}}/{event}", expect=409, id=second)
    call("POST", "/campaigns/{id}/edit", TOML, expect=409, id=second, **kind)


def series(call: Caller) -> None:
    kind = {"content_type": "application/toml"}
    repeat = "[schedule]\nstart = 2031-11-24T00:00:00+07:00\n[schedule.repeat]\nevery = \"day\"\nuntil = \"2031-11-26\"\n"
    whole = TOML.split("[schedule]")[0] + repeat + "[canary]\nsize = 5\n"
    made = call("POST", "/campaigns", whole, expect=201, **kind).json
    assert len(made["steps"]) == 3, made
    call("POST", "/campaigns", whole.replace("2031-11-26", "2031-11-23"), expect=400, **kind)
    call("POST", "/campaigns/{id}/edit", whole, expect=400, id=made["id"], **kind)
    call("GET", "/campaigns/{id}", expect=200, id=made["id"])
    call("GET", "/series", expect=200)
    call("GET", "/series/{id}", expect=200, id=made["series"])
    call("GET", "/series/{id}", expect=404, id="999")
    call("GET", "/campaigns/calendar", expect=200, query={"from": "2031-11-01", "to": "2031-11-30"})
    call("GET", "/campaigns/calendar", expect=400, query={"from": "2031-11-31"})
    call("GET", "/campaigns/calendar", expect=200)
    for event in ("submit", "reject", "submit", "approve", "pause", "resume", "cancel"):
        call("POST", f"/series/{{id}}/{event}", {"comment": "openapi"}, expect=200, id=made["series"], socket=True)
    for event in ("submit", "approve", "reject", "pause", "resume", "cancel"):
        call("POST", f"/series/{{id}}/{event}", expect=409, id=made["series"])
        call("POST", f"/series/{{id}}/{event}", expect=404, id="999")
    call("POST", "/series/{id}/submit", {"comment": 1}, expect=400, id=made["series"])


def help_somebody(call: Caller) -> None:
    call("POST", "/sandbox/texts", {"from": CITIZEN, "to": LINE, "text": REPORT}, expect=200)
    call("POST", "/sandbox/texts", {"from": CITIZEN}, expect=400)
    wait_until(lambda: call.client.get(f"/sandbox/inbox/{CITIZEN}").json["items"], "the acknowledgement")
    call("GET", "/sandbox/inbox/{phone}", expect=200, phone=CITIZEN)
    body = {"unit": "03595", "service": "medical", "urgency": "high", "note": "openapi"}
    code = call("POST", "/cases", body, expect=201).json["code"]
    call("POST", "/cases", {"urgency": "none"}, expect=400)
    call("GET", "/cases", expect=200, query={"state": "open"})
    call("GET", "/cases/{code}", expect=200, code=code)
    call("GET", "/cases/{code}", expect=404, code="999999")
    call("POST", "/cases", {"note": "nha o Than Uyen, bi danh"}, expect=201)
    waiting = call("POST", "/calls", {"phone": "0987000077"}, expect=201).json["code"]
    call("POST", "/calls", {"phone": "0987000077", "kind": "please_call"}, expect=200)
    call("POST", "/calls", {"phone": "113"}, expect=400)
    call("POST", "/cases/{code}/called-back", expect=200, code=waiting)
    call("POST", "/cases/{code}/called-back", expect=409, code=waiting)
    call("POST", "/cases/{code}/called-back", expect=404, code="999999")
    call("POST", "/cases/{code}/close", expect=200, code=code)
    call("POST", "/cases/{code}/close", expect=409, code=code)
    call("POST", "/cases/{code}/close", expect=404, code="999999")
    call("POST", "/cases/{code}/read", expect=200, code=code)
    reported = call.client.get("/cases", query={"state": "open"}).json["items"][0]["code"]
    read = call("POST", "/cases/{code}/read", {"reason": "openapi"}, expect=200, code=reported).json
    assert (read["reporter"], read["texts"][0]["text"]) == ("+84" + CITIZEN[1:], REPORT), read
    call("POST", "/cases/{code}/read", {"reasons": ""}, expect=400, code=code)
    call("POST", "/cases/{code}/read", expect=404, code="999999")
    call("POST", "/cases/{code}/erase", expect=409, code=reported)
    call("POST", "/cases/{code}/erase", {"reason": 1}, expect=400, code=code)
    call("POST", "/cases/{code}/erase", {"reason": "asked for"}, expect=200, code=code)
    call("POST", "/cases/{code}/erase", expect=404, code="999999")
    call("POST", "/cases/erase-old", {"older_than_days": 1}, expect=200)
    call("POST", "/cases/erase-old", {}, expect=400)


def look_back(call: Caller) -> None:
    call("GET", "/journal", expect=200, query={"limit": 5})
    call("GET", "/journal", expect=400, query={"limit": 0})
    assert call("GET", "/journal/verify", expect=200).json["sound"]


def hand_on(call: Caller) -> None:
    rows = "facility,phone,from,to,duty\nThan Uyen police,0912000102,2030-11-25 00:00,2030-11-25 24:00,off\n"
    call("POST", "/duty/import", rows, expect=200, content_type=CSV)
    call("POST", "/duty/import", "nonsense\n1\n", expect=400, content_type=CSV)
    assert call("GET", "/duty", expect=200).json["items"], "the shift"
    call("GET", "/duty", expect=400, query={"limit": "0"})
    assert call("GET", "/coverage", expect=200, query={"unit": "03478", "days": "2"}).json["items"], "no police there"
    call("GET", "/coverage", expect=400, query={"days": "32"})
    call("GET", "/coverage", expect=404, query={"unit": "nowhere"})
    body = {"unit": "03595", "service": "medical", "urgency": "normal", "note": "openapi", "language": "hmn"}
    code = call("POST", "/cases", body, expect=201).json["code"]
    station = {"facility": "Than Uyen health station"}

    def turn(what: str, said: dict, expect: int = 200) -> Any:
        return call("POST", f"/cases/{{code}}/{what}", said, expect=expect, code=code).json

    turn("decline", {}, expect=400)
    turn("decline", station | {"reason": "het xe"})
    turn("progress", {}, expect=409)
    turn("accept", {"facility": "Nobody"}, expect=404)
    turn("accept", station)
    turn("progress", {})
    turn("handback", {"reason": "0912 000 555"})
    turn("accept", station)
    turn("transfer", {"to": "nobody of this name"}, expect=400)
    turn("transfer", {"to": "police"}, expect=422)
    assert turn("consent", {"service": "police", "consent": "given"})["tracks"], "the police's own"
    turn("consent", {"service": "police", "consent": "given"}, expect=409)
    turn("consent", {"service": "nothing", "consent": "given"}, expect=400)
    turn("transfer", {"to": "police"})
    turn("clocks", {"clock": "no_contact", "event": "start", "from": "2026-01-01T00:00:00.000Z"})
    turn("clocks", {"clock": "no_contact", "event": "start"}, expect=409)
    turn("clocks", {"clock": "forward", "event": "met"}, expect=404)
    turn("clocks", {"clock": "no_contact", "event": "met"})
    turn("reopen", {}, expect=409)
    call("POST", "/cases/{code}/close", expect=200, code=code)
    turn("consent", {"service": "shelter", "consent": "given"}, expect=409)
    turn("reopen", {})


def write_to_somebody(call: Caller) -> None:
    body = {"unit": "03595", "service": "medical", "urgency": "normal", "note": "openapi", "phone": "0987000003"}
    code = call("POST", "/cases", body, expect=201).json["code"]
    contact, messages = "/cases/{code}/safe-contact", "/cases/{code}/messages"
    assert not call("GET", contact, expect=200, code=code).json["recorded"]
    call("POST", messages, {"text": "Chao ban"}, expect=422, code=code)
    agreed = {"hours": ["00:00-24:00"], "word": "hoa ban", "duress_word": "rau cai"}
    recorded = call("POST", contact, agreed, expect=200, code=code).json
    assert (recorded["has_word"], recorded["thread"], "hoa ban" in str(recorded)) == (True, "open", False), recorded
    for wrong in ({"hours": ["late"]}, {"content": "explicit"}, {"word": "a"}, {"duress_word": "hoa ban"}, {"channel": "x"},
                  {"expires_at": "2021-11-25T07:00:00+07:00"}):
        call("POST", contact, agreed | wrong, expect=400, code=code)
    call("POST", messages, {"text": "Chao ban"}, expect=201, code=code)
    call("POST", messages, {}, expect=400, code=code)
    refused = call("POST", messages, {"text": "Mai cong an den"}, expect=422, code=code).json
    assert 'text: the word "cong an" at character 5' in refused["detail"], refused
    call("POST", "/cases/{code}/close", expect=200, code=code)
    for path, what in ((contact, {}), (messages, {"text": "Chao ban"})):
        call("POST", path, what, expect=409, code=code)
        call("POST", path, what, expect=404, code="999999")
    call("GET", contact, expect=404, code="999999")


class OpenApi(DaemonCase):
    settings = {"tcp": True, "hotline": "[hotline.routing]\nconsent = [\"police\"]"}
    call: Caller

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        wait_until(lambda: cls.daemon.client.get("//readyz").status == 200, "a gateway")
        cls.call = Caller(cls.daemon)
        for walk in (operate, console.look_at_the_console, fill, audiences, send, campaign, series, help_somebody, hand_on,
                     write_to_somebody, look_over, sign_in, answer_for_the_station, look_back):
            walk(cls.call)
        cls.call("POST", "/backup", {"file": str(cls.daemon.folder / "copy.db"), "keys": str(cls.daemon.folder / "copy.keys")}, expect=200, socket=True)
        connection, response = cls.daemon.client.stream("/events")  # does not end: only its head
        head = {"content-type": response.getheader("Content-Type", "")}
        cls.call.note("GET", "/events", Answer(response.status, head, b""))
        connection.close()
        cls.told = ask_node(cls.call.calls)
        cls.operations = {(o["method"], o["path"]) for o in cls.told["operations"]}

    def test_every_answer_is_as_documented(self) -> None:
        self.assertEqual(self.told["faults"], [])

    def test_every_operation_was_called_with_success(self) -> None:
        called = {(c["method"], c["path"]) for c in self.call.calls
                  if c["status"] < 300 or re.search("resend|write-off", c["path"])}
        self.assertEqual(self.operations - called - console.OPERATIONS, set())

    def test_the_document_and_the_route_table_are_one_set(self) -> None:
        rows = re.findall(r"\{\s*(get|post),\s*\"(/[^\"]*)\"", ROUTES.read_text(encoding="utf-8"))
        self.assertGreater(len(rows), 30)
        self.assertEqual({(method.upper(), path) for method, path in rows}, self.operations)

    def test_nothing_else_answers(self) -> None:
        paths = {path for _, path in self.operations}
        places = {"id": "1", "code": "1", "phone": CITIZEN, "name": "sandbox", "number": "1", "file": console.NO_FILE}
        tried = {path.format(**places) for path in paths}
        templates = [(method, re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))))
                     for method, path in self.operations]
        for path in paths:  # neighbours: one part less, one part more
            tried |= {path.rsplit("/", 1)[0].format(**places) or "/", path.format(**places) + "/x",
                      path.format(**places) + "/"}
        tried |= {API + end for end in ("", "/users", "/audit", "/debug", "/../../etc/passwd")}
        tried |= {"/debug", "/api", "/api/v2/status"}
        for path in sorted(tried):
            for method in METHODS:
                if any(m == method and template.fullmatch(path) for m, template in templates):
                    continue
                answer = self.call.client.request(method, "/" + path)
                self.assertIn(answer.status, (404, 405, 501), (method, path))

    def test_a_stranger_is_refused_everywhere(self) -> None:
        from client import Client
        stranger = Client(port=self.daemon.port)
        places = {"id": "1", "code": "1", "phone": CITIZEN, "name": "sandbox", "number": "1", "file": console.NO_FILE}
        for method, path in sorted(self.operations - console.OPERATIONS - {("GET", "/healthz"), ("GET", "/readyz")}):
            self.assert_problem(stranger.request(method, "/" + path.format(**places)), 401)


if __name__ == "__main__":
    unittest.main()
