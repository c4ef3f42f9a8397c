"""Tells the standards that beds, rooms, clusters and access are held against, with their sources."""

from datetime import date

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_definitions import read_standards


def tell_standards(*, today: date) -> CapacityAnswer:
    """Every standard: value, unit, how sure it is, and where it is from.

    Args:
        today: the day on which a review may be overdue.
    """
    found = read_standards()
    review = found.review
    overdue = ("Review overdue",) if today > review.review_due else ()
    rows = tuple((one.id, f"{one.value:f}", one.unit, one.confidence.value, one.reference) for one in found.standards)
    return CapacityAnswer(
        title=f"{len(rows)} standards of capacity",
        says=(f"Reviewed {review.reviewed} by {review.reviewer}, due {review.review_due}.",),
        tables=(TextTable(("Standard", "Value", "Unit", "Confidence", "Source"), rows, left=5),),
        document={
            "standards": [
                {
                    "id": one.id,
                    "title": one.title,
                    "value": float(one.value),
                    "unit": one.unit,
                    "confidence": one.confidence.value,
                    "reference": one.reference,
                    "note": one.note,
                }
                for one in found.standards
            ],
            "review_due": review.review_due.isoformat(),
        },
        marks=overdue,
    )
