-- Caps that the operator has set, in the words of the admin API: most = the limit; counts = requests or tokens; lasts = hour, day, week or month; reached = what
-- becomes of requests then.
create table usage_cap (
    name varchar(100) not null primary key,
    models varchar(200) not null,
    most varchar(20) not null,
    counts varchar(20) not null,
    lasts varchar(20) not null,
    per varchar(20) not null,
    reached varchar(20) not null,
    enabled boolean not null,
    alert varchar(3) not null,
    reset_time varchar(20) not null,
    zone varchar(60) not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;

-- What each account has used of a cap in the period that began then. Nodes add to it, so that the cap is of all of them together.
create table usage_of_cap (
    id varchar(440) not null primary key,
    cap varchar(100) not null,
    account varchar(320) not null,
    begun bigint not null,
    used bigint not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
