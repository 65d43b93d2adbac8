package org.omerods.omero.links;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is the matter with one link.
 *
 * @param link its path in the managed repository
 * @param target where it leads
 * @param wanted where it should lead, where that is known
 * @param note a sentence for a person; empty when all is well
 */
public record LinkFinding(Path link, Path target, State state, Optional<Path> wanted, String note) {

    /** What can be the matter. */
    public enum State {
        OK(false),
        /** The object has another path now; {@link LinkFinding#wanted} is there. */
        MOVED(false),
        /** It was moved and has been re-pointed. */
        FIXED(false),
        /** Nothing is at the target and no object says that it is this file. The link is kept. */
        GONE(true),
        /** Several objects say that they are this file. */
        AMBIGUOUS(true),
        /** The object is where the mount does not reach. */
        OUTSIDE(true),
        /** It leads to a collection: a deletion in OMERO would empty it. */
        DIRECTORY(true),
        /** It could not be re-pointed. */
        FAILED(true);

        private final boolean problem;

        State(boolean problem) {
            this.problem = problem;
        }

        /** Whether a person has to do something. */
        public boolean isProblem() {
            return problem;
        }
    }
}
