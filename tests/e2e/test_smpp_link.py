"""SMPP against a message centre by another hand (npm `smpp`): what happens to the link, also under TLS."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from centre import PATIENCE_S, Centre, gateway
from daemon import Daemon, wait_until
from smpp_case import SmppCase

TEMPORARY_BIND_FAULT = 0x0D


class Link(SmppCase):
    def test_a_wrong_password_is_an_alarm_and_no_storm(self) -> None:
        self.open(password="sesam-7", bound=0)
        wait_until(lambda: self.link()["state"] == "refused", "the gateway is refused", PATIENCE_S)
        wait_until(lambda: self.alarms() > 0, "the alarm is in the metrics", PATIENCE_S)
        self.assertNotIn("sesam-7", self.daemon.log.read_text(), "the password stays out of the log")
        message = self.send("xin chao")
        self.assert_calm("bind", 0)
        self.assertEqual(len(self.centre.all("bind")), 1, "nobody tries again before a person has acted")
        self.assertEqual(self.alarms(), 1)
        self.assertEqual(self.message(message)["state"], "queued")
        self.assertEqual(self.link()["state"], "refused")

    def test_a_centre_that_cannot_bind_now_is_asked_again_calmly(self) -> None:
        self.open(bind_status=TEMPORARY_BIND_FAULT, bound=0)
        self.centre.wait("bind", 2, status=TEMPORARY_BIND_FAULT)
        self.assert_calm("bind", len(self.centre.events))
        self.centre.set(bind_status=0)
        self.centre.bound()
        self.goes_through()

    def test_a_centre_that_hangs_up_each_time_is_called_calmly(self) -> None:
        self.open()
        for _ in range(3):
            since = len(self.centre.events)
            self.centre.do("hang_up")
            self.centre.bound(since=since)
        self.goes_through()

    def test_the_centre_unbinds(self) -> None:
        self.open()
        self.centre.do("unbind")
        self.centre.wait("unbound")
        self.centre.bound(2)
        self.goes_through()

    def test_answers_behind_the_centres_unbind_count(self) -> None:
        for writing in ("merged", "whole"):
            with self.subTest(writing):
                self.open("window = 20", hold=6, answered=6, held_then="unbind", receipts="none", writing=writing)
                phones = [f"+8491234567{n}" for n in range(6)]
                messages = [self.send("xin chao", phone, "campaign") for phone in phones]
                self.centre.wait("unbound")
                self.centre.wait("closed")
                for message in messages:
                    self.reaches(message, "accepted")
                self.assertEqual([self.centre.texts(phone) for phone in phones], [["xin chao"]] * 6)
                self.centre.set(receipts="after")
                self.centre.bound(2)
                self.goes_through()

    def test_a_text_that_cannot_be_read_is_an_alarm(self) -> None:
        self.open()
        for _ in range(3):
            self.centre.do("raw", hex="00000011" "00000005" "00000000" "00000009" "61")
        self.goes_through()
        wait_until(lambda: self.alarms() > 0, "the alarm is in the metrics", PATIENCE_S)
        self.assertEqual(self.daemon.log.read_text().count("deliver_sm: source_addr: the PDU ends inside it"), 3)
        self.assertEqual(self.alarms(), 1)
        self.assertEqual(len(self.centre.all("bind")), 1)

    def test_we_unbind_when_we_stop(self) -> None:
        self.open()
        self.goes_through()
        self.assertEqual(self.daemon.stop(), 0)
        self.centre.wait("unbind")
        self.centre.wait("closed")

    def test_a_length_that_cannot_be_is_refused_and_the_link_renewed(self) -> None:
        self.open()
        for n, length in enumerate(("7fffffff", "00000004")):
            since = len(self.centre.events)
            self.centre.do("raw", hex=f"{length}000000150000000000000005")
            self.assertEqual(self.centre.wait("nack", since=since)["status"], 2)
            self.centre.bound(n + 2)
        self.goes_through()

    def test_a_command_that_nobody_knows_is_refused_and_the_link_stays(self) -> None:
        self.open()
        self.centre.do("raw", hex="00000010000007770000000000000009")
        self.assertEqual(self.centre.wait("nack")["status"], 3)
        self.goes_through()
        self.assertEqual(len(self.centre.all("bind")), 1)

    def test_both_sides_ask_whether_the_other_lives(self) -> None:
        self.open("enquire_link_s = 1")
        self.centre.do("enquire")
        self.centre.wait("alive")
        self.centre.wait("enquired", 2)
        self.assertEqual(len(self.centre.all("bind")), 1)

    def test_a_centre_that_no_longer_answers_is_left(self) -> None:
        self.open("enquire_link_s = 1\nresponse_timeout_s = 2", alive=False)
        self.centre.wait("closed")
        self.centre.set(alive=True)
        self.centre.bound(2)
        self.goes_through()


class Tls(SmppCase):
    """The centre's certificate is for localhost and signed by nobody else."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="td-tls-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.key, self.certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", self.key, "-out", self.certificate, "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)

    def open_tls(self, more: str, host: str = "localhost") -> None:
        self.centre = Centre(self.key, self.certificate)
        self.addCleanup(self.centre.close)
        self.daemon = Daemon(gateways=gateway(self.centre.port, more="tls = true\n" + more, host=host))
        self.addCleanup(self.daemon.clean_up)
        self.daemon.start()

    def is_not_believed(self) -> None:
        wait_until(lambda: "certificate verify failed" in self.link()["reason"], "the certificate is refused", PATIENCE_S)
        self.assertEqual(self.centre.all("bind"), [], "no password has left")

    def test_a_centre_whose_certificate_is_known(self) -> None:
        self.open_tls(f'tls_ca = "{self.certificate}"')
        self.centre.bound()
        self.goes_through()

    def test_a_certificate_that_nobody_knows_is_refused(self) -> None:
        self.open_tls("")
        self.is_not_believed()

    def test_a_certificate_for_another_name_is_refused(self) -> None:
        self.open_tls(f'tls_ca = "{self.certificate}"', host="127.0.0.1")
        self.is_not_believed()

    def test_whoever_wants_may_believe_anybody(self) -> None:
        self.open_tls("tls_verify = false")
        self.centre.bound()
        self.goes_through()
        self.assertIn("tls_verify is false", self.daemon.log.read_text())


if __name__ == "__main__":
    unittest.main()
