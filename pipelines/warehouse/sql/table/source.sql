-- One row per source: who publishes what, how it was counted, under which terms.
-- source: Id of the source: <iso3 or int>_<publisher>, or ref_<publisher> for a reference table.
-- publisher: Authority, as it names itself.
-- publisher_es: What it is called in Spanish; the same where it has no Spanish name.
-- publisher_pt: The same in Portuguese.
-- publisher_fr: The same in French.
-- title: Publication.
-- title_es: The publication in Spanish; its own title where that has no translation.
-- title_pt: The same in Portuguese.
-- title_fr: The same in French.
-- language: Language of the publisher's name, of the citation and of a title without translation.
-- citation: How to cite it; add the release.
-- licence_en: Terms of use, or that the publisher states none, in English.
-- licence_es: The same in Spanish.
-- licence_pt: The same in Portuguese.
-- licence_fr: The same in French.
-- address: Where the publisher offers the file.
-- by_hand: How to get the file where no program may fetch it; empty if tipstat fetch does.
-- page: Where the publisher describes it.
-- cadence: How often it is published.
-- cadence_days: Days after which a newer release is to be expected.
-- coll_method: How the figures were collected, code of codelist.coll_method.
-- time_basis: What a year means, code of codelist.time_basis.
-- def_scope: Legal scope of trafficking, code of codelist.def_scope.
-- counted_en: What one unit is, and when it is counted, in English.
-- counted_es: The same in Spanish.
-- counted_pt: The same in Portuguese.
-- counted_fr: The same in French.
-- caution_en: What decides how the figures may be used, in English.
-- caution_es: The same in Spanish.
-- caution_pt: The same in Portuguese.
-- caution_fr: The same in French.
-- leaves_out_en: The part of the country's cases that its totals leave out, in English; empty if none
--   is known.
-- leaves_out_es: The same in Spanish.
-- leaves_out_pt: The same in Portuguese.
-- leaves_out_fr: The same in French.
-- caveats: What else must be known before using it, in English.
-- contract: Table that holds its rows.
-- person_level: Whether the publisher's file describes persons; they are counted and dropped.
-- threshold: Counts below it are hidden, where the counting is ours; 0 where it is not.
-- nationwide: Whether it prints subdivisions that are all of a country, so that they may be summed.
-- sums_sexes: Whether its sexes of a state, all printed without a total, are summed.
-- redistribute: Whether its terms allow others to be given its figures.
-- release_day: Whether the publisher states the day of a release (codelist.release_day).
-- registers: Which victims the authority registers: BOTH, only IDENTIFIED or PRESUMED ones; empty if
--   it does not state that.
-- reprints: The source whose figures it prints again; empty if they are its own.
create table main.source (
    source varchar primary key,
    publisher varchar not null,
    publisher_es varchar not null,
    publisher_pt varchar not null,
    publisher_fr varchar not null,
    title varchar not null,
    title_es varchar not null,
    title_pt varchar not null,
    title_fr varchar not null,
    language varchar not null,
    citation varchar not null,
    licence_en varchar not null,
    licence_es varchar not null,
    licence_pt varchar not null,
    licence_fr varchar not null,
    address varchar not null,
    by_hand varchar not null,
    page varchar not null,
    cadence varchar not null,
    cadence_days integer not null,
    coll_method varchar not null,
    time_basis varchar not null,
    def_scope varchar not null,
    counted_en varchar not null,
    counted_es varchar not null,
    counted_pt varchar not null,
    counted_fr varchar not null,
    caution_en varchar not null,
    caution_es varchar not null,
    caution_pt varchar not null,
    caution_fr varchar not null,
    leaves_out_en varchar not null,
    leaves_out_es varchar not null,
    leaves_out_pt varchar not null,
    leaves_out_fr varchar not null,
    caveats varchar[] not null,
    contract varchar not null,
    person_level boolean not null,
    threshold integer not null,
    nationwide boolean not null,
    sums_sexes boolean not null,
    redistribute boolean not null,
    release_day varchar not null,
    registers varchar not null,
    reprints varchar not null
);
