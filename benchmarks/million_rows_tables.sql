-- The tables of the contract, written by hand: their coded columns are ENUM types made from the
-- code lists, which are there as tables of the schema codelist; there 0 and 1 become no and yes.

alter table codelist.area alter is_oas type boolean using nullif(is_oas, '')::boolean;
alter table codelist.area alter corett_2018 type boolean using nullif(corett_2018, '')::boolean;
alter table codelist.area
    alter caricom_full_member type boolean using nullif(caricom_full_member, '')::boolean;
alter table codelist.indicator alter core type boolean using core::boolean;

create type area as enum (select code from codelist.area);
create type area_subdivision as enum (
    select code from codelist.area
    union all
    select code from codelist.subdivision
);
create type indicator as enum (select code from codelist.indicator);
create type freq as enum (select code from codelist.freq);
create type time_basis as enum (select code from codelist.time_basis);
create type sex as enum (select code from codelist.sex);
create type age as enum (select code from codelist.age);
create type exploitation as enum (select code from codelist.exploitation);
create type citizenship_area as enum (
    select code from codelist.citizenship
    union all
    select code from codelist.area where code not in (select code from codelist.citizenship)
);
create type counterpart_role as enum (select code from codelist.counterpart_role);
create type breakdown as enum (select code from codelist.breakdown);
create type conf_status as enum (select code from codelist.conf_status);
create type def_scope as enum (select code from codelist.def_scope);

create table harmonised.observation (
    source varchar not null,
    release varchar not null,
    ref_area area_subdivision not null,
    indicator indicator not null,
    freq freq not null,
    time_basis time_basis not null,
    time_period varchar not null,
    sex sex not null,
    age age not null,
    exploitation exploitation not null,
    citizenship citizenship_area not null,
    counterpart_role counterpart_role not null,
    counterpart_area area not null,
    breakdown breakdown not null,
    value double,
    lower double,
    upper double,
    obs_status varchar not null,
    conf_status conf_status not null,
    def_scope def_scope not null,
    value_raw varchar not null,
    locator varchar not null,
    comment varchar
);

create table main.population (
    source varchar not null,
    release varchar not null,
    ref_area area not null,
    time_period varchar not null,
    sex sex not null,
    age age not null,
    value double not null,
    value_raw varchar not null,
    locator varchar not null
);
