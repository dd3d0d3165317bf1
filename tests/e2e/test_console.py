"""The web console as the daemon serves it: its page and assets with what guards them, compressed, kept, and no more. Where
the build has none, that it says so. curl is the client: it undoes codings as browsers do."""

import re
import subprocess
import unittest
from dataclasses import dataclass

from daemon import DaemonCase

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
          "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
GUARDS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "png": "image/png", "woff2": "font/woff2"}
CODINGS = ("gzip", "br")


@dataclass
class Fetched:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


class Fetching(DaemonCase):
    settings = {"tcp": True}

    def fetch(self, path: str, *options: str) -> Fetched:
        """As a stranger, by TCP. The body is as it came, unless `options` has --compressed."""
        done = subprocess.run(["curl", "-s", "-S", "--path-as-is", "-D", "-", *options,
                               f"http://127.0.0.1:{self.daemon.port}{path}"], capture_output=True, check=True, timeout=30)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        fields = (line.split(": ", 1) for line in lines)
        return Fetched(int(first.split()[1]), {name.lower(): value for name, value in fields}, body)

    def assert_guarded(self, answer: Fetched, policy: str) -> None:
        self.assertEqual({name: answer.headers.get(name) for name in GUARDS}, GUARDS)
        self.assertEqual(answer.headers.get("content-security-policy"), policy)


class Everywhere(Fetching):
    def test_what_calls_answer_does_nothing_in_a_browser(self) -> None:
        for path in ("/healthz", "/api/v1/status", "/nothing", "/assets/nothing.js"):
            answer = self.fetch(path)
            self.assert_guarded(answer, "default-src 'none'; frame-ancestors 'none'")
            self.assertEqual(answer.headers["cache-control"], "no-store")

    def test_search_engines_are_sent_away(self) -> None:
        robots = self.fetch("/robots.txt")
        self.assertEqual((robots.status, robots.body), (200, b"User-agent: *\nDisallow: /\n"))

    def test_no_way_leads_out_of_the_assets(self) -> None:
        for path in ("/assets/../index.html", "/assets/../../../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
                     "/assets/%2e%2e", "/assets//etc/passwd", "/assets/", "/assets"):
            answer = self.fetch(path)
            self.assertIn(answer.status, (401, 404), path)
            self.assertEqual(answer.headers["content-type"], "application/problem+json", path)

    def test_a_build_without_a_console_says_how_to_make_one(self) -> None:
        page = self.daemon.client.get("//")
        if page.status != 200:
            self.assertEqual(self.assert_problem(page, 404)["type"], "/problems/no_console")


class Console(Fetching):
    def setUp(self) -> None:
        self.page = self.fetch("/")
        if self.page.status == 404:
            self.skipTest("this build has no console: scripts/build-console, then build again")
        self.assets = sorted(set(re.findall(r"/assets/[\w.~-]+", self.page.body.decode())))

    def test_the_page(self) -> None:
        self.assertEqual(self.page.status, 200)
        self.assert_guarded(self.page, POLICY)
        self.assertEqual(self.page.headers["content-type"], "text/html; charset=utf-8")
        self.assertEqual(self.page.headers["cache-control"], "no-cache")
        self.assertEqual(self.page.headers["cross-origin-opener-policy"], "same-origin")
        self.assertIn("camera=()", self.page.headers["permissions-policy"])
        self.assertNotIn("set-cookie", self.page.headers)
        self.assertEqual(self.fetch("/index.html").body, self.page.body)

    def test_the_page_keeps_to_its_policy(self) -> None:
        text = self.page.body.decode()
        for script in re.findall(r"<script\b[^>]*>", text):
            self.assertRegex(script, r"\bsrc=[\"']?/assets/")
        self.assertNotRegex(text, r"<style\b|\sstyle=|\son\w+=|javascript:|https?://(?!www\.w3\.org/)")
        self.assertTrue(any(asset.endswith(".js") for asset in self.assets), self.assets)

    def test_assets_are_kept_for_good_and_come_compressed(self) -> None:
        for path in self.assets:
            plain = self.fetch(path)
            self.assertEqual(plain.status, 200, path)
            self.assert_guarded(plain, POLICY)
            self.assertTrue(plain.headers["content-type"].startswith(TYPES[path.rsplit(".", 1)[1]]), plain.headers)
            self.assertEqual(plain.headers["cache-control"], "public, max-age=31536000, immutable")
            self.assertEqual(plain.headers["vary"], "Accept-Encoding")
            self.assertNotIn("content-encoding", plain.headers)
            for coding in CODINGS:
                pressed = self.fetch(path, "-H", f"Accept-Encoding: {coding}")
                if "content-encoding" not in pressed.headers:
                    self.assertEqual(pressed.body, plain.body)
                    continue
                self.assertEqual(pressed.headers["content-encoding"], coding)
                self.assertLess(len(pressed.body), len(plain.body))
                self.assertNotEqual(pressed.headers["etag"], plain.headers["etag"])
                undone = self.fetch(path, "--compressed", "-H", f"Accept-Encoding: {coding}")
                self.assertEqual(undone.body, plain.body, (path, coding))

    def test_who_has_it_is_told_so(self) -> None:
        for path in ("/", *self.assets):
            first = self.fetch(path, "-H", "Accept-Encoding: gzip, br")
            again = self.fetch(path, "-H", "Accept-Encoding: gzip, br", "-H", f"If-None-Match: {first.headers['etag']}")
            self.assertEqual((again.status, again.body), (304, b""), path)
            self.assertNotIn("content-length", again.headers)
            self.assertEqual(again.headers["etag"], first.headers["etag"])
            self.assertEqual(self.fetch(path, "-H", f"If-None-Match: {first.headers['etag']}x").status, 200)

    def test_head_is_get_without_its_body(self) -> None:
        head = self.fetch("/", "--head", "-o", "/dev/null")  # curl fails if a body follows
        self.assertEqual(head.status, 200)
        self.assertEqual(int(head.headers["content-length"]), len(self.page.body))

    def test_another_sites_name_is_not_served(self) -> None:
        self.assertEqual(self.fetch("/", "-H", "Host: evil.example").status, 403)


if __name__ == "__main__":
    unittest.main()
