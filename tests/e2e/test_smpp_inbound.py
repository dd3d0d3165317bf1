"""SMPP against a message centre by another hand (npm `smpp`): what happens to the texts that come in."""

import sqlite3
import unittest

from centre import PATIENCE_S
from daemon import REPORT, STATION, wait_until
from smpp_case import CITIZEN, CITIZEN_E164, GSM7, SENTENCE, UCS2_PART, SmppCase, vietnamese

NOT_NOW = 0x64  # RX_T_APPN
LATIN1 = "déjà vu, naïve, año, 100 µ, ½"


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

    def test_what_cannot_be_stored_now_comes_again(self) -> None:
        self.open()
        held = sqlite3.connect(self.daemon.data / "tongdai.db", isolation_level=None)
        self.addCleanup(held.close)
        held.execute("BEGIN IMMEDIATE")  # until our side has given up on the commit
        number = self.centre.deliver(CITIZEN, "xin giup")[0]
        self.centre.wait("answered", number=number, status=NOT_NOW)
        held.execute("ROLLBACK")
        self.assertGreater(self.centre.wait("answered", number=number, status=0)["tries"], 1)
        self.assertEqual(self.inbound(), [(CITIZEN_E164, "xin giup")])

    def test_octets_that_fit_no_alphabet_are_a_report_all_the_same(self) -> None:
        self.open()
        for n, hexadecimal in enumerate(("d800dc00d8", "4003ff41", "050003070301c0ff")):
            self.centre.deliver(f"8491234567{n}", "", hex=hexadecimal, data_coding=(8, 0xF5, 4)[n])
        self.centre.wait("answered", 3, status=0, receipt=False)
        self.assertEqual(len(self.inbound()), 3)


if __name__ == "__main__":
    unittest.main()
