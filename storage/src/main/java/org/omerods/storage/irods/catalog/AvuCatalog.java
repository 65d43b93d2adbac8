package org.omerods.storage.irods.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.CatalogMessages;
import org.omerods.storage.irods.wire.ErrorCode;
import org.omerods.storage.irods.wire.JsonMessages;
import org.omerods.storage.irods.wire.MalformedMessage;

/** Triples: listed by query, changed by the server's atomic call. Thread-safe. */
final class AvuCatalog implements AvuStore {
    private static final Query OF_OBJECT =
            Query.select(Column.META_DATA_ATTR_NAME, Column.META_DATA_ATTR_VALUE, Column.META_DATA_ATTR_UNITS);
    private static final Query OF_COLLECTION =
            Query.select(Column.META_COLL_ATTR_NAME, Column.META_COLL_ATTR_VALUE, Column.META_COLL_ATTR_UNITS);

    private final Catalog catalog;
    private final CatalogCalls calls;

    AvuCatalog(Catalog catalog, CatalogCalls calls) {
        this.catalog = catalog;
        this.calls = calls;
    }

    @Override
    public List<Avu> list(StoragePath path) throws StorageException {
        Query object = OF_OBJECT.where(Column.COLL_NAME, path.parent().value()).where(Column.DATA_NAME, path.name());
        Query collection = OF_COLLECTION.where(Column.COLL_NAME, path.value());
        List<Avu> avus = calls.ask("list AVUs", path.value(), connection -> {
            List<List<Row>> answers = path.isRoot()
                    ? List.of(
                            List.of(),
                            QueryRunner.run(connection, "list AVUs", path.value(), collection)
                                    .getFirst())
                    : QueryRunner.run(connection, "list AVUs", path.value(), object, collection);
            return Stream.concat(
                            answers.getFirst().stream()
                                    .map(row -> new Avu(
                                            row.get(Column.META_DATA_ATTR_NAME),
                                            row.get(Column.META_DATA_ATTR_VALUE),
                                            row.get(Column.META_DATA_ATTR_UNITS))),
                            answers.getLast().stream()
                                    .map(row -> new Avu(
                                            row.get(Column.META_COLL_ATTR_NAME),
                                            row.get(Column.META_COLL_ATTR_VALUE),
                                            row.get(Column.META_COLL_ATTR_UNITS))))
                    .toList();
        });
        if (avus.isEmpty()) {
            requireEntry(path, "list AVUs"); // none, or nothing there: the query cannot tell
        }
        return avus;
    }

    @Override
    public void apply(StoragePath path, List<Operation> operations) throws StorageException {
        Entry entry = requireEntry(path, "change AVUs");
        byte[] body = JsonMessages.write(request(entry, operations));
        Reply reply = calls.change(
                "change AVUs",
                path.value(),
                connection -> connection
                        .submit(Request.of(Api.ATOMIC_APPLY_METADATA_OPERATIONS, body))
                        .await());
        if (reply.status() < 0) {
            StorageException failure = reply.failure("change AVUs", path.value());
            throw new StorageException(
                    failure.reason(), "change AVUs", path.value(), reply.describe() + explanation(reply), failure);
        }
    }

    /** By the call for a single triple: the atomic one does not tell whether a triple was there. */
    @Override
    public boolean remove(StoragePath path, Avu avu) throws StorageException {
        String type = switch (requireEntry(path, "remove an AVU")) {
            case DataObject object -> "-d";
            case SymbolicLink link -> "-d";
            case Collection collection -> "-C";
        };
        byte[] body = CatalogMessages.removeAvu(type, path.value(), avu.attribute(), avu.value(), avu.units());
        Reply reply = calls.change(
                "remove an AVU",
                path.value(),
                connection -> connection
                        .submit(Request.of(Api.MOD_AVU_METADATA, body))
                        .await());
        if (reply.is(ErrorCode.CAT_SUCCESS_BUT_WITH_NO_INFO)) {
            return false;
        }
        var _ = reply.orThrow("remove an AVU", path.value());
        return true;
    }

    private Entry requireEntry(StoragePath path, String operation) throws StorageException {
        return catalog.find(path, operation)
                .orElseThrow(() -> new StorageException(
                        Reason.NOT_FOUND, operation, path.value(), "no such object or collection, or not visible"));
    }

    private static ObjectNode request(Entry entry, List<Operation> operations) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("entity_name", entry.path().value());
        request.put(
                "entity_type",
                switch (entry) {
                    case DataObject object -> "data_object";
                    case SymbolicLink link -> "data_object";
                    case Collection collection -> "collection";
                });
        ArrayNode list = request.putArray("operations");
        for (Operation operation : operations) {
            ObjectNode node = list.addObject();
            node.put(
                    "operation",
                    switch (operation) {
                        case Operation.Add add -> "add";
                        case Operation.Remove remove -> "remove";
                    });
            node.put("attribute", operation.avu().attribute());
            node.put("value", operation.avu().value());
            if (!operation.avu().units().isEmpty()) {
                node.put("units", operation.avu().units());
            }
        }
        return request;
    }

    /** The call tells which operation failed, and why, in its body. */
    private static String explanation(Reply reply) {
        try {
            String message =
                    JsonMessages.read(reply.body()).path("error_message").asText();
            return message.isBlank() ? "" : ": " + message;
        } catch (MalformedMessage e) {
            return "";
        }
    }
}
