"""The people of the demonstration: one for each role, of made-up names, with one password that everybody is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemonstratedPerson:
    """Somebody to sign in as."""

    email: str
    name: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Demonstrated:
    """Everybody to sign in as, and their password."""

    password: str
    people: tuple[DemonstratedPerson, ...]
    organisations: tuple[tuple[str, str, str], ...]

    def of_role(self, role: str) -> DemonstratedPerson:
        """The person of a role.

        Raises:
            StopIteration: there is none.
        """
        return next(each for each in self.people if each.role == role)


def _person(role: str, name: str, *, organisation: str = "kent-and-medway") -> DemonstratedPerson:
    return DemonstratedPerson(f"{role}@placeplan.example", name, role, organisation)


DEMONSTRATED = Demonstrated(
    password="demonstration-only",  # noqa: S106 - shown on the page; production refuses it
    people=(
        _person("planner", "Priya Planner"),
        _person("finance", "Felix Finance"),
        _person("performance", "Perdita Performance"),
        _person("analyst", "Anselm Analyst"),
        _person("clinician", "Clara Clinician"),
        _person("board-secretary", "Basil Secretary"),
        _person("board-member", "Beatrix Board"),
        _person("regional-assurer", "Rupert Region", organisation="south-east"),
        _person("administrator", "Ada Administrator"),
        _person("auditor", "Audrey Auditor"),
    ),
    organisations=(
        ("south-east", "South East region (demonstration)", ""),
        ("kent-and-medway", "Kent and Medway (demonstration)", "south-east"),
    ),
)
