"""Files made or damaged so that reading them would fill the memory, never end, or crash."""

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.services.some_files import (
    CALLS,
    HEADER,
    refusal,
    rezipped,
    write_workbook,
)


def a_good_workbook(folder: Path) -> Path:
    return write_workbook(folder / "calls.xlsx", [HEADER, *CALLS])


BOMBS = {
    "one sheet of blanks": lambda: {"xl/worksheets/sheet1.xml": b" " * 150_000_000},
    "a part that is never parsed": lambda: {"xl/media/image1.png": bytes(150_000_000)},
    "too many parts": lambda: {f"xl/media/{number}.txt": b"" for number in range(2_100)},
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path, what: str) -> None:
    parts = BOMBS[what]()
    path = rezipped(a_good_workbook(tmp_path), parts.get, parts)
    assert path.stat().st_size < 1_000_000
    assert "unpacks to more" in refusal(path)


def test_a_bomb_that_lies_about_its_size_is_refused_too(tmp_path: Path) -> None:
    blanks = b" " * 150_000_000
    path = rezipped(a_good_workbook(tmp_path), lambda name, content: blanks if "sheet1" in name else content)
    honest = zlib.crc32(blanks).to_bytes(4, "little"), len(blanks).to_bytes(4, "little")
    lies = zlib.crc32(blanks[:4_000]).to_bytes(4, "little"), (4_000).to_bytes(4, "little")
    content = path.read_bytes()
    for truth, lie in zip(honest, lies, strict=True):
        assert content.count(truth) == 2  # before the part, and in the list of parts at the end
        content = content.replace(truth, lie)
    path.write_bytes(content)
    assert "unpacks to more" in refusal(path)


def test_a_sheet_with_one_cell_in_its_furthest_corner_does_not_eat_the_memory(tmp_path: Path) -> None:
    def far_away(name: str, content: bytes) -> bytes:
        return content.replace(b'r="F3"', b'r="XFD1048576"') if name.endswith("sheet1.xml") else content

    assert "unpacks to more" in refusal(rezipped(a_good_workbook(tmp_path), far_away))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit; preflight and time limit stand alone")
def test_the_process_that_parses_cannot_take_all_the_memory() -> None:
    program = (
        "from ppsdesk.services.tables_in import workbook_process as parser\n"
        "parser.limit_memory()\n"
        "try: bytearray(parser.MEMORY)\n"
        "except MemoryError: print('held')\n"
    )
    here = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=here)
    assert said.stdout == "held\n"


@pytest.mark.parametrize("declaration", [b'<!DOCTYPE a [<!ENTITY b "c">]>', b'<!DOCTYPE a SYSTEM "http://x.test/a">'])
def test_a_workbook_with_definitions_of_its_own_is_refused(tmp_path: Path, declaration: bytes) -> None:
    def defining(name: str, content: bytes) -> bytes:
        head, mark, rest = content.partition(b"?>\n")
        return head + mark + b"<!--" + b"x" * 270_000 + b"-->" + declaration + rest if "shared" in name else content

    assert "definitions" in refusal(rezipped(a_good_workbook(tmp_path), defining))


def test_no_process_is_left_behind_after_a_refusal(tmp_path: Path) -> None:
    path = rezipped(a_good_workbook(tmp_path), lambda n, c: b" " * 150_000_000 if "sheet1" in n else c)
    program = (
        "import sys, os; from pathlib import Path; from ppsdesk.services.tables_in import read_table\n"
        "try: read_table(Path(sys.argv[1]))\n"
        "except Exception as e: print(type(e).__name__)\n"
        "try: os.waitpid(-1, os.WNOHANG); print('a child is left')\n"
        "except ChildProcessError: print('no child')\n"
    )
    here = Path(__file__).parents[2]
    said = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True, cwd=here
    ).stdout
    assert said.split("\n")[:2] == ["Refused", "no child"]
