"""Opens what the daemon sealed, by docs/sealing.md and another hand: the tests look into the database with it."""

import ctypes
import ctypes.util
import os
import sqlite3
from pathlib import Path

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 24, 16
WRAPPING, TAGS = 1, 2
NAME_AT, SLOTS_AT, SLOT_BYTES = 16, 4096, 80
CONTEXT = b"tongdai1"


class Sealed:
    """The keys of a data folder."""

    def __init__(self, data: Path) -> None:
        self.sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
        self.file = data / "tongdai.keys"
        master = bytes.fromhex((data / "master.key").read_text(encoding="ascii").strip())
        self.wrapping, self.tags = (self.derive(master, use) for use in (WRAPPING, TAGS))

    def derive(self, master: bytes, use: int) -> bytes:
        out = ctypes.create_string_buffer(KEY_BYTES)
        self.sodium.crypto_kdf_derive_from_key(out, ctypes.c_size_t(KEY_BYTES), ctypes.c_uint64(use), CONTEXT, master)
        return out.raw

    def unlock(self, key: bytes, locked: bytes, about: bytes) -> bytes | None:
        out = ctypes.create_string_buffer(max(1, len(locked)))
        body = locked[NONCE_BYTES:]
        failed = self.sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            out, None, None, body, ctypes.c_ulonglong(len(body)), about, ctypes.c_ulonglong(len(about)),
            locked[:NONCE_BYTES], key)
        return None if failed else out.raw[:len(body) - TAG_BYTES]

    def key(self, number: int) -> tuple[bytes | None, bytes]:
        """The key itself, None if it is destroyed, and what it is bound to."""
        with self.file.open("rb") as file:
            start = file.read(NAME_AT + 16)
            file.seek(SLOTS_AT + (number - 1) * SLOT_BYTES)
            wrapped = file.read(NONCE_BYTES + KEY_BYTES + TAG_BYTES)
        about = start[NAME_AT:] + number.to_bytes(8, "little")
        if not wrapped.strip(b"\0"):
            return None, about
        return self.unlock(self.wrapping, wrapped, about), about

    def unseal(self, number: int | None, sealed: bytes | None, plain: str) -> str:
        if number is None:
            return plain
        if sealed is None:
            return ""
        key, about = self.key(number)
        opened = self.unlock(key, sealed, about) if key else None
        return "" if opened is None else opened.decode()

    def tag(self, value: str) -> str:
        if not value:
            return ""
        out = ctypes.create_string_buffer(TAG_BYTES)
        data = value.encode()
        self.sodium.crypto_generichash(out, ctypes.c_size_t(TAG_BYTES), data, ctypes.c_ulonglong(len(data)), self.tags,
                                       ctypes.c_size_t(KEY_BYTES))
        return "~" + out.raw.hex()


def connect(data: Path) -> sqlite3.Connection:
    """The database of a data folder, to be read: with unseal() and tag()."""
    db = sqlite3.connect(f"file:{data / 'tongdai.db'}?mode=ro", uri=True)
    if os.path.exists(data / "tongdai.keys"):
        sealed = Sealed(data)
        db.create_function("unseal", 3, sealed.unseal)
        db.create_function("tag", 1, sealed.tag)
    return db
