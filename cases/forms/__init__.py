"""What may be written down about a family, one subject a file.

The rules and their Dutch wording stand here once: screens and the import of the monitor workbook
both check with these forms. `cleaned_data` holds what the facts of cases.models take.
"""

from .base import EMPTY, FactForm, same_as
from .fields import CodeField, CodesField, DayField, NumbersField, YesNoField

__all__ = [
    "EMPTY",
    "CodeField",
    "CodesField",
    "DayField",
    "FactForm",
    "NumbersField",
    "YesNoField",
    "same_as",
]
