-- Version 2: names and sums that stand in the title only.

alter table mentions add column in_title integer not null default 0;
alter table figures add column in_title integer not null default 0;
