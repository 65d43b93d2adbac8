package org.omerods.zone.agent;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/** The open collections of a connection: the lowest free handle from 0 up. For one thread. */
final class Listings {
    /** A client reads one collection at a time; each open one holds its entries. */
    private static final int MAX_OPEN = 100;

    private final Map<Integer, Iterator<byte[]>> open = new HashMap<>();

    int add(Iterator<byte[]> entries) throws ApiException {
        int handle = 0;
        while (open.containsKey(handle)) {
            handle++;
        }
        if (handle >= MAX_OPEN) {
            throw new ApiException(Status.DESCRIPTOR_OUT_OF_RANGE, "too many open collections on this connection");
        }
        open.put(handle, entries);
        return handle;
    }

    Iterator<byte[]> get(int handle) throws ApiException {
        Iterator<byte[]> entries = open.get(handle);
        if (entries == null) {
            throw new ApiException(Status.DESCRIPTOR_OUT_OF_RANGE, "collection handle " + handle);
        }
        return entries;
    }

    void remove(int handle) {
        open.remove(handle);
    }
}
