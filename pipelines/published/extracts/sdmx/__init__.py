"""SDMX extracts: SDMX-CSV 2.0 of the figures, and the messages of their structure.

| file | holds |
|---|---|
| `structure.xml` | code lists, concepts, data structures and dataflows of all flows: SDMX-ML 3.0 |
| `structure_2_1.xml` | the same in SDMX-ML 2.1 |
| `structure.json` | the same in SDMX-JSON 2.0, and the structure of the metadata |
| `metadata.json` | reference metadata of each source: reports of `MDF_ESMS` in SDMX-JSON 2.0 |
| `standard.xml` | the common standard: its variables as concepts, with indicators and codes |
| `newest.csv.gz` | flow `DF_NEWEST`: the newest figure to cite of each state and indicator |
| `national.csv.gz` | flow `DF_NATIONAL`: the series to cite |
| `observation/<source>.csv.gz` | flow `DF_TIP`: current figures (`observation`) |
| `sdg_16_2_2.csv.gz` | flow `DF_SDG_16_2_2`: the SDG indicator |

The action of each row is R: a system that loads the file replaces its row with that key. Rows are
in the order of keys, so that the same figures give the same bytes. pysdmx and sdmx1 read all of
them, the figures once they are unpacked. `extract` writes the files, `files` reads them.
"""
