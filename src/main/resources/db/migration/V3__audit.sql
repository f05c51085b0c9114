-- Ids are UUIDs of version 7, so their order is the order of time: pages and retention need no other index.
create table audit_entry (
    id varchar(36) not null primary key,
    token_id varchar(64) not null,
    caller varchar(200) not null,
    address varchar(64) not null,
    moment bigint not null,
    request_id varchar(64) not null,
    dialect varchar(32) not null,
    model_asked varchar(200) not null,
    streamed boolean not null,
    bytes_in bigint not null,
    model_used varchar(200) not null,
    provider varchar(64) not null,
    key_fingerprint varchar(64) not null,
    attempt_count integer not null,
    attempts varchar(4000) not null,
    status integer not null,
    took_millis bigint not null,
    first_byte_millis bigint,
    bytes_out bigint not null,
    ignored varchar(1000) not null,
    failure varchar(1000) not null,
    prompt_tokens bigint not null,
    cached_tokens bigint not null,
    completion_tokens bigint not null,
    reasoning_tokens bigint not null,
    total_tokens bigint not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;

create table admin_event (
    id varchar(36) not null primary key,
    moment bigint not null,
    actor varchar(200) not null,
    address varchar(64) not null,
    action varchar(100) not null,
    subject varchar(1000) not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
