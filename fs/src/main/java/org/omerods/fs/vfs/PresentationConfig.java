package org.omerods.fs.vfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whom the files seem to belong to. iRODS' own permissions apply whatever this says: the mount has the rights of the iRODS
 * user that it is logged in as.
 *
 * @param filePermissions of all files, the lower nine bits of st_mode, without a write bit
 * @param directoryPermissions of all directories
 */
public record PresentationConfig(int uid, int gid, int filePermissions, int directoryPermissions) {
    /** Everybody who may enter the mount may read. */
    public static final int DEFAULT_FILE_PERMISSIONS = 0444;

    public static final int DEFAULT_DIRECTORY_PERMISSIONS = 0555;

    public PresentationConfig {
        requireReadOnly("filePermissions", filePermissions);
        requireReadOnly("directoryPermissions", directoryPermissions);
    }

    /** Files belong to the user that runs this process; to root where that cannot be seen. */
    public static PresentationConfig ofThisProcess() {
        return new PresentationConfig(
                ownId("unix:uid"), ownId("unix:gid"), DEFAULT_FILE_PERMISSIONS, DEFAULT_DIRECTORY_PERMISSIONS);
    }

    private static int ownId(String attribute) {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), attribute);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return 0; // no /proc: a container without it runs as root
        }
    }

    private static void requireReadOnly(String name, int permissions) {
        if ((permissions & ~0555) != 0) {
            throw new IllegalArgumentException(name + " 0" + Integer.toOctalString(permissions)
                    + ": only read and execute bits (0555) can be set");
        }
    }
}
