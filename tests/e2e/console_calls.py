"""Every call that the console makes and nobody else, for test_openapi."""

from typing import Any

SOMEBODY = "0987000004"


def look_over(call: Any) -> None:
    type_to_somebody(call)


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
