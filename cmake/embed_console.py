#!/usr/bin/env python3
"""Writes the console's built files, as they are and compressed, into the C++ file that service/console_files is made of.

usage: cmake/embed_console.py DIST OUT.cpp

Without DIST/index.html the table is empty. OUT.cpp is touched only if a file, or this script, changed. Brotli is made by
node, which builds the console anyhow; without node there is gzip only.
"""

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PAGE = "/index.html"
ASSETS = "/assets/"
ROOT_FILES = {PAGE, "/calendar.html"}  # service/api/routes.cpp has a row for each
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
DIGEST_CHARS = 16  # 64 bits: enough to tell two builds of a file apart
LITERAL_BYTES = 96  # a line of the C++ file
NAMED_BY_PAGE = re.compile(r"""(?:src|href)=["']?(/assets/[^"'\s>]+)""")
BROTLI = """
const { brotliCompressSync, constants } = require("node:zlib");
const files = JSON.parse(require("node:fs").readFileSync(0, "utf8")).map((text) => Buffer.from(text, "base64"));
const press = (bytes) => brotliCompressSync(bytes, { params: {
  [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
  [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
process.stdout.write(JSON.stringify(files.map((bytes) => press(bytes).toString("base64"))));
"""


class Fault(Exception):
    """What is wrong with the built console, and what to do."""


def read(dist: Path) -> dict[str, bytes]:
    """Path, as it is asked for -> bytes. Empty if there is no console."""
    if not (dist / PAGE[1:]).is_file():
        return {}
    files = {}
    for file in sorted(dist.rglob("*")):
        inside = file.relative_to(dist)
        if file.is_file() and not any(part.startswith(".") for part in inside.parts):
            files[f"/{inside.as_posix()}"] = file.read_bytes()
    return files


def check(files: dict[str, bytes]) -> None:
    for path in files:
        if path not in ROOT_FILES and not re.fullmatch(ASSETS + r"[\w.~-]+", path):
            raise Fault(f"{path}: is not served; allowed: {', '.join(sorted(ROOT_FILES))}, {ASSETS}NAME")
        if Path(path).suffix not in TYPES:
            raise Fault(f"{path}: its type is not known; add it to TYPES of cmake/embed_console.py, or leave the file out")
    for path in NAMED_BY_PAGE.findall(files[PAGE].decode("utf-8")):
        if path not in files:
            raise Fault(f"{path}: the page names it, and it is not there; build the console again")


def brotli(node: str, contents: list[bytes]) -> list[bytes]:
    texts = json.dumps([base64.b64encode(content).decode() for content in contents])
    done = subprocess.run([node, "-e", BROTLI], input=texts, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Fault(f"node cannot compress: {done.stderr.strip()[-500:]}")
    return [base64.b64decode(text) for text in json.loads(done.stdout)]


def character(byte: int) -> str:
    char = chr(byte)
    return char if 0x20 <= byte < 0x7F and char not in '"\\?' else f"\\{byte:03o}"


ESCAPED = [character(byte) for byte in range(256)]


def literal(content: bytes) -> str:
    """A C++ string literal, in lines; a string_view, for it may hold zeros."""
    pieces = [content[at:at + LITERAL_BYTES] for at in range(0, len(content), LITERAL_BYTES)] or [b""]
    return "\n     ".join('"' + "".join(map(ESCAPED.__getitem__, piece)) + '"' for piece in pieces) + "sv"


def row(path: str, plain: bytes, pressed: bytes) -> str:
    zipped = gzip.compress(plain, 9, mtime=0)
    digest = hashlib.sha256(plain).hexdigest()[:DIGEST_CHARS]
    forms = [plain] + [form if len(form) < len(plain) else b"" for form in (zipped, pressed)]
    texts = [path.encode(), TYPES[Path(path).suffix].encode(), digest.encode(), *forms]
    return "    {" + ",\n     ".join(map(literal, texts)) + "},\n"


def source(files: dict[str, bytes], node: str | None) -> str:
    head = '#include "console_files/files.hpp"\n\n#include <array>\n\n'
    if not files:
        return head + ("namespace tongdai::console_files {\n\n"
                       "std::span<const File> all() noexcept {\n  return {};\n}\n\n"
                       "}  // namespace tongdai::console_files\n")
    pressed = brotli(node, list(files.values())) if node else [b""] * len(files)
    rows = "".join(row(path, plain, form) for (path, plain), form in zip(files.items(), pressed))
    return head + ("// Other compilers may take less in one literal; ours do not.\n"
                   '#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'
                   "namespace tongdai::console_files {\nnamespace {\n\nusing namespace std::string_view_literals;\n\n"
                   f"constexpr auto files = std::to_array<File>({{\n{rows}}});\n\n}}  // namespace\n\n"
                   "std::span<const File> all() noexcept {\n  return files;\n}\n\n"
                   "}  // namespace tongdai::console_files\n")


def fingerprint(files: dict[str, bytes], node: str | None) -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update(b"brotli" if node else b"gzip only")
    for path, content in files.items():
        digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def is_made_of(out: Path, first_line: str) -> bool:
    try:
        with out.open(encoding="ascii") as made:
            return made.readline() == first_line
    except FileNotFoundError:
        return False


def main() -> int:
    if len(sys.argv) != 3:
        print("usage: cmake/embed_console.py DIST OUT.cpp", file=sys.stderr)
        return 2
    dist, out = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        files, node = read(dist), shutil.which("node")
        first_line = f"// Made by cmake/embed_console.py of {fingerprint(files, node)}\n"
        if is_made_of(out, first_line):
            return 0
        if files:
            check(files)
        text = first_line + source(files, node)
    except (Fault, OSError, UnicodeDecodeError) as fault:
        print(f"{dist}: {fault}", file=sys.stderr)
        return 1
    new = out.with_suffix(".new")
    new.write_text(text, encoding="ascii")
    os.replace(new, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
