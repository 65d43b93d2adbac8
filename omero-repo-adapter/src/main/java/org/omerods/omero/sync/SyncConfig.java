package org.omerods.omero.sync;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.omerods.omero.database.DatabaseConfig;
import org.omerods.omero.mapping.MirrorPolicy;
import org.omerods.omero.model.ManagedFiles;
import org.omerods.storage.StoragePath;

/**
 * What a companion is told.
 *
 * @param lsidAuthority first part of every LSID
 * @param managedRepository where this machine sees the managed repository, if elsewhere than the server
 * @param mounts under which directories iRODS is mounted where OMERO imports from
 * @param top collection below which the triples of this server are
 * @param state collection on which the companion notes how far it is; its user must be allowed to write triples there
 * @param busyPause between looks at a database where things happen
 * @param idlePause between looks at one where nothing happens
 * @param reconcileInterval between comparisons of everything
 * @param deepReconcileInterval length of the intervals in each of which the first comparison looks at every triple
 */
public record SyncConfig(
        DatabaseConfig database,
        MirrorPolicy policy,
        String lsidAuthority,
        Optional<Path> managedRepository,
        List<ManagedFiles.Mount> mounts,
        StoragePath top,
        StoragePath state,
        Duration busyPause,
        Duration idlePause,
        Duration reconcileInterval,
        Duration deepReconcileInterval) {

    public SyncConfig {
        mounts = List.copyOf(mounts);
        if (mounts.isEmpty()) {
            throw new IllegalArgumentException(
                    "omero.mounts is not set: say where iRODS is mounted on the importing machine, such as /irods/tempZone=/tempZone");
        }
        if (busyPause.compareTo(Duration.ofMillis(1)) < 0 || idlePause.compareTo(busyPause) < 0) {
            throw new IllegalArgumentException("omero.poll-interval " + busyPause
                    + " must be positive and not longer than omero.idle-poll-interval " + idlePause);
        }
        if (reconcileInterval.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("omero.reconcile-interval " + reconcileInterval + " is below a minute");
        }
        if (deepReconcileInterval.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "omero.deep-reconcile-interval " + deepReconcileInterval + " is below a minute");
        }
    }
}
