package org.omerods.fs.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks of the place where something is to be mounted. */
public final class MountPoints {
    private static final Logger log = LoggerFactory.getLogger(MountPoints.class);

    private MountPoints() {}

    /**
     * Makes a place ready: takes away a stale mount of ours, and checks that the rest is in order.
     *
     * @return the place as the kernel names it: absolute, free of symbolic links
     * @throws IOException naming the place, what is wrong with it, and the remedy
     */
    public static Path prepare(Path mountPoint) throws IOException {
        Path place = canonical(mountPoint);
        StaleMounts.cleanAt(place);
        // the table first: what is mounted there may hang
        Optional<MountTable.Entry> present = MountTable.read().at(place);
        if (present.isPresent()) {
            throw new IOException("mount " + place + ": " + present.get().source() + " (type "
                    + present.get().type() + ") is already mounted there; unmount it or name another directory");
        }
        if (!Files.exists(place)) {
            throw new IOException("mount " + place + ": no such directory; create it (mkdir -p)");
        }
        if (!Files.isDirectory(place)) {
            throw new IOException("mount " + place + ": not a directory; name an empty directory");
        }
        return place;
    }

    /** The place as mountinfo names it. Asks only its parent where the place itself does not answer. */
    public static Path canonical(Path mountPoint) throws IOException {
        Path absolute = mountPoint.toAbsolutePath().normalize();
        @Nullable Path parent = absolute.getParent();
        @Nullable Path name = absolute.getFileName();
        if (parent == null || name == null) {
            return absolute;
        }
        try {
            if (Files.isSymbolicLink(absolute)) {
                return absolute.toRealPath();
            }
            return parent.toRealPath().resolve(name);
        } catch (IOException e) {
            throw new IOException("mount " + absolute + ": its parent directory cannot be reached; check the path", e);
        }
    }

    /** Takes away a mount that could not be served. What fails is logged: a better reason is on its way to the user. */
    public static void abandon(Path place) {
        try {
            Unmounting.forcibly(place);
        } catch (IOException e) {
            log.warn("{}", e.getMessage());
        }
    }
}
