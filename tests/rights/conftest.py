"""The world of the matrix, built once for this package too."""

from tests.matrix.conftest import db, undone, world

__all__ = ["db", "undone", "world"]
