"""A blast that is disturbed many times, and its books afterwards: what kill9 and drop share."""

import dataclasses
import random
import time
from collections.abc import Callable

import people
from accounts import compare
from message_centre import Centre
from context import MILLION, Context
from processes import wait_for
from switchboard import Switchboard

PEOPLE = MILLION // 5     # a blast of that many; another follows until the last disturbance
PAUSE_S = (0.02, 0.4)     # of undisturbed sending before each
SETTLE_S_MAX = 1800
LIFE_S_MAX = 300          # until a disturbed daemon sends again
SEED = 20211125
Act = Callable[[Switchboard, Centre], None]


class Blasts:
    """Keeps one blast running, each with a text of its own."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board
        self.texts: dict[str, str] = {}

    def keep_up(self) -> None:
        if self.texts:
            counts = self.board.counts(list(self.texts)[-1])
            if counts["pending"] > counts["audience"] // 4:
                return
        text = f"{people.TEXTS[0]} ({len(self.texts)})"
        self.texts[self.board.blast(text)] = text


def disturb(context: Context, board: Switchboard, times: int, act: Act) -> Blasts:
    blasts = Blasts(board)
    dice = random.Random(SEED)
    for _ in range(times):
        blasts.keep_up()
        before = context.centre.counters()["submits"]
        wait_for(lambda before=before: context.centre.counters()["submits"] > before, "sending", LIFE_S_MAX, 0.01)
        time.sleep(dice.uniform(*PAUSE_S))
        act(board, context.centre)
    return blasts


def run(context: Context, times: int, act: Act) -> dict:
    data = context.prepared(context.scaled(PEOPLE))
    centre = context.need_centre(receipts=True)
    with Switchboard(context, data=data) as board:
        board.start().wait_linked()
        began = time.monotonic()
        blasts = disturb(context, board, times, act)
        seconds = time.monotonic() - began
        for campaign in blasts.texts:
            board.wait_done(campaign, False, SETTLE_S_MAX)
        books = compare(board, centre, blasts.texts)
        board.stop()
    context.say(f"{times} times in {seconds:.0f} s: {books.sent} sent = {books.recorded} recorded + "
                f"{books.uncertain_and_sent} uncertain; {len(books.faults)} faults")
    return {"times": times, "blasts": len(blasts.texts), "seconds": round(seconds, 1)} | dataclasses.asdict(books)
