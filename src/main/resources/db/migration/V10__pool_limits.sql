-- Sizes of a project's quota for a model, or for a quota group, as the provider told them; 9223372036854775807 = not told.
create table pool_limit (
    id varchar(440) not null primary key,
    project varchar(220) not null,
    model varchar(200) not null,
    per_minute bigint not null,
    tokens_per_minute bigint not null,
    per_day bigint not null,
    told bigint not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
