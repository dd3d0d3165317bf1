"""History without waiting for it: the rows of one finished campaign, as the daemon itself wrote them, copied many times
into the past. Column by column, so that it needs to know little of the schema: what it knows stands in constants."""

import sqlite3
from dataclasses import dataclass

DAY_MS = 24 * 60 * 60 * 1000
CACHE_KB = 1_000_000
TIMES = ("at", "not_before")              # and every column that ends in _at
KEYS = ("message_id", "campaign_id")      # a table that has one of them belongs to a campaign


@dataclass
class Table:
    name: str
    columns: list[str]
    types: dict[str, str]


def tables_of(db: sqlite3.Connection) -> list[Table]:
    found = []
    names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    for (name,) in names:
        info = db.execute(f"PRAGMA table_info({name})").fetchall()
        table = Table(name, [row[1] for row in info], {row[1]: row[2] for row in info})
        if name in ("message", "campaign") or any(key in table.columns for key in KEYS):
            found.append(table)
    return found


def span(db: sqlite3.Connection, table: str) -> int:
    least, most = db.execute(f"SELECT MIN(id), MAX(id) FROM {table}").fetchone()
    return 0 if least is None else most - least + 1


class Multiplier:
    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.tables = tables_of(db)
        self.spans = {t.name: span(db, t.name) for t in self.tables if "id" in t.columns and t.name != "campaign"}
        self.messages = db.execute("SELECT COUNT(*) FROM message").fetchone()[0]
        self.floors = {t.name: db.execute(f"SELECT MIN(id) FROM {t.name}").fetchone()[0]
                       for t in self.tables if t.name in self.spans or t.name == "campaign"}

    def value(self, table: Table, column: str) -> str:
        """How the copy :k has this column."""
        if table.name == "campaign" and column == "id" or column == "campaign_id":
            return f"{column} - :k"
        if column == "message_id":
            return f"message_id - :k * {self.spans['message']}"
        if column == "id" and table.types[column] == "INTEGER":
            return f"id - :k * {self.spans[table.name]}"
        if column == "gateway_ref" and table.types[column] == "TEXT":
            return "CASE gateway_ref WHEN '' THEN '' ELSE gateway_ref || '.' || :k END"
        if column in TIMES or column.endswith("_at"):
            return f"{column} - :k * {DAY_MS}"
        return column

    def copy(self, k: int) -> None:
        for table in self.tables:
            values = ", ".join(self.value(table, column) for column in table.columns)
            columns = ", ".join(table.columns)
            # Only the original is copied: what has an own id lies below it once copied, the rest is told by its owner.
            floor = self.floors.get(table.name)
            if floor is not None:
                where = f"id >= {floor}"
            elif "message_id" in table.columns and "campaign_id" not in table.columns:
                where = f"message_id >= {self.floors['message']}"
            else:
                where = f"campaign_id >= {self.floors['campaign']}"
            self.db.execute(f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {table.name} WHERE {where}",
                            {"k": k})


def multiply(db: sqlite3.Connection, times: int) -> int:
    """Makes `times` of what is there, and returns how many messages there are then. The daemon must not run; all
    campaigns must be at their end."""
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    work = Multiplier(db)
    names = tuple(table.name for table in work.tables)
    marks = ", ".join("?" * len(names))
    indexes = db.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                         f"AND tbl_name IN ({marks})", names).fetchall()
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    db.execute("BEGIN")
    for k in range(1, times):
        work.copy(k)
    db.execute("COMMIT")
    for _, sql in indexes:
        db.execute(sql)
    total = db.execute("SELECT COUNT(*) FROM message").fetchone()[0]
    if total != work.messages * times:
        raise RuntimeError(f"{work.messages} messages times {times} came to {total}")
    db.execute("PRAGMA journal_mode = WAL")
    return total
