"""(j) A thousand reports of danger to life a minute, each of another person: from the text at the centre to the reply and
to the facility's alert there, by the centre's clock. By then the report is committed and its alert was queued."""

import latency
from context import Context
from switchboard import Switchboard

PER_MINUTE = 1000
MINUTES = 3
WORDS = "cuu toi, chong cam dao doa giet toi, o Than Uyen"


def measure(context: Context) -> dict:
    context.need_centre(receipts=True)
    texts = context.scaled(PER_MINUTE * MINUTES, least=100)
    with Switchboard(context) as board:
        board.start().wait_linked()
        board.fill_directory()
        found = latency.ask(context, board, 0, texts, 60 / PER_MINUTE, WORDS)
        with board.database() as db:
            found["critical"] = db.execute("SELECT COUNT(*) FROM hotline_case WHERE urgency = 'critical'").fetchone()[0]
        board.stop()
    if found["critical"] != texts:
        raise RuntimeError(f"of {texts} reports {found['critical']} are critical cases")
    context.say(f"{PER_MINUTE} reports a minute: alert p99 {found['alert_ms']['p99']} ms, at most "
                f"{found['alert_ms']['max']} ms; reply p99 {found['reply_ms']['p99']} ms")
    return found
