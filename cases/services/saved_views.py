"""Keeping a way of looking at a list, giving it another name, throwing it away. Only one's own."""

from typing import Any

from django.core.exceptions import ValidationError

from cases.models import SavedView

MOST_VIEWS = 30


def keep_view(*, page: str, name: str, query: str, by: Any) -> SavedView:
    """Raises ValidationError, in Dutch, when the name is taken or there are too many."""
    if SavedView.objects.filter(user=by, page=page).count() >= MOST_VIEWS:
        raise ValidationError(f"Je hebt al {MOST_VIEWS} weergaven. Verwijder er eerst een.")
    return _written(SavedView(user=by, page=page, name=name, query=query))


def rename_view(*, view: SavedView, name: str, by: Any) -> SavedView:
    """Raises ValidationError, in Dutch, when the name is taken."""
    _must_own(view, by)
    view.name = name
    return _written(view)


def remove_view(*, view: SavedView, by: Any) -> None:
    _must_own(view, by)
    view.delete()


def _must_own(view: SavedView, by: Any) -> None:
    if view.user_id != by.pk:
        raise ValidationError("Deze weergave is van een ander.", code="owner")


def _written(view: SavedView) -> SavedView:
    view.name = " ".join(view.name.split())
    others = SavedView.objects.filter(user=view.user, page=view.page).exclude(pk=view.pk)
    if others.filter(name=view.name).exists():
        raise ValidationError("Je hebt al een weergave met deze naam. Kies een andere.")
    view.full_clean()
    view.save()
    return view
