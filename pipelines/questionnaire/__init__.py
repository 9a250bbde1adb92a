"""The questionnaire of this database: written for a state, read back, checked, and taken in.

`form` makes rows of what the sheets of the standard ask, and the version by which a form is known
again. `workbook` writes Excel forms and `workbook_cells` reads them, `delimited` does both for CSV;
`check` finds what is wrong, `protect` hides small numbers, `submission` answers and takes in.
Figures leave here as a release of a source: no other folder reads a form.
"""
