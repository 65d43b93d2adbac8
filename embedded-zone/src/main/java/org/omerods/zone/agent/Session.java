package org.omerods.zone.agent;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.omerods.zone.catalog.Access;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.User;
import org.omerods.zone.query.GenQuery1;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/** Who is on a connection, and what he has open. Used by the connection's own thread. */
final class Session {
    private final ZoneServices zone;
    private final Startup startup;
    private final boolean encrypted;
    private final Descriptors descriptors;
    private final Cursors cursors;
    private final Listings listings = new Listings();
    private final Login login = new Login();
    private final TicketUse ticket;
    private @Nullable User proxy;
    private @Nullable User client;

    Session(ZoneServices zone, Startup startup, boolean encrypted) {
        this.zone = zone;
        this.encrypted = encrypted;
        this.startup = startup;
        this.descriptors = new Descriptors(zone);
        this.cursors = new Cursors(zone.catalog());
        this.ticket = new TicketUse(this);
    }

    ZoneServices zone() {
        return zone;
    }

    Startup startup() {
        return startup;
    }

    /** Whether the connection is under TLS. */
    boolean isEncrypted() {
        return encrypted;
    }

    Descriptors descriptors() {
        return descriptors;
    }

    Cursors cursors() {
        return cursors;
    }

    Listings listings() {
        return listings;
    }

    TicketUse ticket() {
        return ticket;
    }

    Login login() {
        return login;
    }

    boolean isLoggedIn() {
        return client != null;
    }

    /** Sets who is acting: {@code clientUser} with the rights of that user, on behalf of whom {@code proxyUser} logged in. */
    void become(User proxyUser, User clientUser) {
        proxy = proxyUser;
        client = clientUser;
    }

    /** The user whose rights count. */
    User user() throws ApiException {
        User user = client;
        if (user == null) {
            throw new ApiException(Status.NO_API_PRIVILEGE, "not logged in");
        }
        return user;
    }

    /** The user who gave the password. */
    User proxy() throws ApiException {
        User user = proxy;
        if (user == null) {
            throw new ApiException(Status.NO_API_PRIVILEGE, "not logged in");
        }
        return user;
    }

    /** Whether the user may do {@code permission} with the object or collection {@code id}, by himself or by his ticket. */
    boolean may(CatalogConnection connection, long id, Permission permission) throws SQLException, ApiException {
        return mayItself(connection, id, permission) || ticket.level(connection, id) >= permission.level();
    }

    /** The same without a ticket. */
    boolean mayItself(CatalogConnection connection, long id, Permission permission) throws SQLException, ApiException {
        return Access.level(connection, id, user().id()) >= permission.level();
    }

    /** Whether the user may know of the object or collection {@code id}. Administrators know of everything. */
    boolean sees(CatalogConnection connection, long id) throws SQLException, ApiException {
        return user().isAdministrator() || may(connection, id, Permission.READ);
    }

    /** Whether the user may know of an object: of it and of its collection, or by a ticket of it alone. */
    boolean sees(CatalogConnection connection, ReplicaRow object) throws SQLException, ApiException {
        return user().isAdministrator()
                || ticket.level(connection, object.id()) > 0
                || (mayItself(connection, object.id(), Permission.READ)
                        && may(connection, object.collectionId(), Permission.READ));
    }

    /**
     * Refuses where the connection has so many unfinished queries that the real server finds nothing any more.
     *
     * <p>The real server answers "does not exist" here. A client that would take that for an answer is what this shows.
     */
    void requireCursorSpace() throws ApiException {
        if (cursors.isFull()) {
            throw new ApiException(Status.DOES_NOT_EXIST, "too many unfinished queries on this connection");
        }
    }

    /** Who asks a query. */
    GenQuery1.Asker asker() throws ApiException, SQLException {
        return new GenQuery1.Asker(user().id(), user().isAdministrator(), ticket.objectId());
    }

    /** Gives back everything that is open; what was open for writing becomes stale. */
    void close() {
        descriptors.abandonAll();
        cursors.closeAll();
    }
}
