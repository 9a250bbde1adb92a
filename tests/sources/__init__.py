"""Each source: known answers, and what is refused or kept out."""
