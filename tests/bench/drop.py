"""A link dropped in mid-window, a hundred times: the same books as after kill -9."""

from message_centre import Centre
from context import Context
from disturb import run
from switchboard import Switchboard

DROPS = 100


def drop(_: Switchboard, centre: Centre) -> None:
    centre.drop_links()


def measure(context: Context) -> dict:
    return run(context, max(10, round(DROPS * min(1.0, context.scale * 10))), drop)
