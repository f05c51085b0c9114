-- Times are milliseconds since 1970.
create table access_token (
    id        varchar(16)  not null primary key,
    name      varchar(64)  not null,
    hash      varchar(64)  not null unique,
    created   bigint       not null,
    last_used bigint,
    expires   bigint,
    revoked   bigint
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;

-- One row. Every change of a token adds one, in the same transaction: nodes read it to see whether to read the tokens again.
create table access_token_version (
    id      integer not null primary key,
    version bigint  not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;

insert into access_token_version (id, version) values (1, 0);
