"""What a language is called in Dutch: staff can't read every script."""

from django.utils.translation import get_language_info, override

# Those that Django doesn't know.
MORE = {
    "ber": "Berbers",
    "ku": "Koerdisch",
    "pap": "Papiaments",
    "ps": "Pasjtoe",
    "so": "Somalisch",
    "ti": "Tigrinya",
}


def in_dutch(code: str, otherwise: str) -> str:
    """The Dutch name of the language of that code, or `otherwise`."""
    try:
        with override("nl"):
            return MORE.get(code) or str(get_language_info(code)["name_translated"])
    except KeyError:
        return otherwise
