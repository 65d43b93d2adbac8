package org.omerods.zone.agent;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.Avus;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.Permission;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.KeyValues;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlReader;

/** Changes of AVUs, one at a time. */
final class AvuCalls {
    private static final int ARGUMENTS = 10;

    private AvuCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(706, "MOD_AVU_METADATA", AvuCalls::modify),
                Call.of(
                        20_002,
                        "ATOMIC_APPLY_METADATA_OPERATIONS",
                        (session, request) -> new AtomicAvus(session).apply(request)));
    }

    private static Reply modify(Session session, Request request) throws ApiException, SQLException {
        XmlReader in = new XmlReader(request.body());
        in.open("ModAVUMetadataInp_PI");
        String[] arguments = new String[ARGUMENTS];
        for (int i = 0; i < ARGUMENTS; i++) {
            arguments[i] = in.optionalText("arg" + i);
        }
        KeyValues keys = KeyValues.readFrom(in);
        in.close("ModAVUMetadataInp_PI");
        boolean asAdministrator = keys.has("irodsAdmin");
        if (asAdministrator && !session.user().isAdministrator()) {
            throw new ApiException(Status.INSUFFICIENT_PRIVILEGE, "not an administrator");
        }
        session.zone().trees().refresh(arguments[2]);
        AvuTarget target = new AvuTarget(session, asAdministrator, Status.NO_ACCESS);
        session.zone().catalog().write(connection -> {
            apply(session, connection, target, arguments);
            return target;
        });
        return Reply.DONE;
    }

    private static void apply(Session session, CatalogConnection connection, AvuTarget target, String[] arguments)
            throws SQLException, ApiException {
        String now = session.zone().now();
        switch (arguments[0]) {
            case "add" -> {
                long id = target.find(connection, arguments[1], arguments[2], Permission.CREATE_METADATA);
                Avus.Triple avu = AvuTarget.checked(arguments[3], arguments[4], arguments[5]);
                if (Avus.has(connection, id, avu)) {
                    throw new ApiException(Status.ALREADY_EXISTS, "the AVU is there");
                }
                Avus.add(connection, id, avu, now);
            }
            case "set" -> {
                long id = target.find(connection, arguments[1], arguments[2], Permission.MODIFY_METADATA);
                Avus.Triple avu = AvuTarget.checked(arguments[3], arguments[4], arguments[5]);
                Avus.removeAttribute(connection, id, arguments[3]);
                Avus.add(connection, id, avu, now);
            }
            case "rm" -> {
                long id = target.find(connection, arguments[1], arguments[2], Permission.DELETE_METADATA);
                remove(connection, id, new Avus.Triple(arguments[3], arguments[4], arguments[5]));
            }
            case "mod" -> {
                long id = target.find(connection, arguments[1], arguments[2], Permission.MODIFY_METADATA);
                change(connection, id, arguments, now);
            }
            case "cp" -> {
                long from = target.find(connection, arguments[1], arguments[3], Permission.READ_METADATA);
                long to = target.find(connection, arguments[2], arguments[4], Permission.CREATE_METADATA);
                if (Avus.copy(connection, from, to, now) == 0) {
                    throw new ApiException(Status.NOTHING_CHANGED, "nothing to copy");
                }
            }
            default -> throw new ApiException(Status.INVALID_ARGUMENT, "unknown operation " + arguments[0]);
        }
    }

    private static void remove(CatalogConnection connection, long id, Avus.Triple avu)
            throws SQLException, ApiException {
        if (!Avus.remove(connection, id, avu)) {
            throw new ApiException(Status.NOTHING_CHANGED, "no such AVU");
        }
    }

    /** Changes parts of a triple, which come as {@code n:}, {@code v:} and {@code u:}; units of the old one may precede them. */
    private static void change(CatalogConnection connection, long id, String[] arguments, String now)
            throws SQLException, ApiException {
        boolean unitsFirst = part(arguments[5], "n")
                .or(() -> part(arguments[5], "v"))
                .or(() -> part(arguments[5], "u"))
                .isEmpty();
        Avus.Triple old = new Avus.Triple(arguments[3], arguments[4], unitsFirst ? arguments[5] : "");
        String attribute = old.attribute();
        String value = old.value();
        String units = old.units();
        for (int i = 5; i < ARGUMENTS; i++) {
            attribute = part(arguments[i], "n").orElse(attribute);
            value = part(arguments[i], "v").orElse(value);
            units = part(arguments[i], "u").orElse(units);
        }
        remove(connection, id, old);
        Avus.add(connection, id, AvuTarget.checked(attribute, value, units), now);
    }

    private static Optional<String> part(String argument, String name) {
        return argument.startsWith(name + ":") ? Optional.of(argument.substring(2)) : Optional.empty();
    }
}
