"""Synthetic plans of any size, the same for the same seed."""

import csv
import random
from pathlib import Path

STEPS = (
    "outturn",
    "part-year-effect",
    "price-inflation",
    "demographic-growth",
    "other-growth",
    "provider-efficiency",
    "investment",
    "efficiency-scheme",
)
SAVINGS = ("provider-efficiency", "efficiency-scheme")
SERVICES = 10
FIRST_YEAR = 2026
RATE_EVERY = 3


def write_large_plan(folder: Path, *, lines: int, years: int, seed: int) -> None:
    """Write a plan folder with so many bridge lines and years."""
    chance = random.Random(seed)
    (folder / "finance").mkdir(parents=True)
    columns = [f"{start}-{(start + 1) % 100:02d}" for start in range(FIRST_YEAR, FIRST_YEAR + years)]
    (folder / "plan.yaml").write_text(_header(folder.name, columns), encoding="utf-8")
    with (folder / "finance/lines.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["service", "line", "step", "recurrent", *columns, "source"])
        for number in range(lines):
            step = STEPS[number // SERVICES % len(STEPS)]
            cells = [_cell(step, number, year=year, chance=chance) for year in range(years)]
            recurrent = "yes" if number % 2 else "no"
            writer.writerow([f"service-{number % SERVICES}", f"line {number}", step, recurrent, *cells, "ledger"])
    with (folder / "finance/allocations.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["service", "line", "kind", *columns, "source"])
        for service in range(SERVICES):
            amounts = [chance.randint(10**6, 10**7) for _ in columns]
            writer.writerow([f"service-{service}", "Notified allocation", "notified", *amounts, "letter"])


def _cell(step: str, number: int, *, year: int, chance: random.Random) -> str:
    if step == "outturn":
        return str(chance.randint(1_000, 99_999)) if year == 0 else ""
    if step == "price-inflation" and number % RATE_EVERY == 0:
        return f"{chance.randint(1, 400) / 100}%"
    return str(chance.randint(-9_999, -1) if step in SAVINGS else chance.randint(1, 9_999))


def _header(name: str, years: list[str]) -> str:
    services = "\n".join(f"  - {{id: service-{number}, name: Service {number}}}" for number in range(SERVICES))
    return (
        f"format: 1\nid: {name}\ntitle: Synthetic plan {name}\nplace: Nowhere\n"
        f"organisation: {{name: Nobody, type: icb}}\nround: 2026-29\nyears: [{', '.join(years)}]\n"
        f"money: GBP thousand\nservices:\n{services}\nsynthetic: true\n"
        "versions:\n  - {version: '1', date: 2026-01-01, author: Nobody, note: Synthetic}\n"
    )
