"""SMPP against a message centre by another hand (npm `smpp`), which misbehaves as the real ones do: what happens to
the messages that leave."""

import unittest
from typing import Any

from daemon import LINE
from smpp_case import CITIZEN, GSM7, SmppCase, vietnamese

THROTTLED, SYSTEM_ERROR, BAD_NUMBER, VENDORS_OWN = 0x58, 0x08, 0x0B, 0x0499


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

    def test_a_parameter_repeats_the_id_of_the_answer_where_texts_write_it_in_another_way(self) -> None:
        self.open('id_in_answer = "hexadecimal"\nid_in_receipt = "decimal"', answer_ids="hex", receipt_form="tlv")
        self.reaches(self.send("xin chao"), "delivered")
        self.centre.set(receipts="before")
        self.reaches(self.send("lan nua"), "delivered")
        self.centre.set(receipt_form="text")
        self.reaches(self.send("va lan nua"), "delivered")

    def test_a_receipt_as_data_sm(self) -> None:
        self.open(receipt_form="data_sm")
        self.reaches(self.send("xin chao"), "delivered")
        self.centre.set(stat="UNDELIV")
        self.reaches(self.send("lan nua"), "undelivered")
        self.assertEqual(len(self.centre.all("answered", receipt=True, form="data_sm", status=0)), 2)

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
        message = self.reaches(self.send("xin chao"), "delivered")
        self.assertEqual(message["attempts"], 2)
        self.assertEqual(self.centre.texts(CITIZEN), ["xin chao"])
        self.assertIn("0x0499", str(message["history"]).lower())

    def test_throttling_slows_and_costs_no_attempt(self) -> None:
        self.open(statuses=[THROTTLED] * 5)
        self.assertEqual(self.link()["current_rate"], self.link()["rate"])
        messages = [self.send(f"so {n}") for n in range(10)]
        for message in messages:
            self.assertEqual(self.reaches(message, "delivered")["attempts"], 1)
        self.assertEqual(sorted(self.centre.texts(CITIZEN)), [f"so {n}" for n in range(10)])
        self.assertEqual(len(self.centre.all("submit")), 15)
        self.assertLess(self.link()["current_rate"], self.link()["rate"])

    def test_after_throttling_nothing_leaves_for_a_second_and_then_one_by_one(self) -> None:
        self.open(rate=4, statuses=[THROTTLED])
        phones = [f"+8491234567{n}" for n in range(5)]
        for message in [self.send("xin chao", phone, "campaign") for phone in phones]:
            self.reaches(message, "delivered")
        times = [event["at_ms"] for event in self.centre.all("submit")]
        self.assertEqual(len(times), 6)
        apart = [later - earlier for earlier, later in zip(times, times[1:])]
        self.assertGreater(apart[0], 900)
        self.assertGreater(min(apart), 100, "no burst makes up for it")

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

    def test_the_parts_of_a_long_text_leave_apart(self) -> None:
        self.open(rate=5)
        self.reaches(self.send(vietnamese(5)), "delivered")
        times = [event["at_ms"] for event in self.centre.all("submit")]
        self.assertEqual(len(times), 5)
        self.assertGreater(min(later - earlier for earlier, later in zip(times, times[1:])), 100)

    def test_only_the_refused_part_of_a_long_text_goes_again(self) -> None:
        self.open(statuses=[0, SYSTEM_ERROR])
        words = vietnamese(3)
        self.reaches(self.send(words), "delivered")
        self.assertEqual(self.centre.texts(CITIZEN), [words])
        self.assertEqual(self.centre.all("part_again"), [])


if __name__ == "__main__":
    unittest.main()
