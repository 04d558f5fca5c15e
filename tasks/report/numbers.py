"""How the report writes numbers: grouped, with the fewest digits that still tell something."""


def grouped(number: float | None) -> str:
    """A count with separators; a dash for nothing."""
    return "–" if number is None else f"{number:,.0f}"


def percent(share: float | None) -> str:
    """A share (0 to 1); what is not quite all or not quite nothing never reads as 100 % or 0 %."""
    if share is None:
        return "–"
    if 0 < share < 0.0005:
        return "<0.1 %"
    if 0.9995 < share < 1:
        return ">99.9 %"
    return f"{share:.0%}".replace("%", " %") if share in (0.0, 1.0) else f"{share:.1%}".replace("%", " %")


def size(n_bytes: float) -> str:
    """A size in bytes, kilobytes (1,000 bytes) or more."""
    for unit in ("B", "kB", "MB", "GB"):
        if n_bytes < 1000:
            return f"{n_bytes:.0f} {unit}" if unit == "B" or n_bytes >= 100 else f"{n_bytes:.1f} {unit}"
        n_bytes /= 1000
    return f"{n_bytes:,.1f} TB"


def valued(kind: str, value: float | None) -> str:
    """A measure's value by its kind: count, share, mean, or a member of a family."""
    if value is None:
        return "–"
    if kind in ("share", "family"):
        return percent(value)
    return grouped(value) if kind == "count" else f"{value:.3g}"
