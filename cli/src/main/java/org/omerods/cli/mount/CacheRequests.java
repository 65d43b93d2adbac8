package org.omerods.cli.mount;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.omerods.cli.daemon.ControlServer;
import org.omerods.fs.block.CacheMaintenance;
import org.omerods.fs.block.CacheMaintenance.Compared;
import org.omerods.fs.block.CachedContent;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** What {@code omerods cache} asks of a running mount. Thread-safe. */
public final class CacheRequests implements ControlServer.Handler {
    private final CacheMaintenance cache;
    private final Storage storage;
    private final StoragePath root;

    public CacheRequests(CacheMaintenance cache, Storage storage, StoragePath root) {
        this.cache = cache;
        this.storage = storage;
        this.root = root;
    }

    @Override
    public Object handle(JsonNode request, ControlServer.Teller tell) throws Exception {
        String operation = request.path("operation").asText();
        return switch (operation) {
            case "contents" -> cache.contents();
            case "warm" -> warm(request, tell);
            case "unpin" -> unpin(objects(request));
            case "evict" -> evict(objects(request));
            case "verify" -> verify(request, tell);
            case "gc" -> collectGarbage();
            default ->
                throw new IOException("the mount's process does not know '" + operation
                        + "': it is of another version; unmount and mount again");
        };
    }

    /** All objects at and below the paths of a request. */
    private List<DataObject> objects(JsonNode request) throws StorageException {
        Deque<StoragePath> left = new ArrayDeque<>();
        for (JsonNode path : request.path("paths")) {
            left.add(under(path.asText()));
        }
        List<DataObject> objects = new ArrayList<>();
        while (!left.isEmpty()) {
            Entry entry = storage.stat(left.poll());
            if (entry instanceof DataObject object) {
                objects.add(object);
            } else if (entry instanceof Collection collection) {
                list(collection, objects, left);
            }
        }
        return objects;
    }

    private void list(Collection collection, List<DataObject> objects, Deque<StoragePath> left)
            throws StorageException {
        for (Entry child : storage.list(collection.path()).entries()) {
            if (child instanceof DataObject object) {
                objects.add(object);
            } else if (child instanceof Collection) {
                left.add(child.path());
            }
        }
    }

    private StoragePath under(String relative) {
        StoragePath path = root;
        for (String name : relative.split("/", -1)) {
            path = name.isEmpty() ? path : path.child(name);
        }
        return path;
    }

    private Object warm(JsonNode request, ControlServer.Teller tell) throws Exception {
        List<DataObject> objects = objects(request);
        if (request.path("pin").asBoolean()) {
            for (DataObject object : objects) {
                cache.pin(object);
            }
        }
        Warming warming = new Warming(
                cache,
                objects,
                request.path("parallel").asInt(1),
                request.path("bytesPerSecond").asLong(),
                tell);
        return warming.run();
    }

    private Object unpin(List<DataObject> objects) throws IOException {
        for (DataObject object : objects) {
            cache.unpin(object);
        }
        return Map.of("objects", objects.size());
    }

    private Object evict(List<DataObject> objects) throws IOException {
        long bytes = 0;
        for (DataObject object : objects) {
            bytes += cache.evict(object);
        }
        return Map.of("objects", objects.size(), "bytes", bytes);
    }

    private Object verify(JsonNode request, ControlServer.Teller tell) throws Exception {
        long total =
                cache.contents().stream().mapToLong(CachedContent::cachedBytes).sum();
        Progress progress = new Progress(tell, total);
        CacheMaintenance.Verified verified = cache.verify(progress::add, progress::goOn);
        progress.requireListener();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("bytes", verified.bytes());
        told.put("damagedBytes", verified.damagedBytes());
        if (request.path("checksum").asBoolean()) {
            compareAll(told);
        }
        return told;
    }

    private void compareAll(Map<String, Object> told) throws StorageException {
        int right = 0;
        List<String> wrong = new ArrayList<>();
        for (CachedContent content : cache.contents()) {
            for (DataObject object : content.isComplete() ? current(content.path()) : List.<DataObject>of()) {
                Compared compared = cache.compare(object);
                right += compared == Compared.RIGHT ? 1 : 0;
                if (compared == Compared.WRONG) {
                    wrong.add(content.path());
                }
            }
        }
        told.put("rightObjects", right);
        told.put("wrongObjects", wrong);
    }

    /** The object at a path; none when there is none. */
    private List<DataObject> current(String path) throws StorageException {
        try {
            return storage.stat(StoragePath.of(path)) instanceof DataObject object ? List.of(object) : List.of();
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private Object collectGarbage() throws StorageException, IOException {
        int obsolete = 0;
        TreeSet<String> paths = new TreeSet<>();
        cache.contents().forEach(content -> paths.add(content.path()));
        for (String path : paths) {
            obsolete += cache.removeOthersAt(path, current(path));
        }
        return Map.of("obsoleteVersions", obsolete, "orphanFiles", cache.removeOrphans());
    }
}
