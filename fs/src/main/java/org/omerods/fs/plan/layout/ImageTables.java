package org.omerods.fs.plan.layout;

import java.util.Optional;

/** How the segments of one image are found. */
interface ImageTables {
    /** Asks for what has to be known before the tables' size is. True when it is here, or will never be. */
    default boolean prepare(FileBytes bytes) {
        return true;
    }

    /** Asks for the tables. True when they are here, or will never be. */
    boolean ask(FileBytes bytes);

    /** The level, when everything is here and fits together. */
    Optional<SlideLevel> level(FileBytes bytes);
}
