package org.omerods.storage.irods.catalog;

import java.time.Instant;
import java.util.Comparator;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.irods.wire.ReplicaStates;

/** One replica of an object, as a row of the catalog tells. */
record Replica(ObjectVersion version, ReplicaState state, String resource) {

    /** Best first: good before all others, then what is least wrong; among equals the lowest number, always the same. */
    static final Comparator<Replica> BEST_FIRST = Comparator.comparingInt((Replica replica) -> rank(replica.state))
            .thenComparing(replica -> replica.version.modified(), Comparator.reverseOrder())
            .thenComparingInt(replica -> replica.version.replica());

    static final Column[] COLUMNS = {
        Column.DATA_ID,
        Column.DATA_NAME,
        Column.DATA_REPL_NUM,
        Column.DATA_SIZE,
        Column.DATA_OWNER_NAME,
        Column.DATA_REPL_STATUS,
        Column.DATA_CHECKSUM,
        Column.DATA_CREATE_TIME,
        Column.DATA_MODIFY_TIME,
        Column.DATA_RESC_HIER
    };

    /** Reads the columns of a replica. @throws IllegalArgumentException when a number is none */
    static Replica of(Row row) {
        return new Replica(
                new ObjectVersion(
                        row.number(Column.DATA_ID),
                        Math.toIntExact(row.number(Column.DATA_REPL_NUM)),
                        row.number(Column.DATA_SIZE),
                        time(row, Column.DATA_MODIFY_TIME),
                        row.get(Column.DATA_CHECKSUM)),
                ReplicaStates.of(row.number(Column.DATA_REPL_STATUS)),
                row.get(Column.DATA_RESC_HIER));
    }

    /** Catalog times are whole seconds, written with leading zeros. */
    static Instant time(Row row, Column column) {
        return Instant.ofEpochSecond(row.number(column));
    }

    private static int rank(ReplicaState state) {
        return switch (state) {
            case GOOD -> 0;
            case READ_LOCKED -> 1;
            case WRITE_LOCKED -> 2;
            case INTERMEDIATE -> 3;
            case STALE -> 4;
        };
    }
}
