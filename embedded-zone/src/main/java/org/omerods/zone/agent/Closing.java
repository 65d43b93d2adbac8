package org.omerods.zone.agent;

import java.io.IOException;
import java.sql.SQLException;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.vault.Checksums;
import org.omerods.zone.wire.ApiException;

/** What a close registers in the catalog. */
final class Closing {
    private Closing() {}

    /** How to close: what of the replica is brought up to date. */
    record Options(boolean updateSize, boolean updateStatus, boolean computeChecksum) {
        /** The regular close. */
        static final Options NORMAL = new Options(true, true, false);
    }

    /** Closes {@code replica}; a writer's size, status and time go into the catalog. */
    static void close(ZoneServices zone, OpenReplica replica, Options options)
            throws SQLException, ApiException, IOException {
        try (var file = replica.file()) {
            if (!replica.flags().writes()) {
                return;
            }
            long id = replica.row().id();
            WriteLocks.Left left = zone.locks().end(id, false);
            long size = file.size();
            if (!options.updateSize() && !options.updateStatus()) {
                if (left.last() && left.abandoned()) { // the writer who was to settle it is gone
                    settleStale(zone, replica, size);
                }
                return;
            }
            String checksum = options.computeChecksum() ? Checksums.sha256(file) : "";
            zone.catalog().write(connection -> {
                ReplicaRow now = Objects.byId(connection, id).orElse(replica.row());
                if (!replica.changed() && !options.computeChecksum()) {
                    int state = replica.flags().truncates() ? ReplicaRow.GOOD : replica.stateBefore();
                    Objects.setState(connection, id, left.last() ? state : now.state());
                    return now;
                }
                int state = left.abandoned() ? ReplicaRow.STALE : ReplicaRow.GOOD;
                String modified = replica.changed() ? zone.now() : now.modified();
                Objects.setContent(
                        connection,
                        id,
                        options.updateSize() ? size : now.size(),
                        left.last() ? state : now.state(),
                        checksum,
                        modified);
                return now;
            });
        }
    }

    /** Settles a replica whose client is gone: what was written stays, as stale. */
    static void abandon(ZoneServices zone, OpenReplica replica) throws SQLException, ApiException, IOException {
        try (var file = replica.file()) {
            if (!replica.flags().writes()) {
                return;
            }
            long id = replica.row().id();
            WriteLocks.Left left = zone.locks().end(id, true);
            if (left.last()) {
                settleStale(zone, replica, file.size());
            }
        }
    }

    private static void settleStale(ZoneServices zone, OpenReplica replica, long size)
            throws SQLException, ApiException {
        zone.catalog().write(connection -> {
            long id = replica.row().id();
            Objects.setContent(connection, id, size, ReplicaRow.STALE, "", zone.now());
            if (replica.flags().truncates()) {
                Objects.setMode(connection, id, replica.input().createMode());
            }
            return id;
        });
    }
}
