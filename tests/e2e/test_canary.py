"""A citizen's number and words turn up nowhere in the clear: no log line, metric, answer to a stranger's mistake or core
file holds them, nor does any file of the data folder or a backup, in whatever coding."""

import os
import resource
import signal
import subprocess
import unittest
from unittest import mock

from daemon import REPORT, STATION, STOP_S, Daemon, wait_until

NUMBER = "0967319482"
NATIONAL = NUMBER[1:].encode()
WORD = "khamphaquynhhoa"  # in no phrase list, and one word, so that nothing cuts it apart
WORDS = f"{REPORT}, {WORD}"


def packed(text: str, before: int) -> bytes:
    """GSM 7-bit septets of ASCII letters behind `before` others, without the octets they share with neighbours."""
    bits = sum(ord(c) << 7 * (i + before) for i, c in enumerate(text))
    whole = bits.to_bytes((7 * (len(text) + before) + 7) // 8, "little")
    return whole[(7 * before + 7) // 8:-1]


def semi_octets(digits: str) -> bytes:
    """Digits as PDUs hold them: two an octet, the first in the lower half."""
    return bytes(int(a) | int(b) << 4 for a, b in zip(digits[::2], digits[1::2]))


def forms() -> dict[str, bytes]:
    """What to look for, by name."""
    national = NUMBER[1:]
    found = {"digits": national.encode(), "spaced": b" ".join([NATIONAL[:3], NATIONAL[3:6], NATIONAL[6:]]),
             "words": WORD.encode(), "integer": int("84" + national).to_bytes(5, "big"),
             "semi-octets": semi_octets(national), "semi-octets behind one": semi_octets(national[1:])}
    for name, text in (("digits", national), ("words", WORD)):
        found[f"{name} in UCS-2"] = text.encode("utf-16-be")
        found[f"{name} in UTF-16"] = text.encode("utf-16-le")
        for before in range(8):
            found[f"{name} packed behind {before}"] = packed(text, before)
    return found


class Canary(unittest.TestCase):
    def setUp(self) -> None:
        self.daemon = Daemon(tcp=True)
        self.addCleanup(self.daemon.clean_up)

    def assert_clean(self, what: str, heard: bytes) -> None:
        folded = heard.lower()
        for name, canary in forms().items():
            at = max(folded.find(canary), heard.find(canary))
            self.assertEqual(at, -1, f"{what} holds the {name}: {heard[max(0, at - 200):at + 100]!r}")

    def a_report_and_its_way(self) -> str:
        """The report, the alert, the acceptance, the relay: everything that handles the words. The case's code."""
        d = self.daemon
        self.assertTrue(d.text(NUMBER, WORDS))
        alert = wait_until(lambda: d.inbox(STATION), "the alert")[0]
        self.assert_clean("the alert before acceptance", alert.encode())
        code = next(word.strip(".,") for word in alert.split() if word.strip(".,").isdigit())
        d.text(STATION, f"nhan {code}")
        details = wait_until(lambda: [t for t in d.inbox(STATION) if WORD in t], "the details")[0]
        self.assertNotIn(NUMBER[1:], details)
        d.text(NUMBER, f"toi so {NUMBER} {WORD} " * 20)  # several parts
        d.text("7331", WORDS)      # a machine
        d.text(NUMBER, "stop")
        return code

    def mistakes(self) -> None:
        """Requests that are wrong in every way and hold the canaries; the answers must not."""
        d = self.daemon
        wrong = [
            ("/messages", f'{{"to": "{NUMBER}", "text": "{WORD}"'),
            ("/messages", f'{{"to": "{NUMBER}", "text": "{WORD}", "purpose": "relay_to_reporter"}}'),
            ("/messages", f'{{"to": "{NUMBER}", "text": "{WORD}", "purpose": "reporter_reply"}}'),
            ("/messages", f'{{"to": "{NUMBER}9", "text": "{WORD}"}}'),
            ("/messages", f'{{"to": "{NUMBER}", "text": "{WORD * 3000}"}}'),
            ("/messages", f'{{"to": ["{NUMBER}"], "text": {{"a": "{WORD}"}}}}'),
            ("/sandbox/texts", f'{{"from": "{NUMBER}999999999999999", "to": "1", "text": 7}}'),
            ("/sandbox/texts", f'{{"from": "{NUMBER}", "text": "{WORD}'),
            ("/cases", f'{{"unit": "99999", "service": "none", "urgency": "none", "note": "{WORD} {NUMBER}"}}'),
            ("/cases", f'{WORD} {NUMBER}'),
            ("/campaigns", f'title = "{WORD}" {NUMBER}'),
        ]
        for path, body in wrong:
            kind = "application/toml" if path == "/campaigns" else "application/json"
            for client in (d.client, d.tcp):
                answer = client.post(path, body, content_type=kind)
                self.assertGreaterEqual(answer.status, 400, (path, body[:60]))
                self.assert_clean(f"the answer of {path}", answer.body + str(answer.headers).encode())
        answer = d.client.csv("/contacts/import", f"phone,name\n{NUMBER}99,{WORD}\n{NUMBER},\"{WORD}\n")
        self.assert_clean("the import's report", answer.body)
        for path in (f"/contacts/{NUMBER}99", f"/cases/{NUMBER}",
                     f"/{NUMBER}", f"/campaigns/{WORD}"):
            self.assert_clean("an answer that finds nothing", d.client.get(path).body)
        self.assert_clean("an answer to a bad filter", d.client.get("/messages", query={"state": WORD}).body)
        with d.tcp.raw() as s:
            s.sendall(f"GET /{WORD} {NUMBER} HTTP/1.1\r\n{WORD}\r\n\r\n".encode())
            self.assert_clean("the answer to what is no HTTP", s.recv(65536))
        for words in (("send", "--to", NUMBER, "--text", WORD, "--purpose", "relay_to_reporter"),
                      ("contact", "show", f"{NUMBER}99")):
            ran = d.cli(*words)
            self.assertEqual(ran.code, 1)
            self.assert_clean("the command line's error", ran.err.encode())

    def assert_files_clean(self) -> None:
        """Every file the daemon wrote but the handsets' own memory, which is of other phones."""
        seen = set()
        for file in self.daemon.folder.rglob("*"):
            if not file.is_file() or file == self.daemon.memory:
                continue
            self.assert_clean(f"the file {file.name}", file.read_bytes())
            seen.add(file.name)
        self.assertLessEqual({"tongdai.db", "tongdai.keys", "master.key", self.daemon.log.name}, seen)

    def go_through(self) -> None:
        d = self.daemon
        d.start()
        d.fill_directory()
        code = self.a_report_and_its_way()
        self.mistakes()
        for path in ("//metrics", "//readyz", "/status", "/gateways", "/cases", "/campaigns"):
            self.assert_clean(path, d.client.get(path).body)
        connection, events = d.client.stream("/events")
        d.text(NUMBER, WORDS + " nua")
        self.assert_clean("the event stream", b"".join(events.readline() for _ in range(6)))
        connection.close()
        self.assertEqual(d.cli("backup", d.folder / "copy.db", "--with-keys", d.folder / "copy.keys").code, 0)
        self.assertTrue((d.data / "tongdai.db-wal").stat().st_size, "the log of the database is looked into as well")
        self.assert_files_clean()
        d.kill()
        d.start()  # what it says of a recovery
        read = d.client.post(f"/cases/{code}/read", {"reason": f"goi lai {NUMBER}"}).json
        self.assertEqual(read["reporter"], "+84" + NUMBER[1:], "who may read it reads it")
        self.assertEqual([t["text"] for t in read["texts"] if WORD not in t["text"]], ["stop"])
        self.assert_clean("the journal", d.client.get("/journal").body)
        d.client.post(f"/cases/{code}/close")
        self.assertEqual(d.client.post(f"/cases/{code}/erase").status, 200)
        self.assertNotIn(WORD, str(d.client.post(f"/cases/{code}/read").json))
        self.assertEqual(d.stop(), 0)
        self.assertTrue(d.log.read_bytes().strip(), "the log was searched, so it must say something")
        self.assert_files_clean()

    def test_logs_metrics_errors(self) -> None:
        self.go_through()

    def test_the_journal(self) -> None:
        with mock.patch.dict(os.environ, {"JOURNAL_STREAM": "8:1"}):
            self.go_through()
        lines = self.daemon.log.read_text(encoding="utf-8").splitlines()
        for line in lines:
            self.assertRegex(line, r"^<[0-7]>", "a priority before each line of the journal")

    def test_no_core_file(self) -> None:
        """A core file would hold whatever was in memory: the daemon forbids it, also where the machine allows it."""
        before = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, before)
        self.daemon.start()
        self.daemon.fill_directory()
        self.daemon.text(NUMBER, WORDS)
        process = self.daemon.process
        assert isinstance(process, subprocess.Popen)
        with open(f"/proc/{process.pid}/limits", encoding="ascii") as limits:
            core = next(line for line in limits if line.startswith("Max core file size"))
        self.assertEqual(core.split()[4:6], ["0", "0"], core)
        process.send_signal(signal.SIGABRT)
        self.assertEqual(process.wait(STOP_S), -signal.SIGABRT)
        self.assert_files_clean()


if __name__ == "__main__":
    unittest.main()
