"""Starting the command line loads nothing that only some commands need."""

import subprocess
import sys

HEAVY = {
    "altair", "django", "docx", "duckdb", "fastexcel", "lxml", "matplotlib", "narwhals", "numpy", "openpyxl", "pandas",
    "polars", "pyarrow", "python_calamine", "requests", "scipy", "typst", "vl_convert", "xlsxwriter",
}  # fmt: skip


def test_command_line_starts_light() -> None:
    code = "import sys, placeplan.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stdout.split())
