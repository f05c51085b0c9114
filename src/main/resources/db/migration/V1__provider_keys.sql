-- Provider keys. id = fingerprint; secret = ciphertext, empty once deleted; status ACTIVE, DISABLED or DELETED; consumer = project as the provider named it;
-- seen = the sources that hold the key with their version, so that a deleted key stays deleted until one of them changes; list_id = models of the key.
create table provider_key (
    id varchar(12) not null primary key,
    hash varchar(64) not null,
    secret varchar(2000) not null,
    hint varchar(4) not null,
    email varchar(320) not null,
    project varchar(200) not null,
    consumer varchar(200) not null,
    tier varchar(20) not null,
    source varchar(1000) not null,
    seen varchar(4000) not null,
    status varchar(20) not null,
    reason varchar(200) not null,
    message varchar(1000) not null,
    place bigint not null,
    list_id varchar(32) not null,
    created bigint not null,
    updated bigint not null,
    checked bigint
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
create unique index provider_key_hash on provider_key (hash);

-- Models that keys have. Keys with the same models share a list.
create table provider_model (
    id varchar(240) not null primary key,
    list_id varchar(32) not null,
    model varchar(200) not null,
    display_name varchar(400) not null,
    input_limit bigint not null,
    output_limit bigint not null,
    methods varchar(1000) not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;

-- Who rests until when: scope KEY, PROJECT, PROJECT_MODEL or KEY_MODEL.
create table pool_rest (
    id varchar(440) not null primary key,
    scope varchar(20) not null,
    owner varchar(220) not null,
    model varchar(200) not null,
    ends bigint not null,
    kind varchar(20) not null,
    reason varchar(1000) not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;

-- What was used of a project's quota for a model on one day of the provider's time zone.
create table pool_day (
    id varchar(440) not null primary key,
    project varchar(220) not null,
    model varchar(200) not null,
    used_on varchar(10) not null,
    requests bigint not null,
    tokens bigint not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;

-- Failures of keys that are their own.
create table pool_health (
    id varchar(12) not null primary key,
    failures integer not null,
    pauses integer not null,
    suspicions integer not null,
    pause_ends bigint,
    pause_kind varchar(20) not null,
    pause_reason varchar(1000) not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
