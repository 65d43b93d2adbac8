package org.omerods.fs.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attachments of one object version, counted in the budget. They go when the version does. Thread-safe; files are
 * written and removed under its lock, which is taken before that of the budget and never on the way of a read.
 */
final class Attachments {
    private static final Logger log = LoggerFactory.getLogger(Attachments.class);

    private final Path directory;
    private final String fileName;
    private final Budget budget;

    /** Reserved bytes by name. */
    private final Map<String, Long> sizes = new HashMap<>();

    private boolean removed;

    Attachments(Path directory, String fileName, Budget budget) {
        this.directory = directory;
        this.fileName = fileName;
        this.budget = budget;
    }

    /** One that an earlier process left. */
    synchronized void adopt(String name, long bytes) {
        sizes.put(name, bytes);
        budget.adopt(bytes);
    }

    Optional<byte[]> read(String name) {
        Path file = AttachmentFiles.path(directory, fileName, name);
        try {
            return AttachmentFiles.read(file);
        } catch (IOException e) {
            log.debug("attachment {}: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** False when it is not kept: no room, no disk, or the version is gone. */
    synchronized boolean write(String name, byte[] bytes) {
        if (bytes.length > AttachmentFiles.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "attachment of " + bytes.length + " bytes: at most " + AttachmentFiles.MAX_BYTES);
        }
        Path file = AttachmentFiles.path(directory, fileName, name);
        if (removed || !budget.reserve(bytes.length)) {
            return false;
        }
        try {
            AttachmentFiles.write(file, bytes);
        } catch (IOException e) {
            budget.release(bytes.length);
            log.debug("attachment {}: {}", file, e.toString());
            return false;
        }
        Long before = sizes.put(name, (long) bytes.length);
        budget.release(before == null ? 0 : before);
        return true;
    }

    /** Removes all; nothing can be attached any more. */
    synchronized void remove() {
        removed = true;
        for (Map.Entry<String, Long> entry : sizes.entrySet()) {
            try {
                Files.deleteIfExists(AttachmentFiles.path(directory, fileName, entry.getKey()));
            } catch (IOException e) {
                log.debug("attachment {} of {} stays behind: {}", entry.getKey(), fileName, e.toString());
            }
            budget.release(entry.getValue());
        }
        sizes.clear();
    }
}
