package org.omerods.zone.agent;

import java.util.Optional;
import java.util.TreeMap;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The descriptors of a connection: the lowest free number from 3 up. For one thread. */
final class Descriptors {
    private static final Logger log = LoggerFactory.getLogger(Descriptors.class);

    /** The first number; 0 to 2 are never given out. */
    private static final int FIRST = 3;

    /** The real agent has this many numbers; one more open ends it. */
    private static final int END = 1024;

    private final ZoneServices zone;
    private final TreeMap<Integer, OpenReplica> open = new TreeMap<>();

    Descriptors(ZoneServices zone) {
        this.zone = zone;
    }

    int add(OpenReplica replica) throws ApiException {
        int number = FIRST;
        while (open.containsKey(number)) {
            number++;
        }
        if (number >= END) {
            throw new ApiException(Status.DESCRIPTOR_OUT_OF_RANGE, "too many open objects on this connection");
        }
        open.put(number, replica);
        return number;
    }

    /** Whether one more can be opened. */
    boolean hasRoom() {
        return open.size() < END - FIRST;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** What {@code number} stands for. */
    OpenReplica get(int number) throws ApiException {
        if (number < FIRST || number >= END) {
            throw new ApiException(Status.DESCRIPTOR_OUT_OF_RANGE, "descriptor " + number);
        }
        return find(number).orElseThrow(() -> new ApiException(Status.BAD_DESCRIPTOR, "descriptor " + number));
    }

    Optional<OpenReplica> find(int number) {
        return Optional.ofNullable(open.get(number));
    }

    /** Whether {@code number} could be given out. */
    static boolean inRange(int number) {
        return number >= FIRST && number < END;
    }

    void remove(int number) {
        open.remove(number);
    }

    /** Closes all as if their client had died. */
    void abandonAll() {
        open.values().forEach(replica -> {
            try {
                Closing.abandon(zone, replica);
            } catch (Exception e) {
                log.warn(
                        "cannot settle {} after its writer went: {}",
                        replica.input().path(),
                        e.toString());
            }
        });
        open.clear();
    }
}
