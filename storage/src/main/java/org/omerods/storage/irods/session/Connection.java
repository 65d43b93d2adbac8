package org.omerods.storage.irods.session;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.MessageHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with a server, shared by many threads: each submits requests, which go out in order of submission, and
 * waits for its replies, which come in the same order. The agent behind a connection answers strictly in order and never
 * drops what it has not read yet, so any number of requests may be under way.
 *
 * <p>Locks: {@code writing} guards the transport's sending side and the order of submissions; {@code pendingLock},
 * taken inside it, guards the queue. The reading thread takes {@code pendingLock} only, so it never waits for a writer.
 */
public final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** One connection carries about 3 MiB per round trip (the server's send window): more in flight only waits. */
    private static final int WINDOW_BYTES = 8 * 1024 * 1024;

    private static final int WINDOW_UNIT = 1024;
    /** Enough to wake everybody who waits for room on a connection that is lost. */
    private static final int WAKE_ALL = 1 << 24;
    /** Larger than a listing page of 10,000 rows with the longest names, far below what a broken length could ask for. */
    private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    private static final int MAX_ERROR_BYTES = 1024 * 1024;

    private final String name;
    private final Transport transport;
    private final FrameReader in;
    private final Activity activity;
    private final Counters counters;
    private final ReentrantLock writing = new ReentrantLock();
    private final FrameWriter out;
    private final ReentrantLock pendingLock = new ReentrantLock();
    private final Queue<Exchange> pending = new ArrayDeque<>();
    private final Semaphore window = new Semaphore(WINDOW_BYTES / WINDOW_UNIT, true);
    private final AtomicLong load = new AtomicLong();
    private final RoundTrip roundTrip = new RoundTrip();
    /** The request that was sent while nothing else was under way, and when. Guarded by {@code pendingLock}. */
    private @Nullable Exchange alone;

    private long aloneSince;
    private final Thread reader;
    private volatile @Nullable Failure failure;
    private volatile boolean retired;

    private record Failure(Reason reason, String message) {}

    Connection(String name, Transport transport, FrameReader in, Activity activity, Counters counters) {
        this.name = name;
        this.transport = transport;
        this.in = in;
        this.activity = activity;
        this.counters = counters;
        this.out = new FrameWriter(transport, activity::progress, counters);
        this.reader = Thread.ofPlatform().daemon().name("irods-reader " + name).unstarted(this::readReplies);
    }

    void start() {
        reader.start();
    }

    /** Whether new requests are taken. */
    public boolean isUsable() {
        return failure == null && !retired;
    }

    /** Bytes that are under way, and what requests cost as bytes. */
    long load() {
        return load.get();
    }

    /** The least time in nanoseconds in which the server answered lately; 0 when it did not answer yet. */
    public long roundTripNanos() {
        return roundTrip.nanos();
    }

    /** Submits one request. */
    public Exchange submit(Request request) throws ConnectionException, InterruptedException {
        return submitAll(List.of(request)).getFirst();
    }

    /**
     * Submits requests one directly after the other: no other thread's come in between. Waits while the connection has
     * as many bytes to bring as it can carry.
     */
    public List<Exchange> submitAll(List<Request> requests) throws ConnectionException, InterruptedException {
        List<Exchange> exchanges = new ArrayList<>(requests.size());
        for (Request request : requests) {
            exchanges.add(new Exchange(request, this::giveUp));
        }
        acquireWindow(exchanges);
        writing.lock();
        try {
            sendAll(exchanges);
        } catch (IOException e) {
            String message = "the connection to " + name + " broke while sending: " + describe(e);
            fail(Reason.UNAVAILABLE, message);
            exchanges.forEach(exchange -> exchange.lost(Reason.UNAVAILABLE, message));
        } finally {
            writing.unlock();
        }
        return exchanges;
    }

    private void sendAll(List<Exchange> exchanges) throws ConnectionException, IOException {
        try {
            for (Exchange exchange : exchanges) {
                enqueue(exchange);
                log.trace("{} > {}", name, exchange.request().api());
                out.put(exchange.request());
            }
        } finally {
            // Whoever already waits for the lock will flush: a burst of small requests becomes few packets.
            if (!writing.hasQueuedThreads()) {
                out.flush();
            }
        }
    }

    /** Takes no more requests; what is under way is still answered, then the session ends. */
    public void retire() {
        retired = true;
        if (load.get() == 0) {
            giveUp();
        }
    }

    /** Lets the server be silent for longer than usual, for a call that takes its time; zero ends that. */
    public void allowSilence(Duration more) {
        activity.allow(more);
    }

    /** Ends the session at once: what is under way is lost. */
    public void abort(Reason reason, String message) {
        fail(reason, message);
    }

    private void giveUp() {
        fail(Reason.UNAVAILABLE, "the connection to " + name + " was given up");
    }

    private void acquireWindow(List<Exchange> exchanges) throws InterruptedException {
        int bytes = exchanges.stream().mapToInt(Exchange::targetBytes).sum();
        if (bytes > WINDOW_BYTES) {
            throw new IllegalArgumentException(bytes + " bytes in one submission");
        }
        if (bytes > 0 && !window.tryAcquire(windowUnits(bytes))) {
            load.addAndGet(bytes); // whoever looks for a connection should see that there is a queue
            try {
                window.acquire(windowUnits(bytes));
            } finally {
                load.addAndGet(-bytes);
            }
        }
    }

    private static int windowUnits(int bytes) {
        return (bytes + WINDOW_UNIT - 1) / WINDOW_UNIT;
    }

    private void enqueue(Exchange exchange) throws ConnectionException {
        counters.request(exchange.request().api());
        pendingLock.lock();
        try {
            Failure lost = failure;
            if (lost != null) {
                throw new ConnectionException(lost.reason(), lost.message());
            }
            if (retired) {
                throw new ConnectionException(Reason.UNAVAILABLE, "the connection to " + name + " was given up");
            }
            if (pending.isEmpty()) {
                counters.flight();
                activity.begin();
                alone = exchange;
                aloneSince = System.nanoTime();
            }
            pending.add(exchange);
            load.addAndGet(exchange.load());
        } finally {
            pendingLock.unlock();
        }
    }

    private void readReplies() {
        try {
            while (true) {
                MessageHeader header = in.readHeader();
                readReply(header);
            }
        } catch (EOFException e) {
            fail(Reason.UNAVAILABLE, "the server " + name + " closed the connection");
        } catch (IOException e) {
            fail(Reason.UNAVAILABLE, "the connection to " + name + " broke: " + describe(e));
        } catch (MalformedMessage e) {
            fail(Reason.CORRUPT, "the server " + name + " broke the protocol: " + e.getMessage());
        } catch (RuntimeException e) {
            log.error("reading from {} failed", name, e);
            fail(Reason.CORRUPT, "reading from " + name + " failed: " + e);
        }
    }

    private void readReply(MessageHeader header) throws IOException, MalformedMessage {
        if (!header.type().equals(MessageHeader.API_REPLY)) {
            throw new MalformedMessage("a message of type " + header.type() + " where a reply was expected");
        }
        Exchange exchange = first();
        if (header.messageLength() > MAX_BODY_BYTES || header.errorLength() > MAX_ERROR_BYTES) {
            throw new MalformedMessage(
                    "a reply of " + header.messageLength() + " + " + header.errorLength() + " bytes");
        }
        int binary = header.binaryLength();
        if (binary > exchange.targetBytes() || (binary != 0 && binary != header.info())) {
            throw new MalformedMessage("a reply to " + exchange.request().api() + " with " + binary
                    + " binary bytes, status " + header.info() + ", asked were " + exchange.targetBytes());
        }
        byte[] body = in.readBytes(header.messageLength());
        byte[] errors = in.readBytes(header.errorLength());
        in.readInto(binary, exchange.target());
        log.trace("{} < {} status {}", name, exchange.request().api(), header.info());
        removeFirst();
        exchange.answered(new Reply(header.info(), body, errors, binary));
    }

    private Exchange first() throws MalformedMessage {
        pendingLock.lock();
        try {
            Exchange exchange = pending.peek();
            if (exchange == null) {
                throw new MalformedMessage("a reply that nobody asked for");
            }
            if (exchange == alone) {
                long now = System.nanoTime();
                roundTrip.measured(now - aloneSince, now);
                alone = null;
            }
            return exchange;
        } finally {
            pendingLock.unlock();
        }
    }

    private void removeFirst() {
        boolean nowIdle;
        pendingLock.lock();
        try {
            Exchange exchange = pending.poll();
            if (exchange == null) {
                return; // the connection failed meanwhile
            }
            release(exchange);
            nowIdle = pending.isEmpty();
            if (nowIdle) {
                activity.end();
            }
        } finally {
            pendingLock.unlock();
        }
        if (nowIdle && retired) {
            giveUp();
        }
    }

    private void release(Exchange exchange) {
        load.addAndGet(-exchange.load());
        window.release(windowUnits(exchange.targetBytes()));
    }

    /** Ends the connection for everybody; the first reason counts. Never blocks on the network. */
    private void fail(Reason reason, String message) {
        List<Exchange> lost;
        pendingLock.lock();
        try {
            if (failure != null) {
                return;
            }
            failure = new Failure(reason, message);
            lost = List.copyOf(pending);
            pending.clear();
            activity.end();
        } finally {
            pendingLock.unlock();
        }
        transport.close();
        window.release(WAKE_ALL);
        if (!lost.isEmpty()) {
            counters.connectionLost();
            log.debug("{}; {} requests were under way", message, lost.size());
        }
        lost.forEach(exchange -> exchange.lost(reason, message));
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public String toString() {
        return name;
    }
}
