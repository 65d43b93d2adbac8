// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.wake;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the companion that there is something new, by a datagram to the loopback interface. {@link #wake} never blocks and
 * never throws: a thread of its own sends, at most one datagram in a short time, and always one after the last call. Lost
 * datagrams cost the companion's polling time, nothing else. Thread-safe.
 */
public final class CompanionWaker implements Wakeable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CompanionWaker.class);

    /** An import is dozens of transactions within a second; a companion that polls in 50 ms steps notices no difference. */
    private static final long PAUSE_MILLIS = 50;

    private static final String GREETING = "omerods-wake ";

    private final PluginProperties properties;
    /** One permit: something is new. Never more, so that it stays bounded. */
    private final Semaphore news = new Semaphore(0);

    private final Thread sender = new Thread(this::send, "omerods-wake");
    private volatile boolean closed;
    private boolean complained;

    CompanionWaker(PluginProperties properties) {
        this.properties = properties;
        sender.setDaemon(true);
    }

    /** For Spring: the settings are those of the class path. */
    public static CompanionWaker start() {
        CompanionWaker waker = new CompanionWaker(PluginProperties.read(CompanionWaker.class.getClassLoader()));
        waker.begin();
        return waker;
    }

    void begin() {
        if (properties.port() != 0) {
            sender.start();
        }
    }

    @Override
    public void wake() {
        if (news.availablePermits() == 0) {
            news.release(); // two at once make two permits, which are drained together
        }
    }

    private void send() {
        byte[] message = (GREETING + properties.token()).getBytes(StandardCharsets.UTF_8);
        while (!closed) {
            try {
                news.acquire();
                news.drainPermits();
                send(message);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return; // closed
            } catch (Throwable e) {
                complainOnce(e);
            }
        }
    }

    private void send(byte[] message) throws java.io.IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.send(
                    new DatagramPacket(message, message.length, InetAddress.getLoopbackAddress(), properties.port()));
        }
    }

    /** The same every time: once is enough. Only the sender calls this. */
    private void complainOnce(Throwable failure) {
        if (!complained) {
            complained = true;
            log.warn("the companion cannot be woken, it will find changes by polling: {}", failure.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        sender.interrupt();
    }
}
