"""Text of scrapes on a terminal: shown, never obeyed."""


def plain(value: object) -> str:
    """The value as text that cannot steer the terminal: whatever is not printable is shown as a space."""
    return "".join(sign if sign.isprintable() else " " for sign in ("" if value is None else str(value)))
