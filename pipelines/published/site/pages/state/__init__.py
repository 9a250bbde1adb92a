"""The tabs of a state's page, one module each: a function returns the figure, or None."""
