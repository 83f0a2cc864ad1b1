"""What the public reads: published editions, at an address that never changes."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from reporting.documents import FORMS
from reporting.models import Edition, EditionFile
from reporting.services.publishing import FRAGMENT


@require_safe
@login_not_required
def publications(request: HttpRequest) -> HttpResponse:
    published = Edition.objects.filter(state=Edition.State.PUBLISHED).select_related("period")
    found = published.defer("figures", "rules", "hidden")
    return render(request, "reporting/publications.html", {"editions": found})


@require_safe
@login_not_required
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """An edition as it was made: its words and numbers come from the file that was kept."""
    edition = _published_or_404(slug)
    fragment = edition.files.get(extension=FRAGMENT)
    newer = edition.period.editions.filter(
        state=Edition.State.PUBLISHED, number__gt=edition.number
    ).order_by("-number")
    context = {
        "edition": edition,
        "body": mark_safe(bytes(fragment.content).decode()),  # noqa: S308  our own template made it
        "forms": [form for form in FORMS.values() if form.extension != "html"],
        "newer": newer.first(),
    }
    return render(request, "reporting/publication.html", context)


@require_safe
@login_not_required
def publication_file(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    edition = _published_or_404(slug)
    if extension not in FORMS:
        raise Http404("Deze vorm bestaat niet.")
    file = get_object_or_404(EditionFile, edition=edition, extension=extension)
    name = f"ondersteuningsteam-{edition.slug}.{extension}"
    return HttpResponse(
        bytes(file.content),
        content_type=FORMS[extension].media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "ETag": f'"{file.sha256}"',
        },
    )


def _published_or_404(slug: str) -> Edition:
    found = Edition.objects.filter(state=Edition.State.PUBLISHED).select_related("period")
    return get_object_or_404(found.defer("figures", "rules"), slug=slug)
