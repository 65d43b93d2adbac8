package org.omerods.storage.irods.write;

import java.util.Optional;
import org.omerods.storage.Content;

/** Hands out the pieces of an upload to whoever is free, each once, in order. Thread-safe. */
interface Pieces {

    /**
     * At most {@link WriteFlight#PIECE_BYTES}.
     *
     * @param content that it is read from, at the same offset
     */
    record Piece(long offset, int length, Content content) {}

    /** The next one; empty when there will be none. May wait for it. */
    Optional<Piece> take() throws InterruptedException;

    /** Hands out no more: somebody failed. */
    void stop();

    boolean areStopped();
}
