"""Do the daemon's books agree with what the centre really got? Each disagreement is one sentence."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field

from message_centre import Centre
from switchboard import LONG_S, Switchboard

RECORDED = ("accepted", "delivered", "undelivered")
EXAMPLES = 5               # of one kind of fault


@dataclass
class Books:
    recorded: int = 0          # the daemon says: the centre took it
    uncertain: int = 0
    sent: int = 0              # the centre's log: messages that it took
    uncertain_and_sent: int = 0
    resent_by_rule: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, what: str, examples: list[str]) -> None:
        if examples:
            self.faults.append(f"{what}: {len(examples)}, such as messages {', '.join(examples[:EXAMPLES])}")


def states(board: Switchboard, campaign: str) -> dict[str, str]:
    """Message id -> state, as `campaign export` says, of all who have a message."""
    answer = board.client.get(f"/campaigns/{campaign}/export", timeout=LONG_S)
    if answer.status != 200:
        raise RuntimeError(f"the export was answered with {answer.status}")
    rows = csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")))
    return {row["message"]: row["state"] for row in rows if row["message"]}


def recipients(board: Switchboard, campaign: str) -> dict[str, str]:
    """Message id -> number as the centre has it. The export masks numbers, so the database is asked."""
    with board.database() as db:
        rows = db.execute("SELECT id, recipient FROM message WHERE campaign_id = ?", (int(campaign),)).fetchall()
    return {str(message): str(number).lstrip("+") for message, number in rows}


def submits_in_history(board: Switchboard, message: str) -> int:
    """How often the daemon itself says that it handed the message over."""
    history = board.client.get(f"/messages/{message}", timeout=60).json["history"]
    return sum(step["state"] == "submitting" for step in history)


def compare(board: Switchboard, centre: Centre, campaigns: dict[str, str]) -> Books:
    """`campaigns`: id -> its text. Nothing may be on the way any more."""
    books = Books()
    heard: Counter = Counter((submit.to, submit.text) for submit in centre.submits())
    expected: set[tuple[str, str]] = set()
    for campaign, text in campaigns.items():
        state_of, number_of = states(board, campaign), recipients(board, campaign)
        lost, unknown, twice = [], [], []
        for message, state in state_of.items():
            key = (number_of[message], text)
            expected.add(key)
            copies = heard[key]
            books.sent += copies > 0
            books.recorded += state in RECORDED
            books.uncertain += state == "uncertain"
            books.uncertain_and_sent += state == "uncertain" and copies > 0
            if state in RECORDED and not copies:
                lost.append(message)
            if copies and state not in RECORDED and state != "uncertain":
                unknown.append(message)
            if copies > 1:
                if copies <= submits_in_history(board, message):
                    books.resent_by_rule += 1
                else:
                    twice.append(message)
        books.fault("recorded as taken, but not in the centre's log", lost)
        books.fault("in the centre's log, but neither recorded nor uncertain", unknown)
        books.fault("came twice, and the daemon knows of one time", twice)
        counts = board.counts(campaign)
        total = sum(value for state, value in counts.items() if state != "audience")
        if total != counts["audience"]:
            books.faults.append(f"a campaign's states sum up to {total} of an audience of {counts['audience']}")
        if counts["pending"] + counts["queued"] + counts["submitting"]:
            books.faults.append(f"a campaign did not come to its end: {counts}")
    strangers = sum(copies for key, copies in heard.items() if key not in expected)
    if strangers:
        books.faults.append(f"the centre got {strangers} messages that no campaign has")
    if books.sent != books.recorded + books.uncertain_and_sent:
        books.faults.append(f"sent {books.sent} is not recorded {books.recorded} + uncertain "
                            f"{books.uncertain_and_sent}")
    return books
