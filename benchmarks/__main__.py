"""Run every benchmark, or those named on the command line: ``python -m benchmarks [NAME …]``.

What follows the name of one benchmark is for that benchmark: ``python -m benchmarks segments --people 250000``.
"""

import importlib
import pkgutil
import sys

import benchmarks


def main() -> None:
    """Run the benchmarks in the order of their names."""
    found = sorted(
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")
    )
    runnable = [name for name in found if hasattr(importlib.import_module(f"benchmarks.{name}"), "main")]
    given = sys.argv[1:]
    names = [name for name in given if name in runnable]
    others = [word for word in given if word not in runnable]
    if others and len(names) != 1:
        sys.exit(f"not a benchmark: {' '.join(others)}; there are {', '.join(runnable)}")
    for name in names or runnable:
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        importlib.import_module(f"benchmarks.{name}").main(*([others] if others else []))


if __name__ == "__main__":
    main()
