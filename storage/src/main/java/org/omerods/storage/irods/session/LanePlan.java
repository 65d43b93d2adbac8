package org.omerods.storage.irods.session;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which of the numbered connections each lane may use. With eight: one for the catalog, two for demand, three for
 * prefetch, two for writers. With fewer, lanes share: first writers with prefetch, then the catalog with demand.
 * What a lane does not use is lent to others ({@link ConnectionPool}).
 */
record LanePlan(List<Integer> catalog, List<Integer> demand, List<Integer> transfer, List<Integer> write) {
    private static final int ENOUGH_FOR_TWO_WRITERS = 8;

    /** 25 Gbit/s less what TCP takes of it. */
    private static final double LINE_BYTES_PER_SECOND = 2.5 * (1 << 30);

    /** The send window of a server, measured: 106 MiB/s at 30 ms, 310 at 10. */
    private static final double BYTES_PER_ROUND_TRIP = 3 << 20;

    static LanePlan of(int connections) {
        return switch (connections) {
            case 1 -> new LanePlan(range(0, 1), range(0, 1), range(0, 1), range(0, 1));
            case 2 -> new LanePlan(range(0, 1), range(0, 1), range(1, 2), range(1, 2));
            case 3 -> new LanePlan(range(0, 1), range(1, 2), range(2, 3), range(2, 3));
            default -> {
                int writers = connections >= ENOUGH_FOR_TWO_WRITERS ? 2 : 1;
                int readers = connections - 1 - writers;
                int demand = Math.max(1, readers / 2);
                yield new LanePlan(
                        range(0, 1),
                        range(1, 1 + demand),
                        range(1 + demand, 1 + readers),
                        range(1 + readers, connections));
            }
        };
    }

    /** How many connections prefetch may have open at a distance: one more, since an agent reads its disk while another sends. */
    static int transfers(long roundTripNanos) {
        return 1 + carriers(roundTripNanos);
    }

    /**
     * How many connections it takes to fill the line at a distance, 1 or more: one carries about 3 MiB per round trip,
     * whatever the line could carry, and the line may carry 2.5 GiB/s.
     */
    static int carriers(long roundTripNanos) {
        double wantedBytes = roundTripNanos / 1e9 * LINE_BYTES_PER_SECOND;
        return (int) Math.clamp(Math.ceil(wantedBytes / BYTES_PER_ROUND_TRIP), 1, SessionSettings.MAX_CONNECTIONS);
    }

    List<Integer> slots(Lane lane) {
        return switch (lane) {
            case CATALOG -> catalog;
            case DEMAND -> demand;
            case TRANSFER -> transfer;
            case BULK -> bulk();
            case WRITE -> write;
        };
    }

    private List<Integer> bulk() {
        return Stream.concat(demand.stream(), transfer.stream()).distinct().toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
