package org.omerods.storage.irods.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.omerods.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one server, at most {@code maxConnections}. Connections are shared, not lent: requests of many
 * threads go out on the same one, so nobody waits for a free one and nothing is asked of the catalog to hand one out.
 * Only writers hold one for themselves. Thread-safe.
 */
public final class ConnectionPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConnectionPool.class);

    /**
     * Load in bytes up to which a lane stays on one connection, with what a request costs counted as bytes. Below, a second
     * one gains nothing on a fast network and costs an open of the object; above, several TCP windows carry more than one,
     * and several agents work at a time.
     */
    private static final long BUSY_BYTES = 2 * 1024 * 1024;

    /** What one connection can have under way: prefetch rather makes another than waits for room on this. */
    private static final long FULL_BYTES = 8 * 1024 * 1024;

    /** An unused agent is given back after this; logging in again costs about 60 ms. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** Prefetch lets go of what is not its own when somebody waits; this long after the last one it may have it again. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private final Endpoint endpoint;
    private final SessionSettings settings;
    private final Watchdog watchdog;
    private final LanePlan plan;
    private final List<Slot> slots;
    private final Semaphore writers;

    /** One less: who takes his time never takes the last one. */
    private final Semaphore spareWriters;

    private final List<Integer> freeWriters;
    private final AtomicLong lastDemandNanos = new AtomicLong(System.nanoTime());

    public ConnectionPool(Endpoint endpoint, SessionSettings settings, Counters counters) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.watchdog = new Watchdog(settings.readTimeout());
        SessionOpener opener = new SessionOpener(settings, watchdog, counters);
        this.plan = LanePlan.of(settings.maxConnections());
        this.slots = IntStream.range(0, settings.maxConnections())
                .mapToObj(i -> new Slot(endpoint, opener, watchdog))
                .toList();
        this.writers = new Semaphore(plan.write().size(), true);
        this.spareWriters = new Semaphore(plan.write().size() - 1);
        this.freeWriters = new ArrayList<>(plan.write());
        watchdog.start(this::closeIdle);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * A working connection of a lane, made now if there is none. When those of the lane are busy, one of another lane is
     * lent: to demand any that has little to do, to prefetch those of writers, and those of demand and catalog while both
     * are quiet.
     */
    public Connection connection(Lane lane) throws ConnectionException, InterruptedException {
        if (lane == Lane.DEMAND || lane == Lane.CATALOG) {
            lastDemandNanos.set(System.nanoTime());
        }
        List<Connection> open = new ArrayList<>();
        List<Slot> empty = new ArrayList<>();
        for (int number : numbers(lane)) {
            Slot slot = slots.get(number);
            slot.current().ifPresentOrElse(open::add, () -> empty.add(slot));
        }
        if (open.isEmpty()) {
            return empty.getFirst().get();
        }
        Optional<Connection> free =
                open.stream().filter(c -> c.load() < BUSY_BYTES).findFirst();
        if (free.isPresent()) {
            return free.get();
        }
        Optional<Slot> further = oneMore(lane, open, empty);
        Connection least =
                open.stream().min(Comparator.comparingLong(Connection::load)).orElseThrow();
        if (further.isPresent() && lane == Lane.TRANSFER && least.load() >= FULL_BYTES) {
            return further.get().get();
        }
        further.ifPresent(slot -> Thread.ofVirtual().name("irods-connect").start(() -> openQuietly(slot)));
        return least;
    }

    /** Where another connection is worth it: one at a time, but for prefetch as many as the distance asks for. */
    private static Optional<Slot> oneMore(Lane lane, List<Connection> open, List<Slot> empty) {
        List<Slot> inviting = empty.stream().filter(Slot::invitesTry).toList();
        int underWay = empty.size() - inviting.size();
        boolean wanted = lane == Lane.TRANSFER
                ? open.size() + underWay < LanePlan.transfers(roundTripNanos(open))
                : underWay == 0;
        return wanted ? inviting.stream().findFirst() : Optional.empty();
    }

    /** Of a lane and those that are lent to it, in the order in which they are to be used. */
    private List<Integer> numbers(Lane lane) {
        List<Integer> own = plan.slots(lane);
        if (lane == Lane.CATALOG || lane == Lane.WRITE) {
            return own;
        }
        List<Integer> lent = new ArrayList<>(own);
        synchronized (freeWriters) {
            addMissing(lent, freeWriters);
        }
        if (lane == Lane.DEMAND) {
            addMissing(lent, plan.transfer());
        } else if (System.nanoTime() - lastDemandNanos.get() > QUIET.toNanos()) {
            addMissing(lent, plan.demand());
            addMissing(lent, plan.catalog());
        }
        return lent;
    }

    private static void addMissing(List<Integer> numbers, List<Integer> more) {
        more.stream().filter(number -> !numbers.contains(number)).forEach(numbers::add);
    }

    private static long roundTripNanos(List<Connection> open) {
        return open.stream().mapToLong(Connection::roundTripNanos).min().orElse(0);
    }

    /** A connection for one writer alone; the caller gives it back. Waits at most as long as a server may be silent. */
    public WriterLease writer() throws ConnectionException, InterruptedException {
        if (!writers.tryAcquire(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ConnectionException(
                    Reason.TIMEOUT, "all " + plan.write().size() + " connections for writing are taken");
        }
        return leaseFree();
    }

    /** With a permit, which the lease gives back. */
    private WriterLease leaseFree() throws ConnectionException, InterruptedException {
        int number;
        synchronized (freeWriters) {
            number = freeWriters.removeLast();
        }
        boolean leased = false;
        try {
            WriterLease lease = new WriterLease(slots.get(number).get(), () -> giveBack(number));
            leased = true;
            return lease;
        } finally {
            if (!leased) {
                giveBack(number);
            }
        }
    }

    /**
     * The same for a writer that takes its time; empty when no connection would be left for others, who wait for one.
     */
    public Optional<WriterLease> spareWriter() throws ConnectionException, InterruptedException {
        if (!spareWriters.tryAcquire()) {
            return Optional.empty();
        }
        boolean leased = false;
        try {
            if (!writers.tryAcquire()) {
                return Optional.empty();
            }
            WriterLease lease = leaseFree();
            leased = true;
            return Optional.of(new WriterLease(lease.connection(), () -> {
                lease.close();
                spareWriters.release();
            }));
        } finally {
            if (!leased) {
                spareWriters.release();
            }
        }
    }

    /** How many connections it takes to fill the line to the server of one, 1 or more. */
    public int carriers(Connection connection) {
        return LanePlan.carriers(connection.roundTripNanos());
    }

    /** How many connections a lane has at most. */
    public int size(Lane lane) {
        return plan.slots(lane).size();
    }

    /** One certain connection of a lane, made now if it is not there: for work that is to be spread over several. */
    public Connection connection(Lane lane, int number) throws ConnectionException, InterruptedException {
        return slots.get(plan.slots(lane).get(number)).get();
    }

    /** What the server of the first connection said; makes one if there is none. */
    public ServerVersion serverVersion() throws ConnectionException, InterruptedException {
        Slot slot = slots.get(plan.catalog().getFirst());
        slot.get();
        return slot.version().orElseThrow();
    }

    private void giveBack(int number) {
        synchronized (freeWriters) {
            freeWriters.add(number);
        }
        writers.release();
    }

    private static void openQuietly(Slot slot) {
        try {
            slot.get();
        } catch (ConnectionException e) {
            log.debug("no further connection: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeIdle() {
        slots.forEach(slot -> slot.closeIfIdle(IDLE));
    }

    @Override
    public void close() {
        slots.forEach(Slot::close);
        watchdog.close();
    }
}
