"""kill -9 fifty times during a blast: sent = recorded + uncertain at the centre's own log."""

from message_centre import Centre
from context import Context
from disturb import run
from switchboard import Switchboard

KILLS = 50


def kill_and_start(board: Switchboard, _: Centre) -> None:
    board.kill()
    board.start()


def measure(context: Context) -> dict:
    return run(context, max(5, round(KILLS * min(1.0, context.scale * 10))), kill_and_start)
