"""All figures of one state: the folds of its second page, as tables and notes."""
