package org.omerods.omero.links;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.UUID;

/**
 * Puts a symbolic link in the place of a file or of another link, by one rename(2): whoever opens the name at any moment
 * finds the old one or the new one, and who has the old one open keeps it. The link belongs to whom the old one belonged.
 */
public final class LinkReplacement {
    private static final String PREFIX = ".omerods-";

    private LinkReplacement() {}

    /** Looks at the last moment whether what is to be replaced is still what was decided about. */
    @FunctionalInterface
    public interface LastLook {
        /** @return false: leave everything as it is */
        boolean isUnchanged() throws IOException;
    }

    /**
     * @return whether it was done; false when {@code lastLook} said no
     * @throws IOException when it could not be done; nothing has changed then
     */
    public static boolean replace(Path name, Path target, LastLook lastLook) throws IOException {
        Path prepared = temporary(name);
        try {
            Files.createSymbolicLink(prepared, target);
            adoptOwner(name, prepared);
            if (!lastLook.isUnchanged()) {
                return false;
            }
            Files.move(prepared, name, StandardCopyOption.ATOMIC_MOVE);
            sync(name.resolveSibling(""));
            return true;
        } finally {
            Files.deleteIfExists(prepared);
        }
    }

    /** A name beside {@code name} that no import makes. What a kill leaves of it is {@link #isTemporary}. */
    public static Path temporary(Path name) {
        return name.resolveSibling(PREFIX + UUID.randomUUID());
    }

    /** Whether a file is the remains of a replacement that was killed, and may be removed when it is old. */
    public static boolean isTemporary(Path file) {
        return file.getFileName().toString().startsWith(PREFIX);
    }

    /** Gives {@code to} the owner and group of {@code from}; neither is followed if it is a link. */
    public static void adoptOwner(Path from, Path to) throws IOException {
        PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes now = Files.readAttributes(to, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (now.owner().equals(old.owner()) && now.group().equals(old.group())) {
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setOwner(old.owner());
        view.setGroup(old.group());
    }

    /** Makes the names of a folder durable. */
    public static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
