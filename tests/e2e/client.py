"""A small HTTP client of the daemon's two doors, the Unix socket and TCP, with nothing but the standard library."""

import http.client
import json
import socket
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

API = "/api/v1"
TIMEOUT_S = 30


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket: only the way in differs."""

    def __init__(self, path: str, timeout: float = TIMEOUT_S) -> None:
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes
    cookies: dict[str, str] = field(default_factory=dict)  # name -> its value and attributes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip()


def read_answer(response: http.client.HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    cookies = dict(text.split("=", 1) for text in response.msg.get_all("Set-Cookie") or [])
    return Answer(response.status, headers, response.read(), cookies)


class Client:
    """One request, one connection, unless `keep` holds it open. Paths are below /api/v1 unless they begin with //."""

    def __init__(self, *, socket_path: str = "", port: int = 0, token: str = "") -> None:
        self.socket_path, self.port, self.token = socket_path, port, token

    def connection(self, timeout: float = TIMEOUT_S) -> http.client.HTTPConnection:
        if self.socket_path:
            return UnixConnection(self.socket_path, timeout)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def raw(self, timeout: float = TIMEOUT_S) -> socket.socket:
        """A bare connection, for what is not HTTP."""
        connection = self.connection(timeout)
        connection.connect()
        return connection.sock

    def headers(self, extra: dict[str, str] | None = None) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return headers | (extra or {})

    def request(self, method: str, path: str, body: Any = None, *, content_type: str = "", query: dict | None = None,
                headers: dict[str, str] | None = None, keep: http.client.HTTPConnection | None = None,
                timeout: float = TIMEOUT_S) -> Answer:
        url = path[1:] if path.startswith("//") else API + quote(path, safe="/:+")
        if query:
            url += "?" + urlencode(query)
        sent = self.headers(headers)
        if isinstance(body, (dict, list)):
            body, content_type = json.dumps(body).encode(), content_type or "application/json"
        elif isinstance(body, str):
            body = body.encode()
        if content_type:
            sent["Content-Type"] = content_type
        connection = keep or self.connection(timeout)
        try:
            connection.request(method, url, body=body, headers=sent)
            return read_answer(connection.getresponse())
        finally:
            if keep is None:
                connection.close()

    def get(self, path: str, **more: Any) -> Answer:
        return self.request("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self.request("POST", path, body, **more)

    def csv(self, path: str, body: bytes | str, **more: Any) -> Answer:
        return self.request("POST", path, body, content_type="text/csv", **more)

    def all(self, path: str, **query: Any) -> list[dict]:
        """Every item of a list, page by page."""
        items: list[dict] = []
        while True:
            page = self.get(path, query=query).json
            items += page["items"]
            if not page.get("next"):
                return items
            query["cursor"] = page["next"]

    def stream(self, path: str, timeout: float = TIMEOUT_S) -> tuple[http.client.HTTPConnection,
                                                                    http.client.HTTPResponse]:
        """An answer that does not end, such as /events; the caller reads lines and closes the connection."""
        connection = self.connection(timeout)
        connection.request("GET", API + path, headers=self.headers({"Accept": "text/event-stream"}))
        return connection, connection.getresponse()


class Person(Client):
    """A browser: it keeps cookies, and shows the form token of its session."""

    def __init__(self, port: int) -> None:
        super().__init__(port=port)
        self.cookies: dict[str, str] = {}
        self.form_token = ""

    def headers(self, extra: dict[str, str] | None = None) -> dict[str, str]:
        own = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        if self.form_token:
            own["X-Form-Token"] = self.form_token
        return own | (extra or {})

    def sign_in(self, name: str, password: str, headers: dict[str, str] | None = None, **more: str) -> Answer:
        answer = self.post("/session", {"name": name, "password": password} | more, headers=headers)
        self.cookies |= {cookie: text.split(";")[0] for cookie, text in answer.cookies.items()}
        if answer.status == 200:
            self.form_token = answer.json["form_token"]
        return answer
