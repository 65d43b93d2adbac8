package org.omerods.fs.fuse.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the kernel reads ahead on a mount. The handshake can only lower it below 128 KiB; above that it takes a file in
 * /sys that belongs to root. 1 MiB is the biggest single gain for sequential reads.
 */
final class ReadAhead {
    private static final Logger log = LoggerFactory.getLogger(ReadAhead.class);

    private ReadAhead() {}

    /** {@code device} is major:minor. Only root can; otherwise the kernel's 128 KiB stay. */
    static void raise(String device, int bytes) {
        Path setting = Path.of("/sys/class/bdi", device, "read_ahead_kb");
        try {
            Files.writeString(setting, Integer.toString(bytes / 1024));
        } catch (IOException e) {
            log.debug("read-ahead stays as the kernel has it: {}", e.toString());
        }
    }
}
