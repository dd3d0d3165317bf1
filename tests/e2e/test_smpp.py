"""SMPP against a message centre by another hand (npm `smpp`), which misbehaves as the real ones do: what happens to
messages, to texts that come in, and to the link."""

import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest
from contextlib import closing
from pathlib import Path
from typing import Any

from centre import PATIENCE_S, Centre, gateway
from daemon import LINE, REPORT, STATION, Daemon, wait_until

CITIZEN, CITIZEN_E164 = "84912345678", "+84912345678"
THROTTLED, SYSTEM_ERROR, BAD_NUMBER, VENDORS_OWN = 0x58, 0x08, 0x0B, 0x0499
TEMPORARY_BIND_FAULT = 0x0D
CALM_S = 3  # a storm shows within it
BINDS_IN_CALM_MAX = 5
UCS2_PART = 67
SENTENCE = "Chồng tôi uống rượu về là đập phá đồ đạc, đánh tôi và hai cháu nhỏ ở bản Nà Ban, xã Than Uyên. "
GSM7 = "@£$¥èéùìòÇ Øø Åå Δ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./09:;<=>?¡AZ ÄÖÑ\u00dc\u00a7¿az äöñüà ^{}\\[~]|€"
LATIN1 = "déjà vu, naïve, año, 100 µ, ½"


def vietnamese(parts: int) -> str:
    """A text that needs that many parts in UCS-2, filling all but the last."""
    return (SENTENCE * 5)[:UCS2_PART * parts - 3].strip() + "ạ"


class SmppCase(unittest.TestCase):
    """A centre and a daemon for each test."""

    centre: Centre
    daemon: Daemon

    def open(self, more: str = "", *, password: str = "secret", directory: bool = False, bound: int = 1,
             **settings: Any) -> None:
        """`more`: keys of [gateway.smpp]; `settings`: how the centre behaves; `bound`: wait for so many binds."""
        self.centre = Centre()
        self.addCleanup(self.centre.close)
        self.centre.set(**settings)
        self.daemon = Daemon(gateways=gateway(self.centre.port, password=password, more=more))
        self.addCleanup(self.daemon.clean_up)
        self.daemon.start()
        if directory:
            self.daemon.fill_directory()
        if bound:
            self.centre.bound(bound)

    def send(self, text: str, to: str = CITIZEN_E164, purpose: str = "operator_code") -> str:
        answer = self.daemon.client.post("/messages", {"to": to, "text": text, "purpose": purpose})
        self.assertEqual(answer.status, 202, answer.body[:300])
        return answer.json["id"]

    def message(self, message: str) -> dict[str, Any]:
        return self.daemon.client.get(f"/messages/{message}").json

    def reaches(self, message: str, *states: str) -> dict[str, Any]:
        wait_until(lambda: self.message(message)["state"] in states, f"the message is {states}", PATIENCE_S)
        return self.message(message)

    def link(self) -> dict[str, Any]:
        return self.daemon.client.get("/gateways").json["items"][0]

    def alarms(self) -> int:
        metrics = self.daemon.client.get("//metrics").body.decode()
        found = re.search(r"^tongdai_alarms_total (\d+)", metrics, re.MULTILINE)
        assert found, "no metric of the alarms"
        return int(found[1])

    def inbound(self) -> list[tuple[str, str]]:
        """(sender, text) of what is in the inbox, oldest first."""
        with closing(self.daemon.database()) as database:
            return database.execute("SELECT sender, text FROM inbound ORDER BY id").fetchall()

    def cases(self) -> list[dict[str, Any]]:
        return self.daemon.client.all("/cases")

    def goes_through(self, text: str = "van chay") -> None:
        """The link works: a text is sent, reported as delivered, and on the phone once."""
        self.reaches(self.send(text, "+84987654321"), "delivered")
        self.assertEqual(self.centre.texts("84987654321").count(text), 1)

    def assert_calm(self, event: str, since: int) -> None:
        """Over some seconds that event comes now and then, not in a storm."""
        end = time.monotonic() + CALM_S
        while time.monotonic() < end:
            self.assertLessEqual(len(self.centre.all(event, since)), BINDS_IN_CALM_MAX)
            time.sleep(0.1)


class Outbound(SmppCase):
    def test_a_text_is_delivered_with_its_receipt(self) -> None:
        self.open()
        message = self.reaches(self.send("xin chao"), "delivered")
        self.assertEqual((message["attempts"], message["parts"], message["gateway"]), (1, 1, "centre"))
        self.assertEqual(self.centre.texts(CITIZEN), ["xin chao"])
        submit = self.centre.wait("submit")
        self.assertEqual((submit["receipt_asked"], submit["from"], submit["ton"]), (1, LINE, 1))
        self.assertEqual(self.link()["state"], "up")

    def test_a_receipt_that_is_faster_than_the_answer(self) -> None:
        self.open(receipts="before")
        for n in range(5):
            self.reaches(self.send(f"xin chao {n}"), "delivered")
        self.assertEqual(self.centre.texts(CITIZEN), [f"xin chao {n}" for n in range(5)])

    def test_ids_are_hexadecimal_in_the_answer_and_decimal_in_the_receipt(self) -> None:
        self.open('id_in_answer = "hexadecimal"\nid_in_receipt = "decimal"', answer_ids="hex")
        self.reaches(self.send("xin chao"), "delivered")
        self.centre.set(receipts="before")
        self.reaches(self.send("lan nua"), "delivered")

    def test_a_receipt_by_parameters_alone(self) -> None:
        self.open(receipt_form="tlv")
        self.reaches(self.send("xin chao"), "delivered")
        self.centre.set(stat="UNDELIV")
        self.reaches(self.send("lan nua"), "undelivered")

    def test_a_receipt_that_it_was_accepted_is_not_delivered(self) -> None:
        self.open(stat="ACCEPTD")
        message = self.send("xin chao")
        self.centre.wait("answered", receipt=True, status=0)
        self.centre.stays(lambda: self.message(message)["state"] == "accepted")

    def test_an_answer_without_a_body_is_accepted_and_cannot_be_tracked(self) -> None:
        self.open(body=False, receipts="none")
        message = self.send("xin chao")
        self.reaches(message, "accepted")
        self.centre.stays(lambda: self.message(message)["state"] == "accepted")
        self.assertEqual(self.centre.texts(CITIZEN), ["xin chao"])

    def test_a_bad_number_fails_at_once(self) -> None:
        self.open(statuses=[BAD_NUMBER])
        message = self.reaches(self.send("xin chao"), "failed")
        self.assertIn("0x0b", message["reason"].lower())
        self.goes_through()
        self.assertEqual(len(self.centre.all("submit", to=CITIZEN)), 1)

    def test_a_passing_fault_is_tried_again(self) -> None:
        self.open(statuses=[SYSTEM_ERROR, SYSTEM_ERROR])
        message = self.reaches(self.send("xin chao"), "delivered")
        self.assertEqual(message["attempts"], 3)
        self.assertEqual(self.centre.texts(CITIZEN), ["xin chao"])

    def test_a_status_that_nobody_knows_loses_no_text(self) -> None:
        self.open(statuses=[VENDORS_OWN])
        message = self.reaches(self.send("xin chao"), "delivered", "failed")
        self.assertEqual(self.centre.texts(CITIZEN), ["xin chao"] if message["state"] == "delivered" else [])
        self.assertIn("0x0499", str(message["history"]).lower() + message["reason"].lower())
        self.goes_through()

    def test_throttling_slows_and_costs_no_attempt(self) -> None:
        self.open(statuses=[THROTTLED] * 5)
        messages = [self.send(f"so {n}") for n in range(10)]
        for message in messages:
            self.assertEqual(self.reaches(message, "delivered")["attempts"], 1)
        self.assertEqual(sorted(self.centre.texts(CITIZEN)), [f"so {n}" for n in range(10)])
        self.assertEqual(len(self.centre.all("submit")), 15)

    def test_silence_leaves_a_campaigns_text_uncertain(self) -> None:
        self.open("response_timeout_s = 3", answers=False)
        message = self.send("xin chao", purpose="campaign")
        self.reaches(message, "uncertain")
        self.centre.set(answers=True)
        self.goes_through()
        self.assertEqual(self.message(message)["state"], "uncertain")
        self.assertEqual(self.centre.texts(CITIZEN), ["xin chao"])

    def test_a_cut_in_the_middle_of_the_window(self) -> None:
        self.open("window = 50", hold=6, answered=3, receipts="none")
        phones = [f"+8491234{n:04d}" for n in range(10)]
        messages = {phone[1:]: self.send(f"tin {phone}", phone, "campaign") for phone in phones}
        self.centre.wait("cut")
        for message in messages.values():
            self.reaches(message, "accepted", "uncertain")
        held = [event["to"].lstrip("+") for event in self.centre.all("submit")[:6]]
        for phone in held[:3]:
            self.assertEqual(self.message(messages[phone])["state"], "accepted", "it was answered before the cut")
        for phone in held[3:]:
            self.assertEqual(self.message(messages[phone])["state"], "uncertain", "nobody knows what became of it")
        self.centre.set(receipts="after")
        self.goes_through()
        for phone, message in messages.items():
            times = self.centre.texts(phone).count(f"tin +{phone}")
            self.assertIn(times, (1,) if self.message(message)["state"] == "accepted" else (0, 1))

    def test_a_crash_with_a_text_in_flight_sends_it_not_twice(self) -> None:
        self.open(answers=False)
        message = self.send("xin chao", purpose="campaign")
        self.centre.wait("submit")
        self.daemon.kill()
        self.centre.set(answers=True)
        self.daemon.start()
        self.reaches(message, "uncertain")
        self.goes_through()
        self.assertEqual(self.centre.texts(CITIZEN), ["xin chao"])

    def test_receipts_come_on_the_receiver(self) -> None:
        self.open('bind = "transmitter"\nbinds = 1\nreceivers = 1', bound=2, receipt_session="receiver")
        self.assertEqual({bind["mode"] for bind in self.centre.all("bind", status=0)}, {"transmitter", "receiver"})
        self.goes_through()

    def test_several_binds_of_one_account(self) -> None:
        self.open("binds = 3", bound=3)
        messages = [self.send(f"so {n}") for n in range(30)]
        for message in messages:
            self.reaches(message, "delivered")
        self.assertEqual(sorted(self.centre.texts(CITIZEN)), sorted(f"so {n}" for n in range(30)))

    def round_trip(self, form: str, **settings: Any) -> None:
        self.open(f'long_messages = "{form}"', **settings)
        for parts in range(1, 6):
            words = vietnamese(parts)
            message = self.reaches(self.send(words), "delivered")
            self.assertEqual(message["parts"], parts)
            self.assertEqual(self.centre.texts(CITIZEN)[-1:], [words])
            told = self.centre.all("text")[-1]
            self.assertEqual(told["form"], "short" if parts == 1 else form)
        latin = GSM7 * 3
        self.reaches(self.send(latin), "delivered")
        self.assertEqual(self.centre.texts(CITIZEN)[-1:], [latin])
        self.assertEqual(len(self.centre.texts(CITIZEN)), 6, "no text twice")
        self.assertEqual(self.centre.all("part_again"), [])

    def test_long_texts_with_a_header(self) -> None:
        self.round_trip("udh")

    def test_long_texts_with_parameters(self) -> None:
        self.round_trip("sar", writing="bytes")

    def test_long_texts_in_one_piece(self) -> None:
        self.round_trip("payload", writing="merged")

    def test_only_the_refused_part_of_a_long_text_goes_again(self) -> None:
        self.open(statuses=[0, SYSTEM_ERROR])
        words = vietnamese(3)
        self.reaches(self.send(words), "delivered")
        self.assertEqual(self.centre.texts(CITIZEN), [words])
        self.assertEqual(self.centre.all("part_again"), [])


class Inbound(SmppCase):
    def test_a_report_over_smpp_goes_its_whole_way(self) -> None:
        self.open(directory=True)
        self.centre.deliver(CITIZEN, REPORT)
        wait_until(lambda: self.centre.texts(CITIZEN), "the reply", PATIENCE_S)
        station = "84" + STATION[1:]
        alert = wait_until(lambda: self.centre.texts(station), "the alert", PATIENCE_S)[0]
        self.assertEqual(len(self.cases()), 1)
        code = self.cases()[0]["code"]
        self.assertIn(code, alert)
        self.centre.deliver(station, f"nhan {code}")
        wait_until(lambda: self.cases()[0]["state"] == "accepted", "the case is taken", PATIENCE_S)

    def test_alphabets(self) -> None:
        self.open()
        texts = [(GSM7, "gsm7"), (LATIN1, "latin1"), (SENTENCE.strip(), "ucs2")]
        for text, alphabet in texts:
            self.centre.deliver(CITIZEN, text, alphabet=alphabet)
        self.centre.wait("answered", 3, status=0, receipt=False)
        self.assertEqual(self.inbound(), [(CITIZEN_E164, text) for text, _ in texts])

    def test_parts_in_any_order_are_one_text(self) -> None:
        for writing in ("whole", "bytes", "merged"):
            with self.subTest(writing):
                self.open(writing=writing)
                words, expected = vietnamese(3), []
                parts = [words[:UCS2_PART], words[UCS2_PART:2 * UCS2_PART], words[2 * UCS2_PART:]]
                for n, form in enumerate(("udh8", "udh16", "sar")):
                    sender = f"8491234567{n}"
                    self.centre.deliver(sender, *parts, form=form, alphabet="ucs2", order=[2, 0, 1], reference=0x1F4)
                    self.centre.wait("answered", 3 * (n + 1), status=0, receipt=False)
                    expected.append((f"+{sender}", words))
                self.centre.deliver(CITIZEN, words, form="payload", alphabet="ucs2")
                self.centre.wait("answered", 10, status=0, receipt=False)
                self.assertEqual(self.inbound(), [*expected, (CITIZEN_E164, words)])

    def test_a_text_whose_answer_was_lost_comes_again_and_counts_once(self) -> None:
        self.open(directory=True, lose_answers=True, receipts="none")
        number = self.centre.deliver(CITIZEN, REPORT)[0]
        self.assertEqual(self.centre.wait("lost")["status"], 0)
        again = self.centre.wait("answered", number=number)
        self.assertEqual((again["status"], again["tries"]), (0, 2))
        wait_until(self.cases, "the case", PATIENCE_S)
        self.centre.set(receipts="after")
        self.goes_through()
        self.assertEqual(self.inbound(), [(CITIZEN_E164, REPORT)])
        self.assertEqual(len(self.cases()), 1)

    def test_a_part_whose_answer_was_lost_comes_again(self) -> None:
        self.open(lose_answers=True)
        self.centre.deliver(CITIZEN, "mot ", "hai ", "ba", form="udh8")
        self.centre.wait("lost")
        self.centre.wait("bind", 2, status=0)
        wait_until(self.inbound, "the joined text", PATIENCE_S)
        self.centre.stays(lambda: self.inbound() == [(CITIZEN_E164, "mot hai ba")])

    def test_nothing_is_acknowledged_before_it_is_stored(self) -> None:
        self.open()
        held = sqlite3.connect(self.daemon.data / "tongdai.db", isolation_level=None)
        self.addCleanup(held.close)
        held.execute("BEGIN IMMEDIATE")  # nobody else can commit now
        number = self.centre.deliver(CITIZEN, "xin giup")[0]
        # Our side answers what came after the text, so it has read the text.
        self.centre.stays(lambda: not self.centre.all("answered", number=number))
        held.execute("ROLLBACK")
        self.assertEqual(self.centre.wait("answered", number=number)["status"], 0)
        self.assertEqual(self.inbound(), [(CITIZEN_E164, "xin giup")])

    def test_octets_that_fit_no_alphabet_are_a_report_all_the_same(self) -> None:
        self.open()
        for n, hexadecimal in enumerate(("d800dc00d8", "4003ff41", "050003070301c0ff")):
            self.centre.deliver(f"8491234567{n}", "", hex=hexadecimal, data_coding=(8, 0xF5, 4)[n])
        self.centre.wait("answered", 3, status=0, receipt=False)
        self.assertEqual(len(self.inbound()), 3)


class Link(SmppCase):
    def test_a_wrong_password_is_an_alarm_and_no_storm(self) -> None:
        self.open(password="sesam-7", bound=0)
        wait_until(lambda: self.link()["state"] == "refused", "the gateway is refused", PATIENCE_S)
        wait_until(lambda: self.alarms() > 0, "the alarm is in the metrics", PATIENCE_S)
        self.assertNotIn("sesam-7", self.daemon.log.read_text(), "the password stays out of the log")
        message = self.send("xin chao")
        self.assert_calm("bind", 0)
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
