"""The HTTP door: problem documents, limits, bad clients, sign-in, replays, the event stream, health and metrics."""

import re
import socket
import time
import unittest
from contextlib import ExitStack

from client import Client
from daemon import LINE, STATION, DaemonCase, wait_until

MEBI = 1024 * 1024
SLOW_CLIENTS = 100
POST = "POST /api/v1/messages HTTP/1.1\r\nHost: localhost\r\n"
PATIENCE_S = 15  # longer than the daemon's limit for a request's head


def until_closed(s: socket.socket) -> bytes:
    """All that comes until the other side closes; a reset is a close too."""
    heard = b""
    try:
        while chunk := s.recv(65536):
            heard += chunk
    except (ConnectionResetError, BrokenPipeError):
        pass
    return heard


class Http(DaemonCase):
    settings = {"tcp": True}

    def setUp(self) -> None:
        self.client = self.daemon.tcp

    def still_well(self) -> None:
        self.assertEqual(self.client.get("//healthz").status, 200)
        assert self.daemon.process and self.daemon.process.poll() is None


class Problems(Http):
    def test_documents(self) -> None:
        for client in (self.client, self.daemon.client):
            self.assert_problem(client.get("/nonsense"), 404)
            self.assert_problem(client.get("/messages/999"), 404)
            self.assert_problem(client.get("/messages/abc"), 400 if client.get("/messages/abc").status == 400 else 404)
            self.assert_problem(client.post("/messages", "{", content_type="application/json"), 400)
            self.assert_problem(client.post("/messages", [1]), 400)
            self.assert_problem(client.get("/messages", query={"limit": "-3"}), 400)
            self.assert_problem(client.get("/messages", query={"cursor": "nonsense"}), 400)

    def test_the_fault_is_named(self) -> None:
        document = self.assert_problem(self.client.post("/messages", {"to": STATION}), 400)
        self.assertIn("text", str(document))
        document = self.assert_problem(self.client.post("/messages", {"to": STATION, "text": "x", "typo": 1}), 400)
        self.assertIn("typo", str(document))

    def test_a_wrong_method_is_told_apart_from_a_wrong_path(self) -> None:
        answer = self.client.request("DELETE", "/messages")
        self.assertIn(answer.status, (400, 405, 501))
        self.assertEqual(answer.type, "application/problem+json")
        self.assert_problem(self.client.post("/status"), 405)

    def test_too_large_a_body_is_refused_before_it_is_read(self) -> None:
        head = (f"{POST}Authorization: Bearer {self.client.token}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {10 * MEBI}\r\n\r\n").encode()
        with self.client.raw() as s:
            s.sendall(head)
            try:
                for _ in range(10):
                    s.sendall(b"x" * MEBI)
            except (ConnectionResetError, BrokenPipeError):
                pass  # it stopped listening, as it may
            heard = until_closed(s)
        if heard:  # a reset may overtake the answer
            self.assertTrue(heard.startswith(b"HTTP/1.1 413"), heard[:200])
        with self.client.raw() as s:  # who waits for the answer gets it
            s.sendall(head)
            s.settimeout(PATIENCE_S)
            self.assertTrue(s.recv(4096).startswith(b"HTTP/1.1 413"))
        self.still_well()

    def test_a_file_of_ten_megabytes_is_taken(self) -> None:
        row = "0987000001,{},03595,vi,nhom\n"
        rows = 10 * MEBI // len(row.format("x" * 170))
        answer = self.client.csv("/contacts/import", "phone,name,unit,language,groups\n" + row.format("x" * 170) * rows,
                                 timeout=120)
        self.assertEqual(answer.status, 200, answer.body[:500])
        self.assertEqual(answer.json["imported"] + answer.json["updated"] + answer.json["rejected"], rows)


class Clients(Http):
    def test_slow_clients_hold_up_nobody(self) -> None:
        with ExitStack() as open_sockets:
            slow = []
            for n in range(SLOW_CLIENTS):
                s = open_sockets.enter_context(self.client.raw())
                s.sendall(POST.encode() + b"X-Slow: " + b"y" * n)
                slow.append(s)
            for _ in range(3):
                for s in slow:
                    s.sendall(b"z")
                began = time.monotonic()
                self.assertEqual(self.client.get("/status").status, 200)
                self.assertLess(time.monotonic() - began, 2)
        self.still_well()

    def test_what_is_no_http_is_refused(self) -> None:
        post = POST.encode()
        head = b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n"
        kinds = {
            "noise": bytes(range(256)) * 4,
            "a TLS hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100 + b"\r\n\r\n",
            "no version": b"GET /\r\n\r\n",
            "version 9": b"GET / HTTP/9.9\r\n\r\n",
            "a bad header": head + b"no colon here\r\n\r\n",
            "a NUL in a header": head + b"X: a\x00b\r\n\r\n",
            "two lengths": post + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
            "a negative length": post + b"Content-Length: -1\r\n\r\n",
            "a length beyond all": post + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n",
            "bad chunks": post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            "a head of 100 kB": head + b"X: " + b"y" * 100_000 + b"\r\n\r\n",
            "a path of 100 kB": b"GET /" + b"y" * 100_000 + b" HTTP/1.1\r\n\r\n",
            "a bad escape": b"GET /api/v1/messages/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        }
        for name, sent in kinds.items():
            with self.subTest(name), self.client.raw(PATIENCE_S) as s:
                try:
                    s.sendall(sent)
                    s.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
                heard = until_closed(s)
                if heard:
                    self.assertRegex(heard[:12], rb"^HTTP/1\.1 (4|5)\d\d")
            self.still_well()

    def test_a_client_that_leaves_in_the_middle_harms_nobody(self) -> None:
        for sent in (b"", b"GET", b"POST /api/v1/messages HTTP/1.1\r\nContent-Length: 50\r\n\r\n{"):
            for _ in range(20):
                with self.client.raw() as s:
                    s.sendall(sent)
        self.still_well()

    def test_one_connection_carries_many_requests(self) -> None:
        for client in (self.client, self.daemon.client):
            connection = client.connection()
            for _ in range(50):
                self.assertEqual(client.get("/status", keep=connection).status, 200)
            self.assertIsNotNone(connection.sock)
            connection.close()

    def test_requests_sent_ahead_are_answered_in_order(self) -> None:
        one = f"GET /api/v1/gateways HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.client.token}\r\n\r\n"
        last = one.replace("Host", "Connection: close\r\nHost")
        with self.client.raw() as s:
            s.sendall((one + one + last).encode())
            self.assertEqual(until_closed(s).count(b"HTTP/1.1 200"), 3)


class SignIn(Http):
    def test_no_token_or_a_wrong_one(self) -> None:
        for token in ("", "wrong", self.client.token[:-1], self.client.token + "0"):
            answer = Client(port=self.daemon.port, token=token).get("/status")
            self.assert_problem(answer, 401)
            self.assertTrue(answer.headers["www-authenticate"].lower().startswith("bearer"))

    def test_the_socket_needs_none(self) -> None:
        self.assertEqual(self.daemon.client.get("/status").status, 200)

    def test_the_token_is_for_its_owner_only(self) -> None:
        self.assertEqual((self.daemon.data / "api.token").stat().st_mode & 0o777, 0o600)

    def test_health_is_open(self) -> None:
        stranger = Client(port=self.daemon.port)
        for path in ("//healthz", "//readyz"):
            self.assertEqual(stranger.get(path).status, 200, path)


class Replays(Http):
    message = {"to": STATION, "text": "Mot lan", "purpose": "operator_code"}

    def test_the_same_key_is_done_once(self) -> None:
        first = self.client.post("/messages", self.message, headers={"Idempotency-Key": "k-1"})
        again = self.client.post("/messages", self.message, headers={"Idempotency-Key": "k-1"})
        self.assertEqual((first.status, again.status), (202, 202))
        self.assertEqual(again.json["id"], first.json["id"])
        other = self.client.post("/messages", self.message, headers={"Idempotency-Key": "k-2"})
        self.assertNotEqual(other.json["id"], first.json["id"])

    def test_a_key_belongs_to_its_request(self) -> None:
        self.client.post("/messages", self.message, headers={"Idempotency-Key": "k-3"})
        changed = self.message | {"text": "Hai lan"}
        answer = self.client.post("/messages", changed, headers={"Idempotency-Key": "k-3"})
        self.assert_problem(answer, answer.status if answer.status in (409, 422) else 422)

    def test_a_key_outlives_a_crash(self) -> None:
        first = self.client.post("/messages", self.message, headers={"Idempotency-Key": "k-4"}).json
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(self.client.post("/messages", self.message, headers={"Idempotency-Key": "k-4"}).json["id"],
                         first["id"])


class Watching(Http):
    def test_an_event_follows_a_message(self) -> None:
        connection, response = self.client.stream("/events")
        self.assertEqual(response.status, 200)
        self.assertEqual(response.getheader("Content-Type", "").split(";")[0], "text/event-stream")
        sent = self.client.post("/messages", {"to": STATION, "text": "Tin", "purpose": "operator_code"}).json["id"]
        heard = ""
        deadline = time.monotonic() + 10
        while sent not in heard and time.monotonic() < deadline:
            heard += response.readline().decode()
        connection.close()
        self.assertIn(sent, heard)
        self.assertRegex(heard, r"(?m)^(event|data|id):")
        self.still_well()

    def test_many_listeners_and_their_leaving(self) -> None:
        for _ in range(3):
            streams = [self.client.stream("/events")[0] for _ in range(20)]
            for connection in streams:
                connection.close()
        self.still_well()

    def test_health_readiness_and_metrics(self) -> None:
        self.assertEqual(self.client.get("//healthz").status, 200)
        wait_until(lambda: self.client.get("//readyz").status == 200, "a gateway is up")
        self.daemon.text("0912345678", "toi bi danh, o Than Uyen")
        answer = self.client.get("//metrics")
        self.assertEqual((answer.status, answer.type), (200, "text/plain"))
        samples = [line for line in answer.body.decode().splitlines() if line and not line.startswith("#")]
        self.assertGreater(len(samples), 5)
        for line in samples:
            self.assertTrue(re.fullmatch(r"tongdai_[a-z0-9_]+(\{[^}]*\})? [-+0-9.eInfNa]+", line), line)
        self.assertNotIn(LINE, answer.body.decode())


if __name__ == "__main__":
    unittest.main()
