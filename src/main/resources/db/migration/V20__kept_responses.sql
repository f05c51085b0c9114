-- Responses that later requests may build on by name. owner = id of the token that made it, empty for local callers; thread = id of the conversation's
-- first response; previous = the response that it builds on, empty for the first. Times are milliseconds since 1970.
create table kept_response (
    id varchar(64) not null primary key,
    owner varchar(64) not null,
    thread varchar(64) not null,
    previous varchar(64) not null,
    created bigint not null,
    expires bigint not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
create index kept_response_thread on kept_response (thread);
create index kept_response_expires on kept_response (expires);

-- What was said, compressed and encrypted, cut into pieces. id = the response's id and the piece's place.
create table kept_piece (
    id varchar(80) not null primary key,
    response_id varchar(64) not null,
    place integer not null,
    body varchar(4000) not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
create index kept_piece_response on kept_piece (response_id);
