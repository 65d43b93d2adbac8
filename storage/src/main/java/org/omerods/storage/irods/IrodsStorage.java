package org.omerods.storage.irods;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.omerods.storage.Access;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.GrowingUpload;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.irods.catalog.AccessRights;
import org.omerods.storage.irods.catalog.Catalog;
import org.omerods.storage.irods.catalog.CatalogChanges;
import org.omerods.storage.irods.catalog.KeptPermissions;
import org.omerods.storage.irods.catalog.Marks;
import org.omerods.storage.irods.read.ObjectReads;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Counters;
import org.omerods.storage.irods.session.Endpoint;
import org.omerods.storage.irods.session.ServerVersion;
import org.omerods.storage.irods.write.Links;
import org.omerods.storage.irods.write.ObjectWrites;
import org.omerods.storage.irods.write.Transfer;
import org.omerods.storage.irods.write.Uploads;

/**
 * An iRODS zone, spoken to by the server's own protocol. Connections are made when they are needed, at most as many as
 * configured. An object of which no replica is good is listed with the state that it has, and is not opened.
 */
public final class IrodsStorage implements Storage {
    private final IrodsConfig config;
    private final Counters counters = new Counters();
    private final ConnectionPool pool;
    private final Catalog catalog;
    private final CatalogChanges changes;
    private final AvuStore avus;
    private final ObjectReads reads;
    private final ObjectWrites writes;
    private final Uploads uploads;
    private final AccessRights rights;
    private final Links links;
    private final KeptPermissions permissions;

    private IrodsStorage(IrodsConfig config) {
        this.config = config;
        this.pool = new ConnectionPool(config.server(), config.sessions(), counters);
        this.catalog = new Catalog(pool, new Marks(config.linkAttribute(), config.modeAttribute()));
        this.changes = catalog.changes();
        this.avus = catalog.avus();
        this.permissions = catalog.permissions();
        this.rights = catalog.rightsOf(config.account().user(), config.account().zone());
        Optional<Function<Endpoint, ConnectionPool>> otherHosts = config.routeToResourceHosts()
                ? Optional.of(host -> new ConnectionPool(host, config.sessions(), counters))
                : Optional.empty();
        this.reads = new ObjectReads(
                pool, otherHosts, catalog, counters, config.readTimeout().multipliedBy(2), config.readStaleReplicas());
        this.writes = new ObjectWrites(
                pool,
                catalog,
                changes,
                config.defaultResource(),
                config.checksum().isPresent());
        this.uploads = new Uploads(catalog, changes, new Transfer(pool, config.checksum()), config.defaultResource());
        this.links = new Links(uploads, changes, avus, config.linkAttribute());
    }

    /** Does not wait for the server: {@link #checkLogin} does. */
    public static IrodsStorage connect(IrodsConfig config) {
        return new IrodsStorage(config);
    }

    /** Logs in, if that was not done yet. @throws StorageException LOGIN_REFUSED, UNAVAILABLE, TIMEOUT */
    public ServerInfo checkLogin() throws StorageException {
        Endpoint server = config.server();
        try {
            ServerVersion version = pool.serverVersion();
            return new ServerInfo(
                    server.host(),
                    server.port(),
                    version.release(),
                    config.account().zone(),
                    config.account().user(),
                    version.encrypted());
        } catch (ConnectionException e) {
            throw e.toStorageException("log in", server.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.INTERRUPTED, "log in", server.toString(), "interrupted", e);
        }
    }

    /** What went over the wire until now. */
    public IrodsCounters counters() {
        TreeMap<String, Long> requests = new TreeMap<>();
        counters.requests().forEach((api, count) -> requests.put(api.name(), count));
        return new IrodsCounters(
                requests,
                counters.flights(),
                counters.bytesReceived(),
                counters.bytesSent(),
                counters.connectionsOpened(),
                counters.connectionsLost(),
                counters.resumedReads());
    }

    @Override
    public Entry stat(StoragePath path) throws StorageException {
        return catalog.stat(PathLimits.require("stat", path));
    }

    @Override
    public Listing list(StoragePath collection) throws StorageException {
        return catalog.list(PathLimits.require("list", collection));
    }

    @Override
    public ObjectReader open(DataObject object) throws StorageException {
        return reads.open(object);
    }

    /** By access lists; of a ticket's guest nothing is told. */
    @Override
    public Access access(Entry entry) throws StorageException {
        return config.account().ticket().isPresent() ? Access.UNKNOWN : rights.of(entry);
    }

    @Override
    public int maxPathBytes() {
        return PathLimits.MAX_NEW_BYTES;
    }

    /** The server has no call for it that users may make. */
    @Override
    public Space space() {
        return Space.UNKNOWN;
    }

    @Override
    public ObjectWriter write(StoragePath path, WriteMode mode) throws StorageException {
        return writes.open(written(path, mode), mode);
    }

    @Override
    public Optional<GrowingUpload> grow(StoragePath path, Optional<ObjectVersion> present) throws StorageException {
        return uploads.grow(written(path, present.isPresent() ? WriteMode.REPLACE : WriteMode.CREATE), present);
    }

    @Override
    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
        return uploads.put(written(path, mode), mode, content);
    }

    @Override
    public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
        return uploads.overwrite(path, base, content);
    }

    private static StoragePath written(StoragePath path, WriteMode mode) throws StorageException {
        return mode == WriteMode.CREATE ? PathLimits.requireNew("write", path) : PathLimits.require("write", path);
    }

    @Override
    public SymbolicLink createLink(StoragePath path, String target) throws StorageException {
        return links.create(PathLimits.requireNew("create link", path), target);
    }

    @Override
    public Entry touch(StoragePath path, Instant modified) throws StorageException {
        return changes.touch(path, modified);
    }

    @Override
    public void setPermissions(StoragePath path, OptionalInt bits) throws StorageException {
        permissions.set(path, bits);
    }

    @Override
    public void replace(StoragePath from, StoragePath to) throws StorageException {
        changes.replace(from, PathLimits.require("replace", to));
    }

    @Override
    public void createCollection(StoragePath path) throws StorageException {
        changes.createCollection(PathLimits.requireNew("make collection", path));
    }

    @Override
    public void rename(StoragePath from, StoragePath to) throws StorageException {
        changes.rename(from, PathLimits.requireNew("rename", to));
    }

    @Override
    public void deleteObject(StoragePath path) throws StorageException {
        changes.deleteObject(path);
    }

    @Override
    public void deleteCollection(StoragePath path) throws StorageException {
        changes.deleteCollection(path);
    }

    @Override
    public AvuStore avus() {
        return avus;
    }

    @Override
    public void close() {
        reads.close();
        pool.close();
    }
}
