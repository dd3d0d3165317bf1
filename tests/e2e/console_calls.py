"""Every call that the console makes and nobody else, for test_openapi."""

from typing import Any

SOMEBODY = "0987000004"


def look_over(call: Any) -> None:
    measure(call)
    find_contacts(call)
    play(call)
    type_to_somebody(call)


def measure(call: Any) -> None:
    told = call("POST", "/texts/measure", {"text": "Chào {name}!", "values": {"name": "Mẩy"}}, expect=200).json
    assert (told["text"], told["encoding"], told["left"], told["placeholders"]) == ("Chào Mẩy!", "ucs2", 61, ["name"]), told
    assert told["outside_gsm7"] == [{"character": "ẩ", "at": 7}], told
    assert (told["unaccented"]["encoding"], told["unaccented"]["left"]) == ("gsm7", 151), told
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


def play(call: Any) -> None:
    handsets = call("GET", "/sandbox/inbox", expect=200).json["items"]
    last = call.client.get(f"/sandbox/inbox/{handsets[0]['phone']}").json["items"][-1]
    assert handsets[0]["last"] == last, handsets
    call("GET", "/sandbox/inbox", expect=400, query={"limit": "0"})


def type_to_somebody(call: Any) -> None:
    """A counsellor types, and hears of each word before anything is sent."""
    body = {"unit": "03595", "service": "medical", "urgency": "normal", "note": "openapi", "phone": SOMEBODY}
    opened = call("POST", "/cases", body, expect=201).json
    code, check = opened["code"], "/cases/{code}/messages/check"
    assert (opened["reporter"][-3:], SOMEBODY[1:] in str(opened), opened["thread"]) == ("004", False, "open"), opened
    assert opened["asked"] == [r["facility"] for r in opened["referrals"] if r["alerted_at"]], opened
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
