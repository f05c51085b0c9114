-- Objects that a provider keeps for our callers: files, caches, batches, ... token_id = who made it, empty for local callers without a token; project = that of
-- the key it was made with, or the key's id where that is not known; ends = when the provider has forgotten it at the latest. Times are milliseconds since 1970.
create table provider_object (
    name varchar(300) not null primary key,
    collection varchar(40) not null,
    token_id varchar(64) not null,
    key_id varchar(12) not null,
    project varchar(200) not null,
    created bigint not null,
    ends bigint not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
create index provider_object_token on provider_object (token_id, collection);
