package org.omerods.omero.imports;

import java.util.Locale;
import java.util.Optional;

/** How far an import is: the value of the triple {@code omero::import}, whose units are the time of the change. */
public enum ImportState {
    /** Somebody wants it. */
    REQUESTED,
    /** A companion has claimed it and has no room to run it yet. */
    QUEUED,
    RUNNING,
    /** OMERO shows all of it. */
    DONE,
    /** Given up; {@code omero::import::error} says why. Setting {@code requested} tries again. */
    FAILED;

    /** As it stands in the triple. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a triple's value; empty when it is none of these. */
    public static Optional<ImportState> of(String text) {
        for (ImportState state : values()) {
            if (state.text().equals(text)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
