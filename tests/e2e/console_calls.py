"""Every call that the console makes and nobody else, for test_openapi."""

from typing import Any

SOMEBODY = "0987000004"


def look_over(call: Any) -> None:
    chart(call)
    measure(call)
    find_contacts(call)
    play(call)
    keep_facilities(call)
    type_to_somebody(call)


def chart(call: Any) -> None:
    hour = call("GET", "/gateways/{name}/throughput", expect=200, name="sandbox").json
    assert (len(hour["minutes"]), sum(m["accepted"] for m in hour["minutes"]) > 0) == (60, True), hour
    call("GET", "/gateways/{name}/throughput", expect=404, name="nobody")
    sums = call("GET", "/cases/sums", expect=200).json
    assert (sums["cases"], len(sums["by_unit"]["columns"])) == ({"shown": "below", "count": None}, 12), sums


def measure(call: Any) -> None:
    told = call("POST", "/texts/measure", {"text": "Chào {name}!", "values": {"name": "Mẩy"}}, expect=200).json
    assert (told["text"], told["encoding"], told["left"], told["placeholders"]) == ("Chào Mẩy!", "ucs2", 61, ["name"]), told
    assert told["outside_gsm7"] == [{"character": "ẩ", "at": 7}], told
    assert (told["unaccented"]["encoding"], told["unaccented"]["left"]) == ("gsm7", 151), told
    assert call("POST", "/audiences/measure", {"groups": ["nhom"]}, expect=200).json["recipients"] == 1
    for wrong in ({"groups": ["nobody"]}, {"saved": "nobody"}, {"sample": 0}, {"languages": ["vi"] * 33}):
        call("POST", "/audiences/measure", wrong, expect=400)
    for wrong in ({}, {"text": ""}, {"text": "{name"}, {"text": "a", "values": {"name": 1}}, {"text": "a", "more": 1}):
        call("POST", "/texts/measure", wrong, expect=400)


def find_contacts(call: Any) -> None:
    def names(**query: str) -> list:
        return [c["name"] for c in call("GET", "/contacts", expect=200, query=query).json["items"]]

    assert names(query="a", group="nhom") == ["A"], names()
    assert (names(query="0987000001"), names(query="0987"), names(tag="nothing")) == (["A"], [], [])
    assert names(unit="03595") == ["A"] and not names(opted_out="true", query="a")
    first = call("GET", "/contacts", expect=200, query={"limit": "1"}).json
    assert (first["items"][0]["phone"].endswith("001"), "987000001" in str(first), first["next"] is None) == (True, False, False), first
    call("GET", "/contacts", expect=404, query={"unit": "nowhere"})
    call("GET", "/contacts", expect=400, query={"opted_out": "yes"})


def keep_facilities(call: Any) -> None:
    one, rota = "/facilities/{name}", "/facilities/{name}/duty"
    clinic = {"type": "clinic", "services": ["translation"], "units": ["03595"], "contacts": [{"phone": "0912000777", "hours": "rota"}]}
    for wrong in ({"units": []}, {"type": "No word"}, {"contacts": []}, {"contacts": [{"phone": "113"}]}, {"weight": 101}):
        call("POST", one, clinic | wrong, expect=400, name="Openapi")
    stored = call("POST", one, clinic, expect=200, name="Openapi").json
    assert (stored["weight"], stored["contacts"][0]["on_duty"]) == (50, False), stored
    week = {"from": "2030-11-25 00:00", "to": "2030-12-02 00:00"}
    shift = {"phone": "0912000777", "from": "2030-11-26 07:00", "to": "2030-11-26 19:00"}
    assert call("POST", rota, week | {"shifts": [shift]}, expect=200, name="Openapi").json["shifts"] == 1
    for wrong in ({"shifts": [shift | {"phone": "0912000778"}]}, {"shifts": [shift | {"from": "2030-12-03 07:00"}]}, {"to": "later"}):
        call("POST", rota, week | wrong, expect=400, name="Openapi")
    call("POST", rota, week, expect=404, name="Nobody")
    listed = call("GET", "/duty", expect=200, query={"facility": "Openapi", "from": "2030-11-25", "to": "2030-12-02"}).json["items"]
    assert [s["from"] for s in listed] == ["2030-11-26T00:00:00.000Z"], listed
    call("POST", rota, week, expect=200, name="Openapi")
    assert call("GET", "/duty", expect=200, query={"facility": "Openapi"}).json["items"] == []


def play(call: Any) -> None:
    handsets = call("GET", "/sandbox/inbox", expect=200).json["items"]
    inbox = call.client.get(f"/sandbox/inbox/{handsets[0]['phone']}", query={"limit": 1000}).json["items"]
    assert handsets[0]["last"] in inbox, handsets
    call("GET", "/sandbox/inbox", expect=400, query={"limit": "0"})


def type_to_somebody(call: Any) -> None:
    """A counsellor types, and hears of each word before anything is sent."""
    body = {"unit": "03595", "service": "medical", "urgency": "normal", "note": "openapi", "phone": SOMEBODY}
    opened = call("POST", "/cases", body, expect=201).json
    code, check = opened["code"], "/cases/{code}/messages/check"
    assert (opened["reporter"][-3:], SOMEBODY[1:] in str(opened), opened["thread"]) == ("004", False, "open"), opened
    assert opened["asked"] == [r["facility"] for r in opened["referrals"] if r["state"] == "alerted"], opened
    told = call("POST", check, {"text": "Chao ban"}, expect=200, code=code).json
    assert (told["sendable"], told["bar"]) == (False, "unrecorded"), told
    call("POST", "/cases/{code}/safe-contact", {}, expect=200, code=code)
    told = call("POST", check, {"text": "Mai cong an den, 482913"}, expect=200, code=code).json
    found = [(o["offence"], o["found"], o["at"]) for o in told["objections"]]
    assert (told["sendable"], found) == (False, [("word", "cong an", 5), ("code", None, 18)]), told
    told = call("POST", check, {"text": "Chào bạn"}, expect=200, code=code).json
    assert (told["sendable"], told["refusal"], told["parts"]) == (True, None, 1), told
    assert call("POST", "/cases/{code}/read", expect=200, code=code).json["sent"][0]["facility"], "whom it was for"
    for what, status in (({}, 400), ({"text": ""}, 400), ({"text": "Chao", "to": SOMEBODY}, 400)):
        call("POST", check, what, expect=status, code=code)
    call("POST", check, {"text": "Chao ban"}, expect=404, code="999999")
    call("POST", "/cases/{code}/close", expect=200, code=code)
    call("POST", check, {"text": "Chao ban"}, expect=409, code=code)
