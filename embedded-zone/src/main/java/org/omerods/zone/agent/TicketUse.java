package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.LogicalPath;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.Tickets;
import org.omerods.zone.catalog.Tickets.Ticket;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/** The ticket that a connection shows. The first open counts as a use, those after it do not. For one thread. */
final class TicketUse {
    private final Session session;
    private String name = "";
    private boolean counted;

    TicketUse(Session session) {
        this.session = session;
    }

    /** Shows {@code ticket} from now on; one that does not exist gives no rights. */
    void show(String ticket) {
        name = ticket;
        counted = false;
    }

    /** The level that the ticket gives on {@code id}; 0 for none. */
    int level(CatalogConnection connection, long id) throws SQLException {
        Optional<Ticket> ticket = present(connection);
        if (ticket.isEmpty()
                || ticket.get().isExpired(session.zone().now())
                || !Tickets.covers(connection, ticket.get(), id)) {
            return 0;
        }
        return (ticket.get().writes() ? Permission.WRITE : Permission.READ).level();
    }

    /** The object or collection that the ticket opens, 0 without a good ticket. */
    long objectId() throws SQLException, ApiException {
        return name.isEmpty()
                ? 0
                : session.zone()
                        .catalog()
                        .read(this::present)
                        .filter(ticket -> !ticket.isExpired(session.zone().now()))
                        .map(Ticket::objectId)
                        .orElse(0L);
    }

    /** Uses the ticket for an open of {@code path}, where it is needed; refuses where it is needed and not good. */
    void claim(String path, boolean writes) throws SQLException, ApiException {
        if (name.isEmpty()) {
            return;
        }
        session.zone().catalog().write(connection -> {
            long id = target(connection, path);
            Optional<Ticket> ticket = present(connection);
            Permission wanted = writes ? Permission.WRITE : Permission.READ;
            if (id != 0
                    && ticket.isPresent()
                    && !session.mayItself(connection, id, wanted)
                    && Tickets.covers(connection, ticket.get(), id)) {
                use(connection, ticket.get(), writes);
            }
            return id;
        });
    }

    private void use(CatalogConnection connection, Ticket ticket, boolean writes) throws SQLException, ApiException {
        if (ticket.isExpired(session.zone().now())) {
            throw new ApiException(Status.TICKET_EXPIRED, "the ticket has expired");
        }
        if (writes && !ticket.writes()) {
            throw new ApiException(Status.TICKET_INVALID, "the ticket is for reading");
        }
        if (counted) {
            return;
        }
        if (ticket.isUsedUp()) {
            throw new ApiException(Status.TICKET_USED_UP, "the ticket has no use left");
        }
        Tickets.countUse(connection, ticket.id());
        counted = true;
    }

    private static long target(CatalogConnection connection, String path) throws SQLException {
        Optional<ReplicaRow> object = Objects.find(connection, path);
        if (object.isPresent()) {
            return object.get().id();
        }
        return Collections.find(connection, LogicalPath.parent(path))
                .map(row -> row.id())
                .orElse(0L);
    }

    private Optional<Ticket> present(CatalogConnection connection) throws SQLException {
        return name.isEmpty() ? Optional.empty() : Tickets.find(connection, name);
    }
}
