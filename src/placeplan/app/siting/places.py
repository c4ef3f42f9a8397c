"""A place to site hubs in: small areas with people, candidate sites, and minutes between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.app.segments.synthetic_geography import named_place
from placeplan.app.siting.definitions import read_siting
from placeplan.capacity.siting import SitingError, TravelFit, fitted_travel, straight_km
from placeplan.capacity.siting.stand_in import invented_place
from placeplan.capacity.siting.types import BoolArray, FloatArray
from placeplan.datasets.folder import DataFolder
from placeplan.kernel.errors import InputError, Location, Problem

PEOPLE, DEPRIVATION, CENTRES, GROUPS = (
    "lsoa11-mye-sya-persons",
    "lsoa11-lookup-imd",
    "lsoa11-centroids",
    "lsoa11-to-ccg-pre2020-kent-medway",
)
PRACTICES, PRACTICE_POINTS, HOSPITALS = "practice-ccg-kent-medway", "practice-weighted-populations", "hospital-points"
DRIVES, DRIVE_SITES = "lsoa-hospital-drive-minutes", "drive-minutes-sites"
NEEDED = (PEOPLE, DEPRIVATION, CENTRES, GROUPS, PRACTICES, PRACTICE_POINTS, HOSPITALS, DRIVES, DRIVE_SITES)
LSOA, PEOPLE_YEAR, OPEN = "lsoa11_code", "2017", "A"
PRACTICE = "practice"
SYNTHETIC_NOTE = "SYNTHETIC: no data folder was given, so that areas, people, sites and minutes are invented."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A building where a hub could be. ``estate`` says whether it is a hospital that is there already."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    estate: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class SitingPlace:
    """A place with everything that siting needs.

    Attributes:
        title: of the place.
        areas: codes of its small areas.
        names: of them.
        people: of each.
        ranks: of deprivation in England, 1 most deprived.
        lat: of the centre of each.
        lon: of the centre of each.
        candidates: where a hub could be.
        minutes: by car, areas by candidates.
        measured: whether the minutes to a candidate are measured; others are estimated.
        synthetic: whether all of it is invented.
        notes: what a reader must know, each a sentence.
        source: where it comes from.
    """

    title: str
    areas: tuple[str, ...]
    names: tuple[str, ...]
    people: FloatArray
    ranks: FloatArray
    lat: FloatArray
    lon: FloatArray
    candidates: tuple[Candidate, ...]
    minutes: FloatArray
    measured: BoolArray
    synthetic: bool
    notes: tuple[str, ...]
    source: str


def siting_place(place: str, folder: DataFolder | None, *, kinds: Sequence[str] = (), seed: int = 1) -> SitingPlace:
    """The place, from a data folder, or invented without one.

    Args:
        place: such as ``west-kent``.
        folder: the data folder.
        kinds: only candidates of these kinds; all when empty.
        seed: of an invented place.

    Raises:
        InputError: the place is not known, a file is missing or cannot be read, or no candidate is of these kinds.
    """
    found = _invented(place, seed) if folder is None else _real(place, folder)
    return _only(found, kinds) if kinds else found


def _only(place: SitingPlace, kinds: Sequence[str]) -> SitingPlace:
    known = sorted({one.kind for one in place.candidates})
    unknown = sorted(set(kinds) - set(known))
    if unknown:
        message = f"no candidate is of the kind {', '.join(unknown)}"
        raise InputError([Problem(Location("candidates"), message, f"some of: {', '.join(known)}")])
    kept = [number for number, one in enumerate(place.candidates) if one.kind in kinds]
    changed = {
        "candidates": tuple(place.candidates[number] for number in kept),
        "minutes": place.minutes[:, kept],
        "measured": place.measured[kept],
    }
    return SitingPlace(**{**place.__dict__, **changed})


def _invented(place: str, seed: int) -> SitingPlace:
    made = invented_place(seed)
    named = named_place(place)
    km = straight_km(made.area_points, made.site_points)
    candidates = tuple(
        Candidate(
            id=f"site-{number + 1}",
            name=f"Invented {'hospital' if number < made.existing else 'practice'} {number + 1}",
            kind="community hospital" if number < made.existing else PRACTICE,
            estate=number < made.existing,
            lat=float(lat),
            lon=float(lon),
        )
        for number, (lat, lon) in enumerate(zip(*made.site_points, strict=True))
    )
    codes = tuple(f"X{number + 1:05}" for number in range(len(made.people)))
    return SitingPlace(
        title=f"{named.title} (invented)",
        areas=codes,
        names=codes,
        people=made.people,
        ranks=made.ranks.astype(np.float64),
        lat=made.area_points[0],
        lon=made.area_points[1],
        candidates=candidates,
        minutes=made.start + made.per_km * km,
        measured=np.zeros(len(candidates), dtype=bool),
        synthetic=True,
        notes=(SYNTHETIC_NOTE,),
        source=f"Invented from seed {seed}.",
    )


def _real(place: str, folder: DataFolder) -> SitingPlace:
    missing = [problem for dataset in NEEDED for problem in _absent(folder, dataset)]
    if missing:
        raise InputError(missing)
    named = named_place(place)
    areas = _areas(folder, named.groups, title=named.title)
    candidates = (*_hospitals(folder, place), *_practices(folder, named.groups))
    if not candidates:
        raise InputError([Problem(Location(named.title), "no building is known where a hub could be")])
    minutes, measured, note = _minutes(folder, areas, candidates=candidates)
    lat, lon = (areas[name].to_numpy() for name in ("lat", "lon"))
    return SitingPlace(
        title=named.title,
        areas=tuple(areas[LSOA]),
        names=tuple(areas["lsoa11_name"]),
        people=areas["total_population"].cast(pl.Float64).to_numpy(),
        ranks=areas["imd2019_rank"].cast(pl.Float64).to_numpy(),
        lat=lat,
        lon=lon,
        candidates=candidates,
        minutes=minutes,
        measured=measured,
        synthetic=False,
        notes=(note,),
        source=(
            f"{areas.height} small areas of {named.title} (mid-{PEOPLE_YEAR} estimates, Office for National "
            f"Statistics; Index of Multiple Deprivation 2019), {len(candidates)} candidate buildings, drive minutes of "
            "the University of Exeter."
        ),
    )


def _absent(folder: DataFolder, dataset: str) -> Sequence[Problem]:
    try:
        folder.find(dataset)
    except InputError as error:
        return error.problems
    return ()


def _frame(folder: DataFolder, dataset: str, *, with_word: str = "") -> pl.DataFrame:
    """The file with a word in its name, or else the last one."""
    files = folder.find(dataset)
    path = next((file for file in files if with_word and with_word in file.name), files[-1])
    return folder.read_whole(dataset, path=path).frame


def _every(folder: DataFolder, dataset: str, *, columns: Sequence[str]) -> pl.DataFrame:
    """Some columns of every file of a data set, one after another."""
    names = [file.name for file in folder.find(dataset)]
    return pl.concat([_frame(folder, dataset, with_word=name).select(columns) for name in names])


def _areas(folder: DataFolder, groups: Sequence[str], *, title: str) -> pl.DataFrame:
    inside = _frame(folder, GROUPS).filter(pl.col("ccg_ods").is_in(list(groups))).select(LSOA)
    people = _frame(folder, PEOPLE, with_word=PEOPLE_YEAR).select(LSOA, "total_population")
    deprivation = _frame(folder, DEPRIVATION).select(LSOA, "lsoa11_name", "imd2019_rank")
    centres = _frame(folder, CENTRES).select(LSOA, "lat", "lon")
    whole = inside.join(people, on=LSOA).join(deprivation, on=LSOA).join(centres, on=LSOA).drop_nulls().sort(LSOA)
    if whole.height != inside.height or whole.is_empty():
        message = f"{whole.height} of {inside.height} small areas have people, a rank of deprivation and a centre"
        raise InputError([Problem(Location(title), message, "every area in all of these files")])
    return whole


def _hospitals(folder: DataFolder, place: str) -> tuple[Candidate, ...]:
    points = _frame(folder, HOSPITALS)
    found = []
    for one in read_siting().hospitals_of(place):
        rows = points.filter(pl.col("hospital_name") == one.name)
        if not rows.is_empty():
            lat, lon = rows.select("lat", "lon").row(0)
            found.append(Candidate(one.id, one.name, one.kind, lat, lon, estate=True))
    return tuple(found)


def _practices(folder: DataFolder, groups: Sequence[str]) -> tuple[Candidate, ...]:
    listed = _frame(folder, PRACTICES).filter(pl.col("commissioner_ods").is_in(list(groups)), pl.col("status") == OPEN)
    points = (
        _every(folder, PRACTICE_POINTS, columns=("practice_code", "lat", "lon"))
        .drop_nulls()
        .unique("practice_code", keep="first", maintain_order=True)
    )
    rows = listed.select("practice_code", "practice_name").join(points, on="practice_code").sort("practice_code")
    return tuple(
        Candidate(code, name.title().replace("'S", "'s"), PRACTICE, lat, lon)
        for code, name, lat, lon in rows.iter_rows()
    )


def _minutes(
    folder: DataFolder, areas: pl.DataFrame, *, candidates: Sequence[Candidate]
) -> tuple[FloatArray, BoolArray, str]:
    """Minutes to each candidate: measured where a candidate is one of the measured hospitals, else estimated."""
    rules = read_siting().travel
    drives, sites = _drives(folder, areas)
    centres = (areas["lat"].to_numpy(), areas["lon"].to_numpy())
    km_measured = straight_km(centres, (sites["lat"].to_numpy(), sites["lon"].to_numpy()))
    try:
        fit = fitted_travel(km_measured, drives, longest_km=float(rules.longest_km))
    except SitingError as error:
        raise InputError(Problem(Location(DRIVES), message) for message in error.messages) from error
    where = ([one.lat for one in candidates], [one.lon for one in candidates])
    minutes = fit.minutes(straight_km(centres, where))
    apart = straight_km((sites["lat"].to_numpy(), sites["lon"].to_numpy()), where)
    same, measured = apart.argmin(axis=0), apart.min(axis=0) <= float(rules.same_site_km)
    minutes[:, measured] = drives[:, same[measured]]
    return minutes, measured, _estimate_note(fit, measured)


def _drives(folder: DataFolder, areas: pl.DataFrame) -> tuple[FloatArray, pl.DataFrame]:
    """Measured minutes, areas by hospitals, from the file that has the areas; and the hospitals in that order."""
    for path in folder.find(DRIVES):
        found = areas.select(LSOA).join(_frame(folder, DRIVES, with_word=path.name), on=LSOA).sort(LSOA)
        if found.height == areas.height:
            every = _every(folder, DRIVE_SITES, columns=("site_postcode", "lat", "lon")).unique("site_postcode")
            sites = every.filter(pl.col("site_postcode").is_in(found.columns)).sort("site_postcode")
            if sites.is_empty():
                break
            return found.select(pl.col(sites["site_postcode"].to_list()).cast(pl.Float64)).to_numpy(), sites
    message = "no file has measured minutes for all areas of the place, with the hospitals that they are to"
    raise InputError([Problem(Location(folder.path.name), message, "a row for each small area")])


def _estimate_note(fit: TravelFit, measured: BoolArray) -> str:
    count = int((~measured).sum())
    return (
        f"ESTIMATED: minutes to {count} of {len(measured)} candidates are estimated as {fit.start:.1f} "
        f"and {fit.per_km:.2f} for each kilometre of straight distance, fitted to {fit.pairs:,} measured drives of up "
        f"to {fit.longest_km:g} km; such an estimate is out by {fit.mean_error:.1f} minutes on average."
    )
