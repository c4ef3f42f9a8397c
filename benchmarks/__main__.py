"""Run every benchmark, or those named on the command line: ``python -m benchmarks [NAME …]``."""

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
    for name in sys.argv[1:] or runnable:
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
