package org.omerods.omero.remote;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * The cookies of one session with one server, so path and domain do not matter. A cookie that is told to live 0 seconds is
 * forgotten. Thread-safe.
 */
final class Cookies {
    private final Map<String, String> values = new ConcurrentSkipListMap<>();

    /** Takes what an answer sets. */
    void accept(List<String> setCookieHeaders) {
        for (String header : setCookieHeaders) {
            String[] parts = header.split(";");
            int equals = parts[0].indexOf('=');
            if (equals <= 0) {
                continue;
            }
            String name = parts[0].substring(0, equals).strip();
            boolean ended = false;
            for (String part : parts) {
                ended |= part.strip().equalsIgnoreCase("max-age=0");
            }
            if (ended) {
                values.remove(name);
            } else {
                values.put(name, parts[0].substring(equals + 1).strip());
            }
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** The value of the request's header. */
    String header() {
        return values.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }
}
