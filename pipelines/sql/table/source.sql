-- One row per source: who publishes what, how it was counted, under which terms.
-- source: Id of the source: <iso3 or int>_<publisher>, or ref_<publisher> for a reference table.
-- publisher: Authority, as it names itself.
-- title: Publication.
-- citation: How to cite it; add the release.
-- licence: Terms of use, or that the publisher states none.
-- address: Where the publisher offers the file.
-- page: Where the publisher describes it.
-- cadence: How often it is published.
-- cadence_days: Days after which a newer release is to be expected.
-- coll_method: How the figures were collected, code of codelist.coll_method.
-- time_basis: What a year means, code of codelist.time_basis.
-- def_scope: Legal scope of trafficking, code of codelist.def_scope.
-- counted: What one unit is, and when it is counted.
-- caveats: What must be known before using it.
-- contract: Table that holds its rows.
create table main.source (
    source varchar primary key,
    publisher varchar not null,
    title varchar not null,
    citation varchar not null,
    licence varchar not null,
    address varchar not null,
    page varchar not null,
    cadence varchar not null,
    cadence_days integer not null,
    coll_method varchar not null,
    time_basis varchar not null,
    def_scope varchar not null,
    counted varchar not null,
    caveats varchar[] not null,
    contract varchar not null
);
