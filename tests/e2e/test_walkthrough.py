"""docs/walkthrough.md, replayed: what a reader types is typed, and what the page shows is what comes.

In its ```console blocks a line "$ command" is run (lines "> more" continue it) and the lines below it are the output.
"…" stands for anything within a line, and alone on a line for any lines. One bash runs the whole page, so variables
live on. A command that only looks (show, list, find, inbox, status, a variable taken from one) is given some seconds
until it shows what the page says: the daemon works while one reads. 127.0.0.1:8080 and var/ are the page's names for
the test's own port and data folder.

python3 tests/e2e/test_walkthrough.py --record    runs the page and writes what came into it; what fits already stays.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from dataclasses import dataclass, field
from pathlib import Path

from daemon import SOURCE, free_port

PAGE = SOURCE / "docs" / "walkthrough.md"
COMMANDS_MIN = 10
READY_S = 240     # scripts/run builds what has changed, and loads the sample
COMMAND_S = 60
PATIENCE_S = 8    # for what is still on its way
LOOK_AGAIN_S = 0.3
SETTLED_S = 1.5   # while recording: unchanged for so long is the last word
SETTLING_MAX = 4  # looks; what still differs then is a clock or a counter

LOOKS = re.compile(r"^(\w+=\$\()?(tongdai|curl)\b(?!.* -X)(?!.* (export|text|create|submit|approve) )"
                   r".*\b(show|list|find|inbox|status|preview|curl)\b")
ASSIGNS = re.compile(r"^(\w+)=\$\(")
PASSING = (  # what is different each time
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?"), "…"),
    (re.compile(r"\b\d{13,}\b"), "…"),                                   # ids
    (re.compile(r"(?<![\d+])\b\d{6}\b(?!\d)"), "…"),                     # cases' codes
    (re.compile(r"\b[0-9a-f]{64}\b"), "…"),                              # the token
    (re.compile(r"\b\d+\.\d+\.\d+\b(?!\.\d)"), "…"),                     # versions
)


@dataclass
class Step:
    line: int            # of the page, from 1
    command: str
    expected: list[str] = field(default_factory=list)
    end: int = 0         # the line behind its output


def steps_of(page: str) -> list[Step]:
    steps: list[Step] = []
    inside = False
    for number, line in enumerate(page.splitlines(), 1):
        if line.startswith("```"):
            inside = not inside and line.strip() == "```console"
        elif not inside:
            continue
        elif line.startswith("$ "):
            steps.append(Step(number, line[2:], [], number))
        elif line.startswith("> ") and steps and not steps[-1].expected:
            steps[-1].command += "\n" + line[2:]
            steps[-1].end = number
        else:
            if not steps:
                raise ValueError(f"{PAGE}:{number}: output before the first command")
            steps[-1].expected.append(line)
            steps[-1].end = number
    return steps


def squeezed(line: str) -> str:
    """Columns are as wide as what stands in them, and that differs."""
    return re.sub(r"\s+", " ", line).strip()


def fits(expected: list[str], shown: list[str]) -> bool:
    pattern = ""
    for line in expected:
        pattern += r"(?:[^\n]*\n)*?" if line.strip() == "…" else ".*".join(
            re.escape(part) for part in squeezed(line).split("…")) + r"\n"
    return re.fullmatch(pattern, "".join(squeezed(line) + "\n" for line in shown)) is not None


def lasting(line: str) -> str:
    for pattern, mark in PASSING:
        line = pattern.sub(mark, line)
    return line.rstrip()


def marked(before: str, line: str) -> str:
    words, others = re.split(r"(\W+)", line), re.split(r"(\W+)", before)
    if len(words) != len(others):
        return line
    return "".join(word if word == other else "…" for word, other in zip(words, others))


class Reader:
    """Somebody with the page before them: scripts/run in one terminal, a shell in the other."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="td-walk-"))
        self.data = self.folder / "var"
        self.port = free_port()
        for name in ("config", "docs", "scripts"):
            (self.folder / name).symlink_to(SOURCE / name)
        self.printed = self.folder / "run.log"
        with self.printed.open("wb") as printed:
            self.run = subprocess.Popen([SOURCE / "scripts" / "run", "--port", str(self.port), "--data", self.data],
                                        stdin=subprocess.DEVNULL, stdout=printed, stderr=printed)
        self.wait_for_daemon()
        environment = os.environ | {"TONGDAI_SOCKET": str(self.data / "tongdaid.sock"), "LC_ALL": "C.UTF-8",
                                    "PATH": f"{SOURCE}/build/release:{os.environ['PATH']}"}
        self.shell = subprocess.Popen(["bash", "--noprofile", "--norc"], stdin=subprocess.PIPE, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder,
                                      env=environment, encoding="utf-8")

    def wait_for_daemon(self) -> None:
        deadline = time.monotonic() + READY_S
        while "The log follows." not in self.printed.read_text(encoding="utf-8", errors="replace"):
            if self.run.poll() is not None or time.monotonic() > deadline:
                text = self.printed.read_text(encoding="utf-8", errors="replace")
                self.close()
                raise AssertionError(f"scripts/run did not get ready:\n{text[-3000:]}")
            time.sleep(0.1)

    def type(self, command: str) -> list[str]:
        """Runs it in the shell; the lines that it prints."""
        own = command.replace("127.0.0.1:8080", f"127.0.0.1:{self.port}")
        script = self.folder / ".typed"
        script.write_text(f"{own}\n", encoding="utf-8")
        end = f"end-of-{time.monotonic_ns()}"
        assert self.shell.stdin and self.shell.stdout
        self.shell.stdin.write(f". ./.typed </dev/null; echo; echo {end} $?\n")
        self.shell.stdin.flush()
        lines: list[str] = []
        for line in self.shell.stdout:
            if line.startswith(end):
                if line.split()[1] == "127":
                    raise AssertionError(f"no such command: {command}\n" + "".join(lines))
                break
            lines.append(line.rstrip("\n").replace(f"127.0.0.1:{self.port}", "127.0.0.1:8080")
                         .replace(str(self.folder) + "/", ""))
        while lines and not lines[-1].strip():
            lines.pop()
        return lines

    def type_until(self, step: Step) -> list[str]:
        """Types it, and types it again while it only looks and does not show yet what the page says."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            shown = self.type(step.command)
            named = ASSIGNS.match(step.command)
            good = fits(step.expected, shown) and not (named and self.type(f'case "${named[1]}" in "" | null) echo empty ;; esac'))
            if good or not LOOKS.match(step.command) or time.monotonic() > deadline:
                return shown if good or not named else shown + [f"(${named[1]} stayed empty)"]
            time.sleep(LOOK_AGAIN_S)

    def type_until_settled(self, step: Step) -> list[str]:
        """Its last word, with marks for what differs from one moment to the next."""
        shown = self.type(step.command)
        for _ in range(SETTLING_MAX if LOOKS.match(step.command) else 0):
            time.sleep(SETTLED_S)
            before, shown = shown, self.type(step.command)
            if [lasting(line) for line in before] == [lasting(line) for line in shown]:
                break
        else:
            if LOOKS.match(step.command) and len(before) == len(shown):
                shown = [marked(b, s) for b, s in zip(before, shown)]
        return shown

    def close(self) -> int:
        if hasattr(self, "shell"):
            assert self.shell.stdin and self.shell.stdout
            self.shell.stdin.close()
            self.shell.wait(COMMAND_S)
            self.shell.stdout.close()
        self.run.send_signal(signal.SIGTERM)
        code = self.run.wait(COMMAND_S)
        shutil.rmtree(self.folder, ignore_errors=True)
        return code


class Walkthrough(unittest.TestCase):
    def test_the_page_is_true(self) -> None:
        self.assertTrue(PAGE.exists(), f"{PAGE} is missing")
        steps = steps_of(PAGE.read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(steps), COMMANDS_MIN, "too few commands to be a walk through the service")
        reader = Reader()
        self.addCleanup(lambda: reader.run.poll() is not None or reader.close())
        for step in steps:
            shown = reader.type_until(step)
            self.assertTrue(fits(step.expected, shown), f"{PAGE}:{step.line}: $ {step.command}\nthe page says:\n"
                            + "\n".join(step.expected) + "\nit came:\n" + "\n".join(shown))
        self.assertEqual(reader.close(), 0, "scripts/run stops cleanly")


class Matching(unittest.TestCase):
    def test_marks(self) -> None:
        self.assertTrue(fits(["id … done", "…", "end"], ["id  77 done", "a", "b", "end"]))
        self.assertTrue(fits(["…"], []))
        self.assertFalse(fits(["a"], ["a", "b"]))
        self.assertFalse(fits(["a.c"], ["abc"]))

    def test_what_passes(self) -> None:
        self.assertEqual(lasting("case 482913 2026-11-25T09:00:00.123+07:00 0912345678 117012345678901234 "),
                         "case … … 0912345678 …")


def record() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    reader = Reader()
    shift = 0
    try:
        for step in steps_of("\n".join(lines)):
            shown = reader.type_until_settled(step)
            if fits(step.expected, shown):
                continue
            first = step.end - len(step.expected) + shift
            lines[first:step.end + shift] = [lasting(line) for line in shown]
            shift += len(shown) - len(step.expected)
            print(f"{step.line}: $ {step.command}: {len(shown)} lines")
    finally:
        reader.close()
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--record"]:
        record()
    else:
        unittest.main()
