"""Images of charts, and the page of a state as PDF."""
