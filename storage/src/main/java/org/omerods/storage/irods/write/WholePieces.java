package org.omerods.storage.irods.write;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.omerods.storage.Content;

/** The pieces of a content that is complete. Thread-safe. */
final class WholePieces implements Pieces {
    private final Content content;
    private final AtomicLong next = new AtomicLong();
    private volatile boolean stopped;

    WholePieces(Content content) {
        this.content = content;
    }

    @Override
    public Optional<Piece> take() {
        long offset = next.getAndAdd(WriteFlight.PIECE_BYTES);
        if (offset >= content.size()) {
            return Optional.empty();
        }
        int length = (int) Math.min(WriteFlight.PIECE_BYTES, content.size() - offset);
        return Optional.of(new Piece(offset, length, content));
    }

    @Override
    public void stop() {
        stopped = true;
        next.set(content.size());
    }

    @Override
    public boolean areStopped() {
        return stopped;
    }
}
