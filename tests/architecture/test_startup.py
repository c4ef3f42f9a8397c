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


def test_a_plan_without_a_care_model_is_checked_without_arrays() -> None:
    """Numerical libraries are for plans that have something to work out with them."""
    code = (
        "import sys, contextlib, io\n"
        "from pathlib import Path\n"
        "import placeplan\n"
        "from placeplan.cli import main\n"
        "plan = str(Path(placeplan.__file__).parent / 'examples' / 'kent-medway-2014')\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['check', plan])\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not {"numpy", "scipy", "polars", "altair", "vl_convert"} & set(done.stdout.split())
