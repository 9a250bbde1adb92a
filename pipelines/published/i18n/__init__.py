"""Languages: interface texts, numbers and dates, and foreign-language text on pages."""
