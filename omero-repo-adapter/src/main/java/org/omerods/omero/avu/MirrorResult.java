package org.omerods.omero.avu;

import java.util.Set;

/**
 * What a batch did.
 *
 * @param objects objects that were compared
 * @param changed objects that were changed
 * @param added triples
 * @param removed triples
 * @param missing objects that OMERO's files point to and that are not in iRODS
 * @param refused objects that the companion's user may not change
 * @param pending filesets whose import has not ended: nothing says when it does, so they have to be looked at again
 */
public record MirrorResult(
        int objects, int changed, int added, int removed, int missing, int refused, Set<Long> pending) {
    public MirrorResult {
        pending = Set.copyOf(pending);
    }
}
