"""The 35 states of the Organization of American States."""

OAS = frozenset(
    [
        "ATG", "ARG", "BHS", "BRB", "BLZ", "BOL", "BRA", "CAN", "CHL", "COL", "CRI", "CUB",
        "DMA", "DOM", "ECU", "GRD", "GTM", "GUY", "HTI", "HND", "JAM", "KNA", "LCA", "MEX",
        "NIC", "PAN", "PER", "PRY", "SLV", "SUR", "TTO", "URY", "USA", "VCT", "VEN",
    ]
)  # fmt: skip
