package org.omerods.storage.irods.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.JsonMessages;
import org.omerods.storage.irods.wire.MalformedMessage;

/** The server's atomic call: several changes of the triples of one thing, of which all are made or none. */
final class AvuMessages {
    private AvuMessages() {}

    static Request change(Entry entry, List<Operation> operations) {
        return switch (entry) {
            case DataObject object -> change(object.path(), "data_object", operations);
            case SymbolicLink link -> change(link.path(), "data_object", operations);
            case Collection collection -> change(collection.path(), "collection", operations);
        };
    }

    /** For a path that is believed to name a data object. */
    static Request changeOfObject(StoragePath path, List<Operation> operations) {
        return change(path, "data_object", operations);
    }

    /** For a path that is believed to name a collection. */
    static Request changeOfCollection(StoragePath path, List<Operation> operations) {
        return change(path, "collection", operations);
    }

    private static Request change(StoragePath path, String type, List<Operation> operations) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("entity_name", path.value());
        request.put("entity_type", type);
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
        return Request.of(Api.ATOMIC_APPLY_METADATA_OPERATIONS, JsonMessages.write(request));
    }

    /** The failure that a reply tells of. */
    static StorageException failure(StoragePath path, Reply reply) {
        StorageException failure = reply.failure("change AVUs", path.value());
        return new StorageException(
                failure.reason(), "change AVUs", path.value(), reply.describe() + explanation(reply), failure);
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
