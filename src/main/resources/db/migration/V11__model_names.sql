-- Names of models that the operator has set: kind ALIAS: target = the model that serves the name; kind GROUP: target = the group whose quota the model shares.
create table model_name (
    id varchar(240) not null primary key,
    kind varchar(20) not null,
    name varchar(200) not null,
    target varchar(200) not null
) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */;
