package org.omerods.fs.vfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Whom the files seem to belong to. iRODS' own permissions apply whatever this says: the mount has the rights of the iRODS
 * user that it is logged in as.
 *
 * @param filePermissions of all files, the lower nine bits of st_mode
 * @param directoryPermissions of all directories
 */
public record PresentationConfig(int uid, int gid, int filePermissions, int directoryPermissions) {
    /** Everybody who may enter the mount may read. */
    public static final int DEFAULT_FILE_PERMISSIONS = 0444;

    public static final int DEFAULT_DIRECTORY_PERMISSIONS = 0555;

    /** Of a mount that can be written to: everybody may read, and the owner write. */
    public static final int WRITABLE_FILE_PERMISSIONS = 0644;

    public static final int WRITABLE_DIRECTORY_PERMISSIONS = 0755;

    private static final int ALL_PERMISSIONS = 0777;

    public PresentationConfig {
        requirePermissions("filePermissions", filePermissions);
        requirePermissions("directoryPermissions", directoryPermissions);
    }

    /** What has to be kept of a file that is to be shown with these bits: nothing where all files have them. */
    OptionalInt toBeKeptOfFile(int permissions) {
        return toBeKept(permissions & ALL_PERMISSIONS, filePermissions);
    }

    /** The same of a directory. */
    OptionalInt toBeKeptOfDirectory(int permissions) {
        return toBeKept(permissions & ALL_PERMISSIONS, directoryPermissions);
    }

    private static OptionalInt toBeKept(int bits, int ofAll) {
        return bits == ofAll ? OptionalInt.empty() : OptionalInt.of(bits);
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

    private static void requirePermissions(String name, int permissions) {
        if ((permissions & ~ALL_PERMISSIONS) != 0) {
            throw new IllegalArgumentException(
                    name + " 0" + Integer.toOctalString(permissions) + ": only the nine bits 0777 can be set");
        }
    }
}
