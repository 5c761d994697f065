"""The French catalogue: every `fr/<slice>.json`, merged. One file per slice, so that engineers do not collide."""

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "fr"


class ClashingTranslations(ValueError):
    """Two files translate the same English text differently."""


def merged(folder: Path = FOLDER) -> dict[str, str]:
    """English to French, from every file of the folder.

    Raises:
        ClashingTranslations: two files disagree on one text.
    """
    catalogue: dict[str, str] = {}
    for file in sorted(folder.glob("*.json")):
        for english, french in json.loads(file.read_text("utf-8")).items():
            if catalogue.setdefault(english, french) != french:
                raise ClashingTranslations(f"{file.name}: {english!r} is already {catalogue[english]!r}")
    return catalogue


FRENCH = merged()
