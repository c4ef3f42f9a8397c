"""Delivery of savings through the year: programmes and services, each scheme, month by month, and how they add up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from placeplan.finance.delivery import (
    Delivery,
    DeliveryMeasure,
    delivered_month_id,
    deliveries_of,
    delivery_programme_start,
    delivery_scheme_start,
    delivery_start,
    planned_month_id,
    programme_names,
    rated,
)
from placeplan.finance.efficiency import SchemeMeasure, efficiency_id, month_id
from placeplan.finance.measures import ALL_SERVICES
from placeplan.kernel.figures import ZERO
from placeplan.kernel.periods import MONTHS_IN_YEAR, FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.savings_tables import Rating
from placeplan.reports.document import (
    Block,
    Cell,
    Chart,
    Column,
    Note,
    Row,
    RowKind,
    Runs,
    Section,
    Table,
    Text,
    Tone,
    Unconfirmed,
)
from placeplan.reports.pictures.time_axis import FIRST_MONTH_OF_YEAR, SPOKEN_MONTHS
from placeplan.reports.quoting import NOTHING, figure_cell, in_column, missing_notes, unit_words
from placeplan.reports.sections.care_numbers import spoken_money
from placeplan.reports.tabulating import Field, plain, tabulate
from placeplan.reports.types import PlanResults

TONES = {Rating.GREEN: Tone.GOOD, Rating.AMBER: Tone.NEAR, Rating.RED: Tone.BAD}
MONTH_WORDS = (*SPOKEN_MONTHS[FIRST_MONTH_OF_YEAR - 1 :], *SPOKEN_MONTHS[: FIRST_MONTH_OF_YEAR - 1])
STRAIGHT_LINE = (
    "In a straight line, each month that is left saves as much as the months reported since the start of the scheme "
    "did on average. The owner's outturn is what was delivered by the month of the latest forecast, and what the owner "
    "expects after it. The forecast is the owner's where there is one, else the straight line; a scheme that is to "
    "start later is taken as planned."
)
UNKNOWN_MONTHS = (
    "A month before the last one reported that a scheme owes and does not report is not known, and nothing that rests "
    "on it is. No month after it is counted."
)
SUMMARY = (
    ("Plan for the year", DeliveryMeasure.PLANNED),
    ("Planned to date", DeliveryMeasure.PLANNED_TO_DATE),
    ("Delivered", DeliveryMeasure.DELIVERED),
    ("Less planned", DeliveryMeasure.VARIANCE),
    ("Of planned", DeliveryMeasure.DELIVERED_SHARE),
    ("Behind", DeliveryMeasure.MONTHS_BEHIND),
    ("Forecast", DeliveryMeasure.FORECAST),
    ("Less plan", DeliveryMeasure.FORECAST_VARIANCE),
    ("Of plan", DeliveryMeasure.FORECAST_SHARE),
)


def delivery_section(results: PlanResults) -> Section:
    """Every year of which a saving is reported; empty where none is."""
    found = deliveries_of(results.plan)
    years = sorted({each.scheme.year for each in found})
    blocks: list[Block] = []
    for year in years:
        of_year = tuple(each for each in found if each.scheme.year == year)
        blocks += [_method(of_year), _summary(results, of_year), *_picture(results, of_year)]
        blocks += [_to_date(results, of_year), _outturn(results, of_year), _months(results, of_year)]
    return Section("money-delivery", "Delivery of savings", tuple(blocks))


def _method(schemes: Sequence[Delivery]) -> Note:
    year, last = schemes[0].scheme.year, schemes[0].last
    return Note(f"{year} as at the end of {year.months[last - 1].words}", (Text(f"{UNKNOWN_MONTHS} {STRAIGHT_LINE}"),))


def _summary(results: PlanResults, schemes: Sequence[Delivery]) -> Table:
    """Services, programmes and all of them: to date, by the end of the year, and how sure that is."""
    year = schemes[0].scheme.year
    rows = [
        Row(
            (plain(name), *_measured(results, start), _rating_cell(results, start), _open_cell(results, open_share)),
            kind,
        )
        for name, start, open_share, kind in _subjects(results, schemes)
    ]
    headings = (*(heading for heading, _ in SUMMARY), "Rating", "Not identified")
    return Table(
        id=f"delivery-summary-{year}",
        caption=f"Delivery of savings in {year}, {unit_words(str(results.header.money))}",
        columns=(Column("Of", wide=True), *(Column(heading, numeric=True) for heading in headings)),
        rows=tuple(rows),
        notes=(*missing_notes(cell for row in rows for cell in row.cells), _levels(results)),
    )


def _subjects(results: PlanResults, schemes: Sequence[Delivery]) -> Iterator[tuple[str, str, str, RowKind]]:
    """Name, beginning of identifiers, share that is not identified, and kind of row."""
    year = schemes[0].scheme.year
    names = programme_names(results.plan.schemes)
    programmes = {names[each.scheme.programme]: each.scheme.programme for each in schemes if each.scheme.programme}
    for name, words in programmes.items():
        yield words, delivery_programme_start(name, year), "", RowKind.PLAIN
    services = list(dict.fromkeys(each.scheme.service for each in schemes))
    ends = [(service, results.header.service(service).name, RowKind.SUBTOTAL) for service in services]
    if len(services) > 1:
        ends.append((ALL_SERVICES, "All services", RowKind.TOTAL))
    for service, words, kind in ends:
        unidentified = efficiency_id(service, year, measure=SchemeMeasure.UNIDENTIFIED_SHARE)
        yield words, delivery_start(service, year), unidentified, kind


def _measured(results: PlanResults, start: str) -> Iterator[Cell]:
    return (figure_cell(results.figures, start + measure) for _, measure in SUMMARY)


def _open_cell(results: PlanResults, figure_id: str) -> Cell:
    """The share that is not identified; nothing for a programme."""
    return figure_cell(results.figures, figure_id) if figure_id else Cell()


def _rating_cell(results: PlanResults, start: str) -> Cell:
    """The rating that a forecast gets by the levels; the levels are unconfirmed while nobody has looked them up."""
    share = results.figures.get(start + DeliveryMeasure.FORECAST_SHARE)
    if share is None or share.value is None:
        return Cell((Text(NOTHING),), Tone.QUIET)
    green, amber = (results.case.definitions.level(name) for name in ("forecast-green", "forecast-amber"))
    rating = rated(share.value, green=green.value, amber=amber.value)
    mark = () if green.confirmed and amber.confirmed else (Unconfirmed(),)
    return Cell((Text(str(rating)), *mark), TONES[rating])


def _levels(results: PlanResults) -> Runs:
    green, amber = (results.case.definitions.level(name) for name in ("forecast-green", "forecast-amber"))
    return (Text(f"Green from {green.value}% of the plan for the year, amber from {amber.value}%, red below."),)


def _figure_field(results: PlanResults, heading: str, *, measure: DeliveryMeasure) -> Field[Delivery]:
    return Field(heading, lambda each: _known_cell(results, delivery_scheme_start(each.scheme) + measure), numeric=True)


def _known_cell(results: PlanResults, figure_id: str) -> Cell:
    """A figure, or an empty cell, so that a column that no scheme fills is left out."""
    return figure_cell(results.figures, figure_id) if figure_id in results.figures else Cell()


def _naming(results: PlanResults, schemes: Sequence[Delivery]) -> tuple[Field[Delivery], ...]:
    several = len({each.scheme.service for each in schemes}) > 1
    return (
        Field("Scheme", lambda each: plain(each.scheme.title), wide=True),
        Field("Service", lambda each: plain(results.header.service(each.scheme.service).name if several else None)),
    )


def _to_date(results: PlanResults, schemes: Sequence[Delivery]) -> Table:
    """What each scheme delivered, beside what it was to deliver by now."""
    year = schemes[0].scheme.year
    fields: tuple[Field[Delivery], ...] = (
        *_naming(results, schemes),
        _figure_field(results, "Planned to date", measure=DeliveryMeasure.PLANNED_TO_DATE),
        _figure_field(results, "Delivered", measure=DeliveryMeasure.DELIVERED),
        _figure_field(results, "Less planned", measure=DeliveryMeasure.VARIANCE),
        _figure_field(results, "Behind", measure=DeliveryMeasure.MONTHS_BEHIND),
        _figure_field(results, "Invested", measure=DeliveryMeasure.INVESTED),
        _figure_field(results, "Net delivered", measure=DeliveryMeasure.NET_DELIVERED),
        Field("Owner's rating", _owners_rating),
        Field("Note", lambda each: plain(_latest_note(each)), wide=True),
        Field("Source", lambda each: plain(_latest_source(each))),
    )
    caption = (
        f"Delivered by scheme up to {year.months[schemes[0].last - 1].words}, {unit_words(str(results.header.money))}"
    )
    table = tabulate(f"delivery-schemes-{year}", caption, rows=schemes, fields=fields)
    return _with_reasons(table)


def _owners_rating(each: Delivery) -> Cell:
    told = [row.rating for row in each.rows.values() if row.rating is not None]
    return plain(str(told[-1]), TONES[told[-1]]) if told else Cell()


def _latest_note(each: Delivery) -> str:
    told = [f"{row.month.words}: {row.note}" for row in each.rows.values() if row.note]
    return told[-1] if told else ""


def _latest_source(each: Delivery) -> str:
    """Where the latest report comes from; the derivation of each number names the row of every month."""
    told = [row.source for row in each.rows.values() if row.source]
    return told[-1] if told else ""


def _with_reasons(table: Table) -> Table:
    return replace(table, notes=missing_notes(cell for row in table.rows for cell in row.cells))


def _outturn(results: PlanResults, schemes: Sequence[Delivery]) -> Table:
    """What each scheme may come to in the year, and in a full one."""
    year = schemes[0].scheme.year
    fields: tuple[Field[Delivery], ...] = (
        *_naming(results, schemes),
        _figure_field(results, "Plan for the year", measure=DeliveryMeasure.PLANNED),
        _figure_field(results, "Straight line", measure=DeliveryMeasure.STRAIGHT_LINE),
        _figure_field(results, "Owner's outturn", measure=DeliveryMeasure.OWNERS_FORECAST),
        _figure_field(results, "Forecast", measure=DeliveryMeasure.FORECAST),
        _figure_field(results, "Less plan", measure=DeliveryMeasure.FORECAST_VARIANCE),
        _figure_field(results, "Of plan", measure=DeliveryMeasure.FORECAST_SHARE),
        Field("Rating", lambda each: _rating_cell(results, delivery_scheme_start(each.scheme))),
        _figure_field(results, "Full year as planned", measure=DeliveryMeasure.FULL_YEAR_PLANNED),
        _figure_field(results, "Full year at the rate reached", measure=DeliveryMeasure.FULL_YEAR_AT_RATE),
    )
    caption = f"Forecast by scheme, {year}, and what goes on in a full year, {unit_words(str(results.header.money))}"
    return _with_reasons(tabulate(f"delivery-outturn-{year}", caption, rows=schemes, fields=fields))


def _months(results: PlanResults, schemes: Sequence[Delivery]) -> Table:
    """For each scheme a line planned and a line delivered, month by month; then all schemes."""
    year = schemes[0].scheme.year
    rows = [row for each in schemes for row in _lines_of(results, each)]
    if len(schemes) > 1:
        rows += _all_lines(results, year)
    return Table(
        id=f"delivery-months-{year}",
        caption=f"Gross saving by month, {year}: planned and delivered, {unit_words(str(results.header.money))}",
        columns=(Column("Scheme", wide=True), *(Column(words, numeric=True) for words in MONTH_WORDS)),
        rows=tuple(rows),
        notes=((Text(f"{NOTHING}: not reported, or still to come."),),),
    )


def _lines_of(results: PlanResults, each: Delivery) -> Iterator[Row]:
    months = range(1, len(MONTH_WORDS) + 1)
    planned = (figure_cell(results.figures, planned_month_id(each.scheme, number)) for number in months)
    yield Row((plain(f"{each.scheme.title}: planned"), *planned))
    reported = (_as_reported(each, number) for number in months)
    yield Row((plain(f"{each.scheme.title}: delivered"), *reported), RowKind.SUBTOTAL)


def _as_reported(each: Delivery, number: int) -> Cell:
    row = each.rows.get(number)
    return plain(str(row.gross)) if row is not None and row.gross is not None else Cell((Text(NOTHING),), Tone.QUIET)


def _all_lines(results: PlanResults, year: FinancialYear) -> list[Row]:
    months = range(1, len(MONTH_WORDS) + 1)
    planned = [figure_cell(results.figures, month_id(ALL_SERVICES, year, number=number)) for number in months]
    delivered = [figure_cell(results.figures, delivered_month_id(ALL_SERVICES, year, number=each)) for each in months]
    return [
        Row((plain("All: planned"), *planned), RowKind.TOTAL),
        Row((plain("All: delivered"), *delivered), RowKind.TOTAL),
    ]


def _picture(results: PlanResults, schemes: Sequence[Delivery]) -> Iterator[Chart]:
    """How savings add up: planned, delivered, forecast, of the schemes that report every month that they owe."""
    from placeplan.reports.pictures.savings_to_date import SavingsToDate, savings_picture

    year, last, unit = schemes[0].scheme.year, schemes[0].last, str(results.header.money)
    whole = [each for each in schemes if not each.unreported(last)]
    if not whole:
        return
    planned = list(accumulate(sum((each.profile[place] for each in whole), ZERO) for place in range(MONTHS_IN_YEAR)))
    delivered = list(accumulate(_saved(whole, number) for number in range(1, last + 1)))
    forecast = _forecast_of(results, whole)
    title = f"Savings as they add up over {year}"
    picture = savings_picture(
        f"delivery-{year}",
        SavingsToDate(
            months=MONTH_WORDS,
            planned=tuple(map(float, planned)),
            delivered=tuple(map(float, delivered)),
            forecast=None if forecast is None else float(forecast),
        ),
        title=title,
        unit=spoken_money(unit),
        note=_left_out(schemes, last),
        marks=("Synthetic",) if results.header.synthetic else (),
    )
    unknown = [None] * (MONTHS_IN_YEAR - last)
    lines = zip(year.months, planned, (*delivered, *unknown), strict=True)
    rows = [Row((plain(month.words), *(_printed(value, unit) for value in values))) for month, *values in lines]
    end = Row((plain("Forecast for the year"), _printed(planned[-1], unit), _printed(forecast, unit)), RowKind.TOTAL)
    yield Chart(
        id=f"delivery-chart-{year}",
        title=title,
        picture=picture,
        note=picture.words_below,
        says=picture.says,
        data=Table(
            id=f"delivery-chart-{year}-data",
            caption=f"{title}, {unit_words(unit)}",
            columns=(Column("By the end of"), Column("Planned", numeric=True), Column("Delivered", numeric=True)),
            rows=(*rows, end),
        ),
    )


def _saved(schemes: Sequence[Delivery], number: int) -> Decimal:
    return sum((each.saved(number) for each in schemes if number in each.reported), ZERO)


def _forecast_of(results: PlanResults, schemes: Sequence[Delivery]) -> Decimal | None:
    """What schemes are forecast to save together; nothing where it is not known of one."""
    values = [results.figures[delivery_scheme_start(each.scheme) + DeliveryMeasure.FORECAST].value for each in schemes]
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if len(known) == len(values) else None


def _left_out(schemes: Sequence[Delivery], last: int) -> str:
    """The schemes that are not drawn because a month of them is not known."""
    names = [each.scheme.title for each in schemes if each.unreported(last)]
    return f"Left out, because a month is not reported: {'; '.join(names)}." if names else ""


def _printed(value: Decimal | None, unit: str) -> Cell:
    return plain(None if value is None else in_column(worded(value, unit)))
