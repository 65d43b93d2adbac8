package org.omerods.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mounts that a killed omerods left behind: every access fails with ENOTCONN, "Transport endpoint is not connected".
 */
public final class StaleMounts {
    private static final Logger log = LoggerFactory.getLogger(StaleMounts.class);

    /** A dead mount answers at once, a living one within a round trip; a slow one counts as living. */
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

    /** Mounts may lie on each other where a daemon was killed more than once. */
    private static final int MAX_LAYERS = 16;

    private StaleMounts() {}

    /** All of them on this machine. */
    public static List<MountTable.Entry> find() throws IOException {
        List<MountTable.Entry> stale = new ArrayList<>();
        for (MountTable.Entry entry : MountTable.read().omerods()) {
            if (isDead(entry)) {
                stale.add(entry);
            }
        }
        return stale;
    }

    /**
     * Takes a stale mount of ours away from {@code mountPoint}; leaves anything else alone.
     *
     * @param mountPoint absolute, free of symbolic links
     * @return whether there was one
     */
    public static boolean cleanAt(Path mountPoint) throws IOException {
        boolean cleaned = false;
        for (int layer = 0; layer < MAX_LAYERS; layer++) {
            Optional<MountTable.Entry> top = MountTable.read().at(mountPoint);
            if (top.isEmpty() || !top.get().isOmerods() || !isDead(top.get())) {
                return cleaned;
            }
            Unmounting.lazily(mountPoint);
            log.info(
                    "cleaned a stale mount of {} at {}: its omerods was killed",
                    top.get().source(),
                    mountPoint);
            cleaned = true;
        }
        return cleaned;
    }

    private static boolean isDead(MountTable.Entry entry) {
        return MountProbe.probe(Path.of(entry.mountPoint()), PROBE_LIMIT) == MountProbe.Health.DEAD;
    }
}
