package org.omerods.storage.irods;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.omerods.storage.irods.session.Secret;

/** Reads {@code .irodsA}. */
final class PasswordFile {
    /** Longer files are not what {@code iinit} writes. */
    private static final long MAX_BYTES = 4096;

    private PasswordFile() {}

    /** The password in it; none where the file is missing. */
    static Secret read(Path file) {
        if (!Files.exists(file)) {
            return Secret.NONE;
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is too long to be written by iinit");
            }
            // icommands end it with a NUL, other writers with a line
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).replaceAll("[\\x00\\r\\n]+$", "");
            for (long userId : possibleOwners(file)) {
                Optional<String> password = PasswordObfuscation.reveal(text, userId);
                if (password.isPresent()) {
                    return Secret.of(password.get());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
        throw new IllegalArgumentException(file + " was written by another user, or is damaged: run iinit again");
    }

    /** The disguise depends on who ran {@code iinit}: the owner of the file, or whoever runs this. */
    private static Set<Long> possibleOwners(Path file) throws IOException {
        Set<Long> owners = new LinkedHashSet<>();
        for (Path path : new Path[] {file, Path.of("/proc/self")}) {
            if (Files.exists(path) && Files.getFileStore(path).supportsFileAttributeView("unix")) {
                owners.add(((Integer) Files.getAttribute(path, "unix:uid")).longValue());
            }
        }
        return owners;
    }
}
