-- One row: what built this file.
-- version: Version of tipstat.
-- fingerprint: Checksum of everything the file was made from: raw files, code lists, rules, code.
create table main.build (
    version varchar not null,
    fingerprint varchar not null
);
