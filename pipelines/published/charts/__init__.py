"""Charts: plain data, without any look, that the pages' one builder draws."""
