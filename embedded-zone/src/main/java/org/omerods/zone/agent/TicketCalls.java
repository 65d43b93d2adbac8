package org.omerods.zone.agent;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CollectionRow;
import org.omerods.zone.catalog.Collections;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.Tickets;
import org.omerods.zone.catalog.Times;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlReader;

/** Making, changing and showing tickets. */
final class TicketCalls {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd.HH:mm:ss");

    private TicketCalls() {}

    static List<Call> calls() {
        return List.of(Call.of(723, "TICKET_ADMIN", TicketCalls::administrate));
    }

    private static Reply administrate(Session session, Request request) throws ApiException, SQLException {
        XmlReader in = new XmlReader(request.body());
        in.open("ticketAdminInp_PI");
        String operation = in.optionalText("arg1");
        String name = in.optionalText("arg2");
        String third = in.optionalText("arg3");
        String fourth = in.optionalText("arg4");
        if (operation.equals("session")) {
            session.ticket().show(name);
            return Reply.DONE;
        }
        session.zone().catalog().write(connection -> {
            switch (operation) {
                case "create" -> create(session, connection, name, third.equals("write"), fourth);
                case "mod" -> modify(connection, own(session, connection, name), third, fourth);
                case "delete" ->
                    Tickets.remove(connection, own(session, connection, name).id());
                default -> throw new ApiException(Status.TICKET_INVALID, "unknown operation " + operation);
            }
            return name;
        });
        return Reply.DONE;
    }

    private static void create(Session session, CatalogConnection connection, String name, boolean writes, String path)
            throws SQLException, ApiException {
        Optional<ReplicaRow> object = Objects.find(connection, path);
        Optional<CollectionRow> collection = Collections.find(connection, path);
        if (object.isEmpty() && collection.isEmpty()) {
            throw new ApiException(Status.UNKNOWN_COLLECTION, "nothing at " + path);
        }
        long id = object.isPresent()
                ? object.get().id()
                : collection.orElseThrow().id();
        if (!session.may(connection, id, Permission.OWN)) {
            throw new ApiException(Status.NO_ACCESS, "not the owner of " + path);
        }
        if (Tickets.find(connection, name).isPresent()) {
            throw new ApiException(Status.ALREADY_EXISTS, "the ticket exists");
        }
        Tickets.add(
                connection,
                name,
                writes,
                session.user().id(),
                id,
                object.isEmpty(),
                session.zone().now());
    }

    private static Tickets.Ticket own(Session session, CatalogConnection connection, String name)
            throws SQLException, ApiException {
        Optional<Tickets.Ticket> ticket = Tickets.find(connection, name);
        if (ticket.isEmpty() || ticket.get().userId() != session.user().id()) {
            throw new ApiException(Status.TICKET_INVALID, "no such ticket of this user");
        }
        return ticket.get();
    }

    private static void modify(CatalogConnection connection, Tickets.Ticket ticket, String what, String value)
            throws SQLException, ApiException {
        try {
            switch (what) {
                case "uses" -> Tickets.setUses(connection, ticket.id(), Integer.parseInt(value));
                case "expire" -> Tickets.setExpiry(connection, ticket.id(), time(value));
                default -> throw new ApiException(Status.TICKET_INVALID, "unknown property " + what);
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new ApiException(Status.INVALID_ARGUMENT, "not a number or time: " + value);
        }
    }

    private static String time(String value) {
        return Times.of(
                value.contains("-")
                        ? LocalDateTime.parse(value, TIME).toEpochSecond(ZoneOffset.UTC)
                        : Long.parseLong(value));
    }
}
