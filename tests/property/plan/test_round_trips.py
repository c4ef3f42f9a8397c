"""One model, two stores, no loss: whatever a valid plan holds, folder and workbook give it back."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from tests.property.plan.valid_plans import plans

from placeplan.plan.folder import read_plan
from placeplan.plan.model import Plan
from placeplan.plan.workbook_reading import plan_of_workbook
from placeplan.plan.workbook_writing import workbook_bytes
from placeplan.plan.writing import files_of, write_plan

SLOW = settings(max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])


@SLOW
@given(plan=plans())
def test_a_folder_gives_the_plan_back(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "plan"
        write_plan(plan, folder)
        read = read_plan(folder)
    assert read == plan
    assert dict(files_of(read)) == dict(files_of(plan))


@SLOW
@given(plan=plans())
def test_folder_to_workbook_to_folder_is_the_identity(plan: Plan) -> None:
    content = workbook_bytes(plan)
    read = plan_of_workbook(content, "plan.xlsx")
    assert read == plan
    assert list(files_of(read)) == list(files_of(plan))
    assert workbook_bytes(read) == content
