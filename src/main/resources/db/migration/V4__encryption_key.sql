-- One row, id 'current': the salt that HYDRA_SECRET is derived with, and a known text encrypted with the key in use, by which a wrong key is noticed.
create table encryption_key (
    id varchar(20) not null primary key,
    salt varchar(64) not null,
    proof varchar(200) not null,
    created bigint not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
