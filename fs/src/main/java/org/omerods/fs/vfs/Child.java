package org.omerods.fs.vfs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a lookup.
 *
 * @param attributes null when there is no such child and the kernel may remember that
 * @param entryTtl how long the kernel may believe that the name leads here (or nowhere)
 * @param attributeTtl how long it may believe the attributes
 */
public record Child(@Nullable Attributes attributes, Duration entryTtl, Duration attributeTtl) {
    /** No such child, for {@code ttl}. */
    public static Child missing(Duration ttl) {
        return new Child(null, ttl, Duration.ZERO);
    }
}
