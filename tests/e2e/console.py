"""The console's own files, for tests of all calls: whether it was built or not. test_console.py looks at a built one."""

import re
from typing import Any

FILES = frozenset({"/", "/index.html", "/assets/{file}", "/calendar.html", "/robots.txt"})  # for anybody
OPERATIONS = frozenset(("GET", path) for path in FILES)
NO_FILE = "nothing.js"


def look_at_the_console(call: Any) -> None:
    page = call.client.get("//")
    named = re.search(r"/assets/([^\"'>\s]+)", page.body.decode())
    for path in ("//", "//index.html"):
        call("GET", path, expect=page.status)
    if named:
        call("GET", "//assets/{file}", expect=200, file=named[1])
    call("GET", "//assets/{file}", expect=404, file=NO_FILE)
    call("GET", "//calendar.html", expect=call.client.get("//calendar.html").status)
    call("GET", "//robots.txt", expect=200)
