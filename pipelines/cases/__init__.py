"""From records of victims, which stay on an authority's machine, to counts by common dimensions.

Read `connect`, `mapping`, `translate`, `coded_rows`, `count` and `plan` in this order. They work on
an extract with a row per person or event. Nothing of a record is stored, printed or put into an
error, except labels of mapped columns that at least ten persons have.

Then read `block`, `witness`, `same_persons` and `protect`, which decide what is printed of them;
`printed`, the table that leaves the machine; `certify` and `check`, its proof; and `gate`, which
keeps figures without a proof from being published.
"""
