"""What the privacy officer asks of one remark: which words go."""

from collections.abc import Iterable
from typing import Any

from django import forms

from surveys.marking import Piece

ANOTHER_TEXT = "De woorden zijn intussen anders geteld. Kijk de tekst opnieuw na."


class Blacking(forms.Form):
    """`black`: the places of the words to black out. `many`: how many words were on the page."""

    black = forms.MultipleChoiceField(required=False)
    many = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pieces: Iterable[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [piece.place for piece in pieces if piece.place is not None]
        self.fields["black"].choices = [(str(place), "") for place in places]
        self.words = self.initial["many"] = len(places)

    def clean_many(self) -> int:
        if self.cleaned_data["many"] != self.words:
            raise forms.ValidationError(ANOTHER_TEXT)
        return self.words

    def places(self) -> set[int]:
        return {int(place) for place in self.cleaned_data["black"]}
