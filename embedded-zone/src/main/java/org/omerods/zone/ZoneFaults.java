package org.omerods.zone;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.omerods.zone.wire.CallFault;
import org.omerods.zone.wire.Faults;

/**
 * What goes wrong in a zone on purpose, for the test of its clients. Nothing does at first.
 *
 * <p>Thread safe; each fault may be switched at any time and works from the next reply or connection on.
 */
public final class ZoneFaults {
    private final AtomicReference<Settings> settings = new AtomicReference<>(Settings.NONE);
    private final AtomicLong nextCut = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong connections = new AtomicLong();
    private final AtomicReference<String> truncated = new AtomicReference<>("");
    private final CallFaults calls = new CallFaults();
    private final Runnable dropConnections;

    private record Settings(
            Duration replyDelay,
            Duration readDelay,
            boolean refuses,
            int largestPiece,
            boolean randomPieces,
            int cutEvery,
            long cutAfter,
            Optional<String> version) {
        static final Settings NONE =
                new Settings(Duration.ZERO, Duration.ZERO, false, 0, false, 0, Long.MAX_VALUE, Optional.empty());
    }

    ZoneFaults(Runnable dropConnections) {
        this.dropConnections = dropConnections;
    }

    /** Each reply waits this long before it is sent. */
    public void delayReplies(Duration delay) {
        settings.updateAndGet(s -> new Settings(
                delay, s.readDelay, s.refuses, s.largestPiece, s.randomPieces, s.cutEvery, s.cutAfter, s.version));
    }

    /** Each read of an object waits this long besides: a slow replica. */
    public void delayReads(Duration delay) {
        settings.updateAndGet(s -> new Settings(
                s.replyDelay, delay, s.refuses, s.largestPiece, s.randomPieces, s.cutEvery, s.cutAfter, s.version));
    }

    /** New connections are dropped as soon as they are accepted. */
    public void refuseConnections(boolean refuse) {
        settings.updateAndGet(s -> new Settings(
                s.replyDelay, s.readDelay, refuse, s.largestPiece, s.randomPieces, s.cutEvery, s.cutAfter, s.version));
    }

    /** Replies leave in pieces of at most {@code bytes}, a TCP segment each; 0 switches it off. */
    public void splitReplies(int bytes) {
        setPieces(bytes, false);
    }

    /** Replies leave in pieces of 1 to {@code bytes}, of random size. */
    public void splitRepliesRandomly(int bytes) {
        setPieces(bytes, true);
    }

    /** The next connection is cut after it has sent {@code bytes}. */
    public void cutNextConnectionAfter(long bytes) {
        nextCut.set(bytes);
    }

    /** Every {@code k}-th connection from now on is cut after it has sent {@code bytes}; k = 0 switches it off. */
    public void cutEveryConnection(int k, long bytes) {
        connections.set(0);
        settings.updateAndGet(s -> new Settings(
                s.replyDelay, s.readDelay, s.refuses, s.largestPiece, s.randomPieces, k, bytes, s.version));
    }

    /** The next reply to {@code call}, such as {@code DATA_OBJ_READ}, is sent by half; then the connection is closed. */
    public void truncateNextReply(String call) {
        truncated.set(call);
    }

    /** New connections are told this release, such as {@code rods4.2.8}. */
    public void claimVersion(String release) {
        settings.updateAndGet(s -> new Settings(
                s.replyDelay,
                s.readDelay,
                s.refuses,
                s.largestPiece,
                s.randomPieces,
                s.cutEvery,
                s.cutAfter,
                Optional.of(release)));
    }

    /** The connection of the {@code nth} request of {@code call} from now on (1 for the next) is closed at that moment. */
    public void cut(String call, int nth, CallFault.Moment moment) {
        calls.plan(call, nth, 1, new CallFault.Cut(moment));
    }

    /**
     * Requests of {@code call} are refused with a negative status, such as -513028 (writing, with ENOSPC) for a full disk:
     * the {@code nth} from now on (1 for the next) and those after it, {@code times} in all.
     */
    public void refuse(String call, int nth, int times, int status) {
        calls.plan(call, nth, times, new CallFault.Refuse(status));
    }

    /** How many cuts and refusals of calls have not happened yet. */
    public int pending() {
        return calls.pending();
    }

    /** Drops all connections now, as if each agent had been killed; what they had open for writing becomes stale. */
    public void killAgents() {
        dropConnections.run();
    }

    /** Switches all faults off. */
    public void clear() {
        settings.set(Settings.NONE);
        nextCut.set(Long.MAX_VALUE);
        truncated.set("");
        calls.clear();
    }

    private void setPieces(int bytes, boolean random) {
        if (bytes < 0) {
            throw new IllegalArgumentException("pieces of " + bytes + " bytes");
        }
        settings.updateAndGet(s ->
                new Settings(s.replyDelay, s.readDelay, s.refuses, bytes, random, s.cutEvery, s.cutAfter, s.version));
    }

    /** This object as the server asks it. */
    Faults asFaults() {
        return new Faults() {
            @Override
            public boolean refusesConnections() {
                return settings.get().refuses;
            }

            @Override
            public long bytesBeforeCut() {
                long once = nextCut.getAndSet(Long.MAX_VALUE);
                Settings now = settings.get();
                boolean turn = now.cutEvery > 0 && connections.incrementAndGet() % now.cutEvery == 0;
                return turn ? Math.min(once, now.cutAfter) : once;
            }

            @Override
            public Duration replyDelay() {
                return settings.get().replyDelay;
            }

            @Override
            public Duration readDelay() {
                return settings.get().readDelay;
            }

            @Override
            public int largestPiece() {
                Settings now = settings.get();
                return now.randomPieces && now.largestPiece > 0
                        ? ThreadLocalRandom.current().nextInt(1, now.largestPiece + 1)
                        : now.largestPiece;
            }

            @Override
            public boolean truncates(String call) {
                String wanted = truncated.get();
                return wanted.equals(call) && truncated.compareAndSet(wanted, "");
            }

            @Override
            public CallFault faultOf(String call) {
                return calls.next(call);
            }

            @Override
            public Optional<String> claimedVersion() {
                return settings.get().version;
            }
        };
    }
}
