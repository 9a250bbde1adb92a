"""Distance of colours for readers with and without colour-vision deficiency."""

Triple = tuple[float, float, float]

DEFICIENCIES: dict[str, tuple[Triple, Triple, Triple]] = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
"""Linear RGB as a dichromat sees it (Machado, Oliveira and Fernandes 2009, severity 1)."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str) -> float:
    """The least difference (CIE76, in CIELAB) that any reader sees between two colours."""
    return min(
        sum((a - b) ** 2 for a, b in zip(_lab(one, seen), _lab(other, seen), strict=True)) ** 0.5
        for seen in DEFICIENCIES.values()
    )


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Triple:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def _lab(colour: str, seen: tuple[Triple, Triple, Triple]) -> Triple:
    """CIELAB under daylight (D65)."""
    rgb = _linear(colour)
    seen_rgb = [max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True))) for row in seen]
    xyz = (
        (0.4124, 0.3576, 0.1805, 0.95047), (0.2126, 0.7152, 0.0722, 1.0),
        (0.0193, 0.1192, 0.9505, 1.08883),
    )  # fmt: skip
    x, y, z = (
        _cube_root(sum(m * c for m, c in zip(row[:3], seen_rgb, strict=True)) / row[3])
        for row in xyz
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(part: float) -> float:
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
