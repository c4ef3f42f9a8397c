"""What holds of pseudonyms and linkage whatever the records."""

import hmac
import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from nhs_number import is_valid
from tests.oracle.segments.linking_one_by_one import number, outcomes
from tests.unit.segments.privacy.made_up import ANN, Rows, job, made, numbered, write, write_extracts, write_job

from placeplan.segments.privacy.nhs_numbers import are_nhs_numbers, is_nhs_number
from placeplan.segments.privacy.pseudonyms import Key
from placeplan.segments.privacy.reports import LinkageReport

TEN_DIGITS = st.integers(0, 10**10 - 1)
SCOTTISH = st.integers(101_010_000, 3_112_999_999)
SECRETS = st.binary(min_size=32, max_size=80).filter(lambda secret: len(set(secret)) >= 8)
TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: text.strip() != "")
SOME = numbered(5)
WRITTEN = [*SOME, f"{SOME[0][:3]} {SOME[0][3:6]} {SOME[0][6:]}", "", "123 456 7890", "0000000000", "none"]
ROWS = st.fixed_dictionaries({
    "nhs": st.sampled_from(WRITTEN),
    "birth": st.sampled_from(["1950-03-17", "1961-07-02", ""]),
    "sex": st.sampled_from(["1", "F", "2", "x"]),
    "postcode": st.sampled_from(["CT5 1AA", "ct51aa", "ME10 1AA", ""]),
    "name": st.sampled_from(["Archer", "ARKWRIGHT", "Baker", ""]),
})  # fmt: skip
LISTS, OTHERS = st.lists(ROWS, min_size=1, max_size=25), st.lists(ROWS, max_size=25)
OPTED_OUT = st.sets(st.sampled_from(SOME), max_size=3)


@given(st.lists(TEN_DIGITS | SCOTTISH, min_size=1, max_size=200))
def test_millions_at_once_are_as_the_package_says_one_by_one(numbers: list[int]) -> None:
    expected = [is_valid(f"{each:010d}") for each in numbers]
    assert are_nhs_numbers(np.array(numbers, dtype=np.int64)).tolist() == expected


@given(SCOTTISH)
def test_check_digits_in_the_scottish_range(stem: int) -> None:
    every = [stem // 10 * 10 + check for check in range(10)]
    assert are_nhs_numbers(np.array(every)).tolist() == [is_valid(f"{each:010d}") for each in every]


@given(st.text(alphabet="0123456789 -٣９x", max_size=14) | TEN_DIGITS.map(str))
def test_a_text_is_a_number_where_the_package_says_so_and_its_digits_are_plain(text: str) -> None:
    assert is_nhs_number(text) == (text.isascii() and is_valid(text))


@given(SECRETS, TEXTS, st.lists(TEXTS, max_size=5), TEXTS)
def test_pseudonyms_are_the_published_keyed_hash(secret: bytes, purpose: str, texts: list[str], kind: str) -> None:
    maker = Key(secret).for_purpose(purpose)
    name = " ".join(purpose.split()).casefold()
    own = hmac.new(secret, b"placeplan: key of a purpose\0" + name.encode(), "sha256").digest()
    expected = [hmac.new(own, f"{kind}\0{text}".encode(), "sha256").hexdigest()[:32] for text in texts]
    assert maker.pseudonyms(texts, kind=kind) == expected
    assert maker.pseudonyms(texts, kind=kind) == expected


@given(
    SECRETS, SECRETS, st.lists(TEXTS, min_size=2, max_size=2, unique_by=lambda text: " ".join(text.split()).casefold())
)
def test_another_purpose_or_another_key_gives_other_pseudonyms(
    secret: bytes, another: bytes, purposes: list[str]
) -> None:
    made_by = [Key(secret).for_purpose(purpose).pseudonyms(SOME, kind="person") for purpose in purposes]
    assert not set(made_by[0]) & set(made_by[1])
    if secret != another:
        assert not set(made_by[0]) & set(Key(another).for_purpose(purposes[0]).pseudonyms(SOME, kind="person"))
        assert Key(secret).fingerprint != Key(another).fingerprint


def dataset(folder: Path, *, lists: Rows, others: Rows, opted_out: set[str]) -> tuple[Path, LinkageReport]:
    """The dataset of a list and an extract in one layout."""
    told = job()
    for source in told["sources"]:
        source["identifiers"] = dict(told["sources"][1]["identifiers"])
    told["sources"][0]["columns"] = {}
    told["sources"][0]["fixed"] = {"practice": "G82001", "start": "2010-04-01"}
    write_extracts(folder, lists=[], hospital=[], opted_out=sorted(opted_out))
    for file, rows in ((folder / "lists" / "first.csv", lists), (folder / "hospital.csv", others)):
        full = [{**ANN.in_hospital(str(place)), **row} for place, row in enumerate(rows)]
        write(file, full, list(ANN.in_hospital("0")))
    return made(write_job(folder, told))


def everything_in(folder: Path) -> pl.DataFrame:
    tables = [pl.read_parquet(file).select(pl.all().cast(pl.String)) for file in sorted(folder.rglob("*.parquet"))]
    return pl.concat(tables, how="diagonal").sort(pl.all())


@settings(max_examples=5)
@given(LISTS, OTHERS, OPTED_OUT)
def test_every_row_is_told_of_as_one_by_one(lists: Rows, others: Rows, opted_out: set[str]) -> None:
    with TemporaryDirectory() as folder:
        _, report = dataset(Path(folder), lists=lists, others=others, opted_out=opted_out)
    told: Counter[tuple[str, str, str]] = Counter()
    for one in report.outcomes:
        told[one.source, one.number, one.outcome] += one.rows
    assert told == outcomes(lists, others, opted_out)
    assert report.people == len({number(row["nhs"]) for row in lists} - opted_out - {""})


@settings(max_examples=3)
@given(LISTS, OTHERS, OPTED_OUT, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    lists: Rows, others: Rows, opted_out: set[str], shuffle: random.Random
) -> None:
    """Events are numbered by their row here, so they are left out of the comparison."""
    found = []
    for _ in range(2):
        with TemporaryDirectory() as folder:
            to, _ = dataset(Path(folder), lists=lists, others=others, opted_out=opted_out)
            found.append(everything_in(to).drop("event").sort(pl.all()))
        lists, others = shuffle.sample(lists, len(lists)), shuffle.sample(others, len(others))
    assert found[0].equals(found[1])


@settings(max_examples=3)
@given(LISTS, OTHERS, st.sampled_from(SOME))
def test_who_opts_out_is_in_no_table(lists: Rows, others: Rows, gone: str) -> None:
    """Neither under the pseudonym, nor through a record without a number that looks like theirs."""
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        with_them, _ = dataset(Path(one), lists=lists, others=others, opted_out=set())
        without, report = dataset(Path(two), lists=lists, others=others, opted_out={gone})
        before, after = everything_in(with_them), everything_in(without)
    (pseudonym,) = Key(bytes(range(7, 39))).for_purpose(report.purpose).pseudonyms([gone], kind="person")
    assert pseudonym not in after["person_key"].to_list()
    assert set(after["person_key"]) <= set(before["person_key"])
