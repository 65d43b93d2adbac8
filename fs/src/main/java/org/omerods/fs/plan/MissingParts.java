package org.omerods.fs.plan;

import java.util.List;

/** What of an object is neither here nor on its way. Asked under the caller's locks, so it has to be quick. */
@FunctionalInterface
public interface MissingParts {
    /** The parts of a range, in whole blocks, in order; none when nothing is missing. */
    List<ByteRange> of(ByteRange range);
}
