"""The base of models that are read from documents, and field types that do not guess."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict, StringConstraints
from pydantic_core import PydanticCustomError


class DocumentModel(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)


def _number(value: Any) -> Any:
    """A whole or decimal number as ``Decimal``; words and truth values are not numbers, whatever they look like."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("decimal_type", "not a number")


Number = Annotated[Decimal, BeforeValidator(_number)]
Truth = Annotated[bool, Strict()]
Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
