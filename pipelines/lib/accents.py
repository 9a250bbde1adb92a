"""Text without accents, to compare what people type and publishers print."""

import unicodedata


def without_accents(text: str) -> str:
    """Return a text in lower case and without accents."""
    signs = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in signs if not unicodedata.combining(sign))
