package org.omerods.fs.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for a new mount to answer. */
public final class MountReadiness {
    /** The first stat may log in to a server: longer than its connect time-out, shorter than a person's patience. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private MountReadiness() {}

    /** @throws IOException when a stat of the mount point fails or does not come back; says which */
    public static void await(Mount mount) throws IOException {
        MountProbe.Health health = MountProbe.probe(mount.mountPoint(), LIMIT);
        switch (health) {
            case ANSWERS -> {}
            case SILENT ->
                throw new IOException("mount " + mount.mountPoint() + ": the filesystem did not answer within "
                        + LIMIT.toSeconds() + " s; check the server, and the log for its failures");
            case DEAD, FAILS -> throw failure(mount);
        }
    }

    /** Asks once more for the error's text. */
    private static IOException failure(Mount mount) {
        String problem = "";
        @Nullable IOException cause = null;
        try {
            Files.getLastModifiedTime(mount.mountPoint());
        } catch (IOException e) {
            problem = ": " + e.getMessage();
            cause = e;
        }
        return new IOException(
                "mount " + mount.mountPoint() + ": a stat of its root failed" + problem + "; the log says why", cause);
    }
}
