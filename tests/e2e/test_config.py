"""Starting and stopping: the configuration's faults, one daemon a data folder, signals, a database that is too new."""

import os
import signal
import sqlite3
import subprocess
import unittest

from daemon import SOURCE, STATION, STOP_S, TONGDAID, Daemon, wait_until


class Check(unittest.TestCase):
    def setUp(self) -> None:
        self.daemon = Daemon()
        self.addCleanup(self.daemon.clean_up)

    def check(self) -> subprocess.CompletedProcess:
        return subprocess.run([TONGDAID, "--config", self.daemon.config, "--check"], capture_output=True, text=True,
                              encoding="utf-8", timeout=STOP_S)

    def faults(self, *changes: tuple[str, str]) -> list[str]:
        """What --check says of the good file with these texts replaced: exit 2, a line a fault."""
        text = self.daemon.config.read_text(encoding="utf-8")
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new, 1)
        self.daemon.config.write_text(text, encoding="utf-8")
        done = self.check()
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(done.stdout, "")
        lines = done.stderr.splitlines()
        for line in lines:
            self.assertRegex(line, rf"^{self.daemon.config}:\d+: \S.*: .+")
        return lines

    def line_of(self, part: str) -> int:
        lines = self.daemon.config.read_text(encoding="utf-8").splitlines()
        return next(n for n, line in enumerate(lines, 1) if part in line)

    def test_a_good_file(self) -> None:
        done = self.check()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertFalse(self.daemon.data.exists(), "--check writes nothing")

    def test_out_of_range(self) -> None:
        fault, = self.faults(("rate = 2000", "rate = 0"))
        self.assertEqual(fault, f"{self.daemon.config}:{self.line_of('rate = 0')}: gateway[0].rate: "
                                "must be between 1 and 100000, got 0")

    def test_unknown_keys_are_faults_everywhere(self) -> None:
        faults = self.faults(("name = \"End", "nmae = 1\nname = \"End"), ("[numbering]", "[nonsense]\n[numbering]"))
        for key in ("service.nmae", "nonsense"):
            self.assertTrue(any(f": {key}: " in f for f in faults), (key, faults))

    def test_a_gateway_s_own_settings_are_checked(self) -> None:
        faults = self.faults(("latency_ms = 5", "latncy = 5\nlatency_ms = -1"))
        for key in ("gateway[0].sandbox.latncy", "gateway[0].sandbox.latency_ms"):
            self.assertTrue(any(f": {key}: " in f for f in faults), (key, faults))

    def test_every_fault_is_told_at_once(self) -> None:
        faults = self.faults(("rate = 2000", "rate = \"fast\""), ("latency_ms = 5", "latncy = 5"),
                             ("listen = \"\"", "listen = \"0.0.0.0:8080\""),
                             ("timezone = \"Asia/Ho_Chi_Minh\"", "timezone = \"Moon/Sea\""),
                             ("gateways = [\"sandbox\"]", "gateways = [\"other\"]"))
        for key in ("service.timezone", "api.listen", "gateway[0].rate", "gateway[0].sandbox.latncy",
                    "route[0].gateways"):
            self.assertTrue(any(f": {key}: " in f for f in faults), (key, faults))

    def test_an_adapter_that_is_not_known(self) -> None:
        faults = self.faults(("adapter = \"sandbox\"", "adapter = \"pigeon\""))
        self.assertTrue(any(": gateway[0].adapter: must be one of " in f for f in faults), faults)

    def test_what_would_be_refused_only_at_the_start(self) -> None:
        faults = self.faults(("listen = \"\"", "listen = \"8080\""),
                             ("socket = \"d.sock\"", f"socket = \"{'s' * 108}\""))
        for key in ("api.listen", "api.socket"):
            self.assertTrue(any(f": {key}: " in f for f in faults), (key, faults))

    def test_not_toml(self) -> None:
        fault = self.faults(("[service]", "[service"))
        self.assertIn(f"{self.daemon.config}:1: ", fault[0])

    def warned(self, old: str, new: str) -> str:
        """What --check warns of the good file with this text replaced: exit 0."""
        text = self.daemon.config.read_text(encoding="utf-8")
        self.assertIn(old, text)
        self.daemon.config.write_text(text.replace(old, new, 1), encoding="utf-8")
        done = self.check()
        self.assertEqual(done.returncode, 0, done)
        return done.stderr

    def test_nobody_to_page_is_warned_of(self) -> None:
        self.assertIn("warning: [hotline] duty names nobody", self.warned('duty = ["0912000191", "0962000192"]', "duty = []"))

    def test_reporters_who_cannot_be_answered_are_warned_of(self) -> None:
        self.assertIn("warning: no gateway has sender_is_discreet",
                      self.warned("sender_is_discreet = true", "sender_is_discreet = false"))

    def test_no_file(self) -> None:
        self.daemon.config.unlink()
        done = self.check()
        self.assertEqual(done.returncode, 2)
        self.assertIn(str(self.daemon.config), done.stderr)

    def test_a_bad_file_does_not_start(self) -> None:
        self.daemon.config.write_text("typo = 1\n", encoding="utf-8")
        self.assertEqual(self.daemon.launch().wait(STOP_S), 2)

    def test_a_gateway_s_fault_is_found_before_the_data_is_touched(self) -> None:
        """Exit 2, after which systemd does not start it again."""
        for change in (("latency_ms = 5", "latency_ms = -1"),
                       ("adapter = \"sandbox\"", "adapter = \"smpp\""),
                       ("gateways = [\"sandbox\"]", "gateways = [\"other\"]")):
            sound = self.daemon.config.read_text(encoding="utf-8")
            self.daemon.config.write_text(sound.replace(*change), encoding="utf-8")
            self.assertEqual(self.daemon.launch().wait(STOP_S), 2, self.daemon.log_tail())
            self.assertFalse(self.daemon.data.exists(), "the data folder was made")
            self.daemon.config.write_text(sound, encoding="utf-8")

    def test_the_ready_configurations(self) -> None:
        for name in ("sandbox.toml", "tongdai.toml"):
            done = subprocess.run([TONGDAID, "--config", SOURCE / "config" / name, "--check"], capture_output=True)
            self.assertEqual((done.returncode, done.stderr), (0, b""), name)


class Running(unittest.TestCase):
    sandbox = "latency_ms = 5\nreceipt_delay_ms = 20"

    def setUp(self) -> None:
        self.daemon = Daemon(sandbox=self.sandbox)
        self.addCleanup(self.daemon.clean_up)

    def run_another(self, old: str, new: str) -> subprocess.CompletedProcess:
        """A second daemon, with a configuration that differs in one place."""
        text = self.daemon.config.read_text(encoding="utf-8").replace(old, new)
        other = self.daemon.write("other.toml", text)
        done = subprocess.run([TONGDAID, "--config", other], capture_output=True, text=True, timeout=STOP_S,
                              cwd=self.daemon.folder)
        self.assertEqual(done.returncode, 1, done)
        return done

    def test_a_second_daemon_on_the_same_data_is_refused(self) -> None:
        self.daemon.start()
        done = self.run_another('"d.sock"', '"other.sock"')
        self.assertIn(str(self.daemon.data), done.stderr)
        self.assertRegex(done.stderr, "another|in use|already")
        self.assertEqual(self.daemon.client.get("/status").status, 200)
        self.daemon.kill()
        self.daemon.start()  # what a kill leaves behind keeps nobody out

    def test_a_second_daemon_on_the_same_socket_is_refused(self) -> None:
        self.daemon.start()
        done = self.run_another('data_dir = "data"', 'data_dir = "data2"')
        self.assertIn("d.sock", done.stderr)
        self.assertEqual(self.daemon.client.get("/status").status, 200)

    def test_paths_are_relative_to_the_file(self) -> None:
        elsewhere = self.daemon.folder / "elsewhere"
        elsewhere.mkdir()
        self.daemon.process = subprocess.Popen([TONGDAID, "--config", "../tongdai.toml"], cwd=elsewhere,
                                               stderr=subprocess.DEVNULL)
        wait_until(lambda: (self.daemon.data / "tongdai.db").exists(), "a database beside the file")
        wait_until(self.daemon.is_up, "an answer on the socket beside the file", 5)
        self.assertEqual(list(elsewhere.iterdir()), [])

    def test_sigint_and_sigterm_stop_cleanly(self) -> None:
        for stop in (signal.SIGTERM, signal.SIGINT):
            self.daemon.start()
            assert self.daemon.process
            self.daemon.process.send_signal(stop)
            self.assertEqual(self.daemon.process.wait(STOP_S), 0, self.daemon.log_tail())
            with sqlite3.connect(self.daemon.data / "tongdai.db") as db:
                self.assertEqual(db.execute("SELECT value FROM meta WHERE key = 'running'").fetchone()[0], "no")

    def test_a_stop_in_the_middle_of_the_start(self) -> None:
        for _ in range(30):
            self.daemon.start()
            self.assertEqual(self.daemon.stop(), 0, self.daemon.log_tail())

    def test_sighup_changes_nothing_that_runs(self) -> None:
        self.daemon.start()
        assert self.daemon.process
        for _ in range(5):
            self.daemon.process.send_signal(signal.SIGHUP)
            self.assertEqual(self.daemon.client.get("/status").status, 200)
        self.daemon.config.write_text("broken = [", encoding="utf-8")
        self.daemon.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.daemon.client.get("/status").status, 200)
        self.assertEqual(self.daemon.stop(), 0)

    def test_a_newer_database_is_left_alone(self) -> None:
        self.daemon.start()
        self.assertEqual(self.daemon.stop(), 0)
        file = self.daemon.data / "tongdai.db"
        with sqlite3.connect(file) as db:
            version = db.execute("PRAGMA user_version").fetchone()[0] + 1
            db.execute(f"PRAGMA user_version = {version}")
        self.assertEqual(self.daemon.launch().wait(STOP_S), 1)
        self.assertIn(f"the database is of version {version}", self.daemon.log_tail())
        with sqlite3.connect(file) as db:
            self.assertEqual(db.execute("PRAGMA user_version").fetchone()[0], version)

    def test_a_file_that_is_no_database_is_refused(self) -> None:
        self.daemon.data.mkdir()
        (self.daemon.data / "tongdai.db").write_bytes(os.urandom(8192))
        self.assertEqual(self.daemon.launch().wait(STOP_S), 1)
        self.assertIn("tongdai.db", self.daemon.log_tail())


class Draining(unittest.TestCase):
    def test_sigterm_waits_for_answers(self) -> None:
        daemon = Daemon(sandbox="latency_ms = 800\nreceipts = false")
        self.addCleanup(daemon.clean_up)
        daemon.start()
        message = {"to": STATION, "text": "Cham", "purpose": "operator_code"}
        ids = [daemon.client.post("/messages", message).json["id"] for _ in range(20)]
        wait_until(lambda: daemon.client.get(f"/messages/{ids[0]}").json["state"] == "submitting", "bytes on their way")
        self.assertEqual(daemon.stop(), 0, daemon.log_tail())
        with daemon.database() as db:
            states = dict(db.execute("SELECT state, COUNT(*) FROM message GROUP BY state"))
        self.assertLessEqual(set(states), {"accepted", "queued"}, "an answer was not waited for")
        self.assertGreater(states["accepted"], 0)


if __name__ == "__main__":
    unittest.main()
