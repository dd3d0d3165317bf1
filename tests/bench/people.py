"""Who gets the texts and who sends them: numbers and names made by arithmetic, the same in every run."""

from collections.abc import Iterator
from pathlib import Path

# Without 91 and 97: facilities and citizens of the bench have theirs there.
PREFIXES = ("32 33 34 35 36 37 38 39 86 96 98 81 82 83 84 85 88 94 70 76 77 78 79 89 90 93 52 56 58 92").split()
CITIZEN_PREFIX = "97"
A_PREFIX = 10_000_000        # numbers behind a prefix of two digits
STEP = 7_368_787             # a prime: numbers come in no order, and none comes twice within a prefix
FAMILY = ("Nguyễn", "Trần", "Lò", "Vàng", "Giàng", "Lù", "Tẩn", "Phàn", "Hoàng", "Mùa")
GIVEN = ("Thị Mai", "Văn Hùng", "Thị Hoa", "A Páo", "Thị Súa", "Văn Thanh", "Mỷ", "Thị Lan", "A Chu", "Văn Định")
UNITS = ("03388", "03390", "03394", "03405", "03408", "03424", "03430", "03433", "03434", "03595")
GROUP = "bench"
# What the province sent in its Action Month: one part of GSM-7 each once the accents are gone.
TEXTS = (
    "Huong ung Ngay quoc te xoa bo bao luc doi voi phu nu 25/11",
    "Bao luc gia dinh la vi pham phap luat. Hay len tieng vi binh dang gioi va an toan cho phu nu, tre em gai.",
    "Thang hanh dong vi binh dang gioi: im lang la tiep tay cho bao luc. Duong day nong ho tro 24/7.",
)


def national(n: int) -> str:
    """The n-th mobile number of the audience, with the trunk 0. n from 0, below 300 million."""
    prefix = PREFIXES[n % len(PREFIXES)]
    return f"0{prefix}{n // len(PREFIXES) * STEP % A_PREFIX:07d}"


def international(n: int) -> str:
    """The same as E.164 without the plus, as it stands at the centre."""
    return "84" + national(n)[1:]


def citizen(n: int) -> str:
    """A reporter's number as the centre has it: E.164 without the plus."""
    return f"84{CITIZEN_PREFIX}{n * STEP % A_PREFIX:07d}"


def contact_rows(first: int, count: int) -> Iterator[str]:
    for n in range(first, first + count):
        name = f"{FAMILY[n % len(FAMILY)]} {GIVEN[n // 10 % len(GIVEN)]}"
        yield f"{national(n)},{name},{UNITS[n % len(UNITS)]},vi\n"


def write_contacts(file: Path, first: int, count: int) -> Path:
    with file.open("w", encoding="utf-8") as out:
        out.write("phone,name,unit,language\n")
        out.writelines(contact_rows(first, count))
    return file


def write_numbers(file: Path, first: int, count: int, plus: bool = False) -> Path:
    """E.164, one a line."""
    sign = "+" if plus else ""
    with file.open("w", encoding="ascii") as out:
        out.writelines(f"{sign}{international(n)}\n" for n in range(first, first + count))
    return file
