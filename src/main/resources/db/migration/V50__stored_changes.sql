-- One row for each kind of thing that several nodes hold in memory: id 1 = provider keys, id 2 = names of models. Every change adds one, in the same
-- transaction: nodes read it to see whether to read the things again.
create table stored_change (
    id      integer not null primary key,
    version bigint  not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;

insert into stored_change (id, version) values (1, 0);
insert into stored_change (id, version) values (2, 0);
