"""One series year by year, and the rule of what may be shown of a figure."""
