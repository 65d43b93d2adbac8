package org.omerods.storage.irods.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;

/**
 * One wave of a read: all pieces that are still missing, sent together, received in order, the version checked behind
 * them where that is wanted. Pieces whose connection broke are left over for the next wave, which opens anew and so checks
 * the version before it fetches another byte. For one thread.
 */
final class RangeRead {
    private final DataObject object;
    private final Descriptors descriptors;
    private final Connections connections;
    private final boolean together;
    private @Nullable Connection common;
    private @Nullable ConnectionException lastFailure;

    /** Where connections come from. */
    interface Connections {
        Connection next() throws ConnectionException, InterruptedException;
    }

    /** @param together all pieces on one connection, with one question behind the last; else each where there is room */
    RangeRead(DataObject object, Descriptors descriptors, Connections connections, boolean together) {
        this.object = object;
        this.together = together;
        this.descriptors = descriptors;
        this.connections = connections;
    }

    /**
     * What became of a wave.
     *
     * @param verified all its bytes are here, and known to be of the version
     */
    record Outcome(
            List<Piece> broken,
            boolean changed,
            boolean verified,
            @Nullable ConnectionException failure) {}

    Outcome run(List<Piece> pieces, boolean check) throws InterruptedException, StorageException {
        List<PieceFlight> flights = new ArrayList<>(pieces.size());
        List<Piece> broken = new ArrayList<>();
        boolean changed = false;
        try {
            begin(pieces, check, flights, broken);
            if (!flights.isEmpty()) {
                flights.getLast().settle();
            }
            for (PieceFlight flight : flights) {
                changed |= !receive(flight, broken);
            }
            boolean whole = check && !changed && broken.isEmpty() && isQuestionBehindAll(flights);
            return new Outcome(broken, changed, whole && areVerified(flights), lastFailure);
        } finally {
            flights.forEach(PieceFlight::end);
        }
    }

    private void begin(List<Piece> pieces, boolean check, List<PieceFlight> flights, List<Piece> broken)
            throws InterruptedException {
        for (int i = 0; i < pieces.size(); i++) {
            try {
                PieceFlight flight = PieceFlight.begin(object, pieces.get(i), connection(), descriptors);
                flights.add(flight);
                send(flight, check && (!together || i == pieces.size() - 1));
            } catch (ConnectionException e) {
                // The server cannot be reached, or was lost this moment: the rest would only wait for the same again.
                lastFailure = e;
                broken.addAll(pieces.subList(i, pieces.size()));
                return;
            }
        }
    }

    private Connection connection() throws ConnectionException, InterruptedException {
        Connection next = common == null ? connections.next() : common;
        common = together ? next : null;
        return next;
    }

    private void send(PieceFlight flight, boolean check) throws InterruptedException {
        if (check) {
            flight.alsoCheck();
        }
        try {
            flight.send();
        } catch (ConnectionException e) {
            lastFailure = e;
        }
    }

    /** Not when a piece was sent again and the last one, which has the question for all, was not. */
    private boolean isQuestionBehindAll(List<PieceFlight> flights) {
        return !together || flights.getLast().wasSentAgain() || flights.stream().noneMatch(PieceFlight::wasSentAgain);
    }

    private static boolean areVerified(List<PieceFlight> flights) throws InterruptedException, StorageException {
        for (PieceFlight flight : flights) {
            if (!flight.isVerified()) {
                return false;
            }
        }
        return true;
    }

    /** @return false when the bytes are not those of the version */
    private boolean receive(PieceFlight flight, List<Piece> broken) throws InterruptedException, StorageException {
        if (!flight.isSent()) {
            broken.add(flight.piece());
            return true;
        }
        try {
            return flight.receive();
        } catch (ConnectionException e) {
            lastFailure = e;
            broken.add(flight.piece());
            return true;
        }
    }
}
