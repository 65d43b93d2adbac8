package org.omerods.storage.irods.read;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.irods.session.Connection;

/** The descriptor tables of all connections, and how many readers each version has. Thread-safe. */
final class Descriptors {
    private final Map<Connection, DescriptorTable> tables = new ConcurrentHashMap<>();
    private final Map<ObjectVersion, Integer> readers = new ConcurrentHashMap<>();

    DescriptorTable of(Connection connection) {
        DescriptorTable table = tables.get(connection);
        if (table != null) {
            return table;
        }
        tables.keySet().removeIf(known -> !known.isUsable());
        return tables.computeIfAbsent(connection, DescriptorTable::new);
    }

    void readerOpened(ObjectVersion version) {
        readers.merge(version, 1, Integer::sum);
    }

    void readerClosed(ObjectVersion version) {
        Integer left = readers.computeIfPresent(version, (v, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            tables.values().forEach(table -> table.trim(other -> !readers.containsKey(other)));
        }
    }
}
