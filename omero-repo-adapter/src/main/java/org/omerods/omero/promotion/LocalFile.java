package org.omerods.omero.promotion;

import java.time.Instant;

/**
 * A file that OMERO holds in its managed repository, of an import that is complete.
 *
 * @param originalFile number in OMERO
 * @param managedPath below the repository, {@code alice_2/2026-11/20/11-57-32.385/promo.svs}
 * @param size in bytes, as OMERO knows it
 * @param since when its fileset last changed
 */
public record LocalFile(long originalFile, String managedPath, long size, String group, Instant since) {
    public LocalFile {
        if (managedPath.isEmpty() || managedPath.startsWith("/") || ("/" + managedPath + "/").contains("/../")) {
            throw new IllegalArgumentException("'" + managedPath + "' is no path below a repository");
        }
    }
}
