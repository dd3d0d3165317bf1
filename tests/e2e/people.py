"""People who sign in, for the tests."""

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

from client import Person

PASSWORD = "con trau den"  # of all whom the tests make, before they choose their own
OWN = "con trau trang"


def totp(secret: str, steps_off: int = 0) -> str:
    """The code that an app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps_off), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def own_person(port: int, name: str, given: str = PASSWORD) -> Person:
    """Signed in, with a password of their own."""
    person = Person(port)
    answer = person.sign_in(name, given)
    assert answer.status == 200, answer
    changed = person.post("/session/password", {"current": given, "new": OWN})
    assert changed.status == 200, changed
    return person


def sign_in(call: Any) -> None:
    """Every call about people, for test_openapi."""
    for wrong, status in (({"name": "an"}, 400), ({"name": "an", "role": "x"}, 400),
                          ({"name": "an", "role": "facility", "facility": "Nobody"}, 404)):
        call("POST", "/users", wrong, expect=status)
    made = call("POST", "/users", {"name": "an", "role": "author"}, expect=201).json["password"]
    call("POST", "/users", {"name": "an", "role": "author"}, expect=409)
    call("GET", "/users", expect=200)
    call("GET", "/users", expect=400, query={"limit": "0"})
    browser = Person(call.client.port)
    person = call.through(browser)
    person("POST", "/session", {"name": "an", "password": "x"}, expect=401)
    person.note("POST", "/session", browser.sign_in("an", made), {"name": "an", "password": made})
    person("GET", "/session", expect=200)
    person("POST", "/session/password", {"current": made, "new": "short"}, expect=400)
    person("POST", "/session/password", {"current": "not mine", "new": PASSWORD}, expect=403)
    person("POST", "/session/password", {"current": made, "new": PASSWORD}, expect=200)
    factor = "/session/second-factor"
    person("POST", factor + "/confirm", {"code": "000000"}, expect=409)
    secret = person("POST", factor, {"password": PASSWORD}, expect=200).json["secret"]
    person("POST", factor + "/confirm", {"code": "000"}, expect=400)
    codes = person("POST", factor + "/confirm", {"code": totp(secret)}, expect=200).json["recovery_codes"]
    person("POST", factor, {"password": PASSWORD}, expect=409)
    person("POST", factor + "/remove", {"password": PASSWORD}, expect=403)
    person("POST", factor + "/remove", {"password": PASSWORD, "code": codes[0]}, expect=200)
    person("POST", "/session/end", expect=200)
    call("GET", "/session", expect=409)  # a program has none
    call("POST", "/users/{name}/disable", expect=200, name="an")
    call("POST", "/users/{name}/enable", expect=200, name="an")
    call("POST", "/users/{name}/disable", expect=409, name="admin")
    call("POST", "/users/{name}/reset", {"password": "con trau xanh"}, expect=200, name="an")
    call("POST", "/users/{name}/reset", {"password": "an"}, expect=400, name="an")
    for verb in ("disable", "enable", "reset"):
        call("POST", f"/users/{{name}}/{verb}", expect=404, name="nobody")
    token = {"name": "bao-cao", "role": "observer", "reads_only": True, "days": 1}
    call("POST", "/tokens", token, expect=201)
    call("POST", "/tokens", token, expect=409)
    call("POST", "/tokens", token | {"role": "facility"}, expect=400)
    call("GET", "/tokens", expect=200)
    call("GET", "/tokens", expect=400, query={"limit": "0"})
    call("POST", "/tokens/{name}/revoke", expect=200, name="bao-cao")
    call("POST", "/tokens/{name}/revoke", expect=404, name="bao-cao")


def answer_for_the_station(call: Any) -> None:
    """Every call of a facility's own people, for test_openapi."""
    body = {"name": "tram", "role": "facility", "facility": "Than Uyen health station", "password": PASSWORD}
    call("POST", "/users", body, expect=201)
    person = call.through(own_person(call.client.port, "tram"))
    report = {"unit": "03595", "service": "medical", "urgency": "high", "note": "openapi"}
    code = call("POST", "/cases", report, expect=201).json["code"]
    assert code in [r["code"] for r in person("GET", "/referrals", expect=200).json["items"]]
    person("GET", "/referrals", expect=400, query={"limit": "0"})
    person("GET", "/referrals/{code}", expect=200, code=code)
    person("GET", "/referrals/{code}", expect=404, code="999999")
    for verb, status in (("progress", 409), ("decline", 200), ("close", 409), ("accept", 200)):  # a late yes counts
        person("POST", f"/referrals/{{code}}/{verb}", {"reason": "het xe"}, expect=status, code=code)
    code = call("POST", "/cases", report, expect=201).json["code"]
    for verb in ("accept", "progress", "handback"):
        person("POST", f"/referrals/{{code}}/{verb}", {}, expect=200, code=code)
        person("POST", f"/referrals/{{code}}/{verb}", {}, expect=404, code="999999")
        person("POST", f"/referrals/{{code}}/{verb}", {"facility": "another"}, expect=400, code=code)
    code = call("POST", "/cases", report, expect=201).json["code"]
    for verb in ("accept", "close"):
        person("POST", f"/referrals/{{code}}/{verb}", {}, expect=200, code=code)
    call("GET", "/referrals", expect=409)  # the token is of no facility
