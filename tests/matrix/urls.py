"""The URLs of the site as the resolver has them, and what the expectations say of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def names() -> list[str]:
    """The name of every URL; an address for one without."""
    return [name or f"(zonder naam: {address})" for name, address in _walk(get_resolver())]


def _walk(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, address, inner)
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else ""), address


def faults(expected: Mapping[str, Any]) -> list[str]:
    """What is missing, too much or ambiguous, with what to do about it."""
    counted = Counter(names())
    return [
        *(
            f"{name} staat niet in tests/matrix/expectations.py: schrijf op wie erin mag"
            for name in counted
            if name not in expected
        ),
        *(
            f"{name} bestaat niet meer: haal de regel uit tests/matrix/expectations.py"
            for name in expected
            if name not in counted
        ),
        *(f"{name} hoort bij twee adressen" for name, many in counted.items() if many > 1),
    ]
