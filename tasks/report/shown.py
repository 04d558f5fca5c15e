"""Text of scrapes as the page may show it: cut, and with nothing left that acts (line ends, bidi, control signs)."""

from tasks.changes import visible

LONG = 200


def shown(value: object, longest: int = LONG) -> str:
    """One line of harmless text, at most `longest` characters of it; a dash for nothing.

    Escaping is the template's part: this only deals with signs that would act or hide in a page without being mark-up.
    """
    if value is None:
        return "–"
    text = str(value)
    return visible(text) if len(text) <= longest else visible(text[:longest]) + "…"
