"""(c) What SQLite alone can do here: the bound that (a) is held against."""

from context import MILLION, Context

ROWS_A_COMMIT = 1000


def measure(context: Context) -> dict:
    file = context.work / "ceiling.db"
    found = context.run_program("bench_sqlite", "--file", file, "--rows", context.scaled(MILLION), "--rows-a-commit",
                                ROWS_A_COMMIT)
    for left in context.work.glob("ceiling.db*"):
        left.unlink()
    context.say(f"{found['per_s']:,.0f} life cycles/s")
    return found
