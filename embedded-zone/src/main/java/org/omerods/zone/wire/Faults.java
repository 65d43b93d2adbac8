package org.omerods.zone.wire;

import java.time.Duration;
import java.util.Optional;

/** What is to go wrong on purpose. Implementations are thread safe and may change their answers at any time. */
public interface Faults {
    /** Whether a connection that was just accepted is to be dropped. */
    boolean refusesConnections();

    /** After how many sent bytes a new connection is to be cut; {@link Long#MAX_VALUE} for never. Asked once each. */
    long bytesBeforeCut();

    /** How long each reply waits. */
    Duration replyDelay();

    /** How long each read of a replica waits, besides. */
    Duration readDelay();

    /** The most bytes that one write hands to TCP; 0 for no limit. */
    int largestPiece();

    /** Whether this reply is to be cut in its middle, and the connection closed. */
    boolean truncates(String call);

    /** The release that the server claims to be instead of its own. */
    Optional<String> claimedVersion();

    /** What happens to a request that just came. Asked once for each. */
    CallFault faultOf(String call);
}
