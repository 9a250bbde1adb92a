"""The words of a language: interface texts, numbers and dates, names in foreign languages."""
