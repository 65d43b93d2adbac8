// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.checksum;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/**
 * What an OMERODS mount says about a file by extended attributes. A symbolic link is followed; a file elsewhere has none of
 * them. Never throws.
 */
final class MountedFile {
    /** In the namespace {@code user.}, which Java leaves out. */
    private static final String CHECKSUM = "irods.checksum";

    private static final String STATUS = "irods.status";

    private static final String GOOD = "good";

    /** iRODS keeps a checksum in 64 characters, a status is a word. */
    private static final int MAX_BYTES = 256;

    private MountedFile() {}

    /** The checksum of a file in iRODS as the catalog has it; empty when there is none or its replica is not good. */
    static Optional<String> checksum(String path) {
        try {
            Path file = Paths.get(path);
            UserDefinedFileAttributeView attributes =
                    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
            if (attributes == null || !value(attributes, STATUS).equals(GOOD)) {
                return Optional.empty();
            }
            return Optional.of(value(attributes, CHECKSUM)).filter(checksum -> !checksum.isEmpty());
        } catch (IOException | InvalidPathException | UnsupportedOperationException | SecurityException e) {
            return Optional.empty(); // no such attribute, file or kind of filesystem: nothing is known
        }
    }

    private static String value(UserDefinedFileAttributeView attributes, String name) throws IOException {
        int size = attributes.size(name);
        if (size > MAX_BYTES) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        attributes.read(name, bytes);
        bytes.flip();
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
