"""What was typed into a form, read with every problem at once."""

from collections.abc import Collection, Mapping
from datetime import date

from placeplan.web.planning.actions import WriteRefusedError

LONGEST_LINE = 400
LONGEST_TEXT = 10_000


class Entry:
    """Reads the fields of a form. Problems are collected; :meth:`sure` refuses when there are any."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._problems: list[str] = []

    def line(self, name: str, label: str, *, required: bool = True) -> str:
        """One line of words."""
        return self._words(" ".join(self._raw(name).split()), label, required=required, longest=LONGEST_LINE)

    def text(self, name: str, label: str, *, required: bool = True) -> str:
        """Words on any number of lines."""
        return self._words(self._raw(name).strip(), label, required=required, longest=LONGEST_TEXT)

    def day(self, name: str, label: str, *, required: bool = True) -> date | None:
        """A day, as browsers send it."""
        raw = self._raw(name).strip()
        if not raw and not required:
            return None
        try:
            return date.fromisoformat(raw)
        except ValueError:
            self._problems.append(f"{label}: give a day, such as 2026-05-25.")
            return None

    def number(self, name: str, label: str, *, least: int, most: int, required: bool = True) -> int | None:
        """A whole number within bounds."""
        raw = self._raw(name).strip()
        if not raw and not required:
            return None
        if raw.isascii() and raw.isdigit() and len(raw) <= len(str(most)) and least <= int(raw) <= most:
            return int(raw)
        self._problems.append(f"{label}: give a whole number from {least} to {most}.")
        return None

    def choice(self, name: str, label: str, *, of: Collection[str], required: bool = True) -> str:
        """One of a closed list."""
        raw = self._raw(name)
        if raw in of or (not raw and not required):
            return raw
        self._problems.append(f"{label}: choose one of the list.")
        return ""

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self._raw(name))

    def sure(self) -> None:
        """Go on only if nothing was wrong.

        Raises:
            WriteRefusedError: with every problem.
        """
        if self._problems:
            raise WriteRefusedError(" ".join(self._problems))

    def _raw(self, name: str) -> str:
        return str(self._fields.get(name, "")).replace("\r\n", "\n")

    def _words(self, said: str, label: str, *, required: bool, longest: int) -> str:
        if (required and not said) or "\0" in said:
            self._problems.append(f"{label}: say it in words.")
        if len(said) > longest:
            self._problems.append(f"{label}: at most {longest:,} characters.")
        return said
