"""What can be added, corrected and withdrawn on a file: a declaration a subject.

One set of pages (cases/views/file_facts.py) serves them all.
"""

from .declaration import Holder, Subject
from .of_family import OF_FAMILY
from .of_registration import OF_REGISTRATION

__all__ = ["OF_FAMILY", "OF_REGISTRATION", "Holder", "Subject"]
