package org.omerods.storage.irods.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a read, fetched by one lseek and one read.
 *
 * @param offset in the object
 * @param target exactly as long as the part
 */
record Piece(long offset, ByteBuffer target) {

    /**
     * 8 x 1 MiB fill one TCP stream as well as larger pieces do (measured from 0 to 30 ms), spread well over several, and
     * little is fetched again when a connection breaks.
     */
    static final int MAX_BYTES = 1024 * 1024;

    int length() {
        return target.capacity();
    }

    static List<Piece> cut(long offset, ByteBuffer target) {
        int length = target.remaining();
        if (length <= MAX_BYTES) {
            return List.of(new Piece(offset, target.slice()));
        }
        List<Piece> pieces = new ArrayList<>(length / MAX_BYTES + 1);
        for (int at = 0; at < length; at += MAX_BYTES) {
            int size = Math.min(MAX_BYTES, length - at);
            pieces.add(new Piece(offset + at, target.slice(target.position() + at, size)));
        }
        return pieces;
    }
}
