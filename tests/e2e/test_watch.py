"""The watch: a heartbeat that a watcher outside gets while all is well, and a synthetic report through the gateway."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import TestCase

from daemon import Daemon, wait_until

BEAT_S = 60  # the first comes within ten seconds of the first audit; the machine may be slow


class Watcher(HTTPServer):
    """Counts what it is asked, and answers `status`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.status = 200
        watcher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                watcher.asked.append((self.command, self.path))
                self.send_response(watcher.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)


class Watch(TestCase):
    def setUp(self) -> None:
        self.watcher = Watcher()
        thread = threading.Thread(target=self.watcher.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.watcher.server_close)
        self.addCleanup(self.watcher.shutdown)

    def daemon(self, watch: str, sandbox: str = "latency_ms = 5") -> Daemon:
        daemon = Daemon(sandbox=sandbox, more=f"[watch]\nheartbeat_s = 10\n{watch}")
        self.addCleanup(daemon.clean_up)
        return daemon.start()

    def url(self) -> str:
        return f"http://127.0.0.1:{self.watcher.server_port}/secret-path?a=1"

    def test_it_beats_over_http(self) -> None:
        daemon = self.daemon(f'heartbeat = "{self.url()}"\nheartbeat_method = "post"\n')
        wait_until(lambda: self.watcher.asked, "a heartbeat", BEAT_S)
        self.assertEqual(self.watcher.asked[0], ("POST", "/secret-path?a=1"))
        status = wait_until(lambda: daemon.client.get("/status").json["watch"]["last_beat"], "the beat in the status")
        self.assertTrue(status)
        metrics = daemon.client.get("//metrics").body.decode()
        self.assertRegex(metrics, r"(?m)^tongdai_watch_beats_total [1-9]")
        self.assertRegex(metrics, r"(?m)^tongdai_watch_objections 0$")
        self.assertNotIn("secret-path", daemon.log.read_text(encoding="utf-8"))

    def test_what_the_watcher_refuses_is_told_without_its_address(self) -> None:
        self.watcher.status = 500
        daemon = self.daemon(f'heartbeat = "{self.url()}"\n')
        wait_until(lambda: "did not reach its watcher" in daemon.log.read_text(encoding="utf-8"), "the warning", BEAT_S)
        self.assertNotIn("secret-path", daemon.log.read_text(encoding="utf-8"))
        self.assertIsNone(daemon.client.get("/status").json["watch"]["last_beat"])

    def test_a_synthetic_report_comes_back_and_is_no_case(self) -> None:
        daemon = self.daemon('[watch.synthetic]\ngateway = "sandbox"\nevery_s = 60\nwithin_s = 30\n',
                             sandbox='latency_ms = 5\nloop = "+8419001234"')
        returned = wait_until(lambda: daemon.client.get("/status").json["watch"]["synthetic_returned"],
                              "the synthetic report", BEAT_S)
        self.assertTrue(returned)
        self.assertEqual(daemon.client.get("/status").json["cases"]["open"], 0)
        self.assertRegex(daemon.client.get("//metrics").body.decode(), r"(?m)^tongdai_watch_synthetic_round_seconds ")
