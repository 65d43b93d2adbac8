package org.omerods.cli.demo;

import java.nio.file.Path;

/**
 * What the demo is to do.
 *
 * @param sizeBytes about how large the slide shall be
 * @param output where the pictures go
 * @param temporary where slide, vault and cache lie meanwhile
 * @param stay whether zone and mount stay up afterwards
 */
public record DemoSettings(long sizeBytes, Path output, Path temporary, boolean stay) {
    /** Slide and its copy in the vault; then the copy in the block cache, when the slide itself is gone. Plus margin. */
    private static final double COPIES = 2.1;

    public DemoSettings {
        if (sizeBytes < 1) {
            throw new IllegalArgumentException("--size " + sizeBytes + ": give at least a byte");
        }
    }

    /** Disk space that is needed for a while. */
    long temporaryBytes() {
        return (long) (sizeBytes * COPIES);
    }
}
