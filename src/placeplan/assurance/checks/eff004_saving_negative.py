"""EFF004: a saving is entered as a negative number."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each scheme with a gross saving or an investment below nothing."""
    for scheme in case.plan.schemes:
        for heading, number in (("gross", scheme.gross), ("investment", scheme.investment)):
            if number is not None and number.value < 0:
                yield CHECK.finding(
                    subject=f"{scheme.scheme} {scheme.year} {heading}",
                    location=scheme.place.at(heading),
                    facts={"title": scheme.title, "year": scheme.year, "heading": heading, "amount": number},
                    suggestion=f"Enter {abs(number.value):,}, if the source prints savings as negative numbers.",
                )


CHECK = Check(
    code="EFF004",
    title="A saving or investment is entered as a negative number",
    message="{title}, {year}: {heading} is entered as {amount}; savings and investments are positive numbers here",
    severity=Severity.ERROR,
    why="Net saving is gross less investment. A wrong sign turns a saving into a cost in every total.",
    mend="Enter the number without the minus, and reverse the sign of the stated total in finance/stated.csv instead.",
    references=("Placeplan's design: the sign convention is one, whatever the source printed",),
    find=find,
)
