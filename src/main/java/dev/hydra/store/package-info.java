/**
 * The database: data source, migrations, entity manager, the one transaction boundary, and encryption at rest.
 *
 * <p>Decisions: transactions are {@code RESOURCE_LOCAL}, so that the same code runs on every server and on any thread; Flyway owns the
 * schema and Hibernate only validates it. Entities live with their feature.
 *
 * <p>To add a table: write {@code src/main/resources/db/migration/V<n>__<feature>.sql}, name it in {@link dev.hydra.store.Migrations}, and
 * name the entity in {@code META-INF/persistence.xml}. SQL must run on H2, PostgreSQL and MySQL alike: only {@code varchar(n)} up to 4000,
 * {@code integer}, {@code bigint}, {@code double precision} and {@code boolean}; moments are {@code bigint} milliseconds since 1970 (an
 * {@link java.time.Instant} in the entity), because the timestamp types differ in range, precision and time zone; names are snake_case and
 * none is a reserved word ({@code key}, {@code value}, {@code user}, {@code order}); primary keys are made by us, never by the database, so
 * that inserts can be batched. Each {@code create table} ends with the comment that {@code V1} shows, which MySQL and MariaDB alone read: without
 * it their ids ignore case and accents, and a database may be set up to know no emoji or no transactions.
 */
@NullMarked
package dev.hydra.store;

import org.jspecify.annotations.NullMarked;
