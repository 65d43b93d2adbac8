package org.omerods.storage.irods.read;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The descriptors of one connection, by object version, least recently used first. Thread-safe. */
final class DescriptorTable {
    private static final Logger log = LoggerFactory.getLogger(DescriptorTable.class);

    /** An agent holds about 1,020 open objects and the next one can end it: stay far below. */
    private static final int MAX_OPEN = 256;

    /** Kept open although no reader is: programs open the same slide many times over, and an open costs 5 ms. */
    private static final int MAX_UNUSED = 16;

    /** What an agent gives to the first open of a connection. */
    private static final int FIRST_NUMBER = 3;

    private final Connection connection;
    /** Guards the map and the descriptors' user counts; never held over I/O. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<ObjectVersion, Descriptor> descriptors = new LinkedHashMap<>(16, 0.75f, true);

    DescriptorTable(Connection connection) {
        this.connection = connection;
    }

    Descriptor acquire(DataObject object) {
        Descriptor descriptor;
        List<Descriptor> superfluous;
        lock.lock();
        try {
            Descriptor known = descriptors.get(object.version());
            descriptor = known != null ? known : new Descriptor(connection, object, lowestFree());
            if (known == null) {
                descriptors.put(object.version(), descriptor);
            }
            descriptor.users++;
            superfluous = removeOldest(descriptors.size() - MAX_OPEN, version -> true);
        } finally {
            lock.unlock();
        }
        closeAll(superfluous);
        return descriptor;
    }

    /** The server gives the lowest number that is free. A guess: opens under way may fail, or overtake each other. */
    private int lowestFree() {
        BitSet taken = new BitSet();
        taken.set(0, FIRST_NUMBER);
        descriptors.values().forEach(descriptor -> taken.set(descriptor.expected()));
        return taken.nextClearBit(0);
    }

    void release(Descriptor descriptor) {
        lock.lock();
        try {
            descriptor.users--;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a descriptor whose open failed, so that the next read tries again. */
    void discard(ObjectVersion version, Descriptor descriptor) {
        lock.lock();
        try {
            descriptors.remove(version, descriptor);
        } finally {
            lock.unlock();
        }
    }

    /** Closes what nobody needs any more, but for the most recently used. */
    void trim(Predicate<ObjectVersion> isUnused) {
        List<Descriptor> superfluous;
        lock.lock();
        try {
            int unused = (int) descriptors.keySet().stream().filter(isUnused).count();
            superfluous = removeOldest(unused - MAX_UNUSED, isUnused);
        } finally {
            lock.unlock();
        }
        closeAll(superfluous);
    }

    private List<Descriptor> removeOldest(int count, Predicate<ObjectVersion> mayGo) {
        List<Descriptor> removed = new ArrayList<>();
        Iterator<Map.Entry<ObjectVersion, Descriptor>> all =
                descriptors.entrySet().iterator();
        while (removed.size() < count && all.hasNext()) {
            Map.Entry<ObjectVersion, Descriptor> next = all.next();
            if (next.getValue().users == 0 && next.getValue().isOpen() && mayGo.test(next.getKey())) {
                removed.add(next.getValue());
                all.remove();
            }
        }
        return removed;
    }

    private static void closeAll(List<Descriptor> superfluous) {
        for (Descriptor descriptor : superfluous) {
            try {
                descriptor.close();
            } catch (ConnectionException e) {
                log.debug("a descriptor went with its connection: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it stays open until the connection ends
            }
        }
    }
}
