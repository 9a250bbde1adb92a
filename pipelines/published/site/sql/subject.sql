-- One row per subject of item 26, in their order.
from published.subject;
