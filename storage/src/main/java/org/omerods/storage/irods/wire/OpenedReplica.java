package org.omerods.storage.irods.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;

/**
 * What the server tells about a replica when it opens it: the version check of an open comes for free.
 *
 * @param token lets further connections write the same replica; empty for a reader
 * @param hierarchy resources of the replica, root first
 */
public record OpenedReplica(ObjectVersion version, ReplicaState state, String token, String hierarchy) {

    public static OpenedReplica parse(byte[] body) throws MalformedMessage {
        JsonNode json = JsonMessages.read(body);
        JsonNode info = json.path("data_object_info");
        try {
            return new OpenedReplica(
                    new ObjectVersion(
                            number(info, "data_id"),
                            (int) number(info, "replica_number"),
                            number(info, "data_size"),
                            Instant.ofEpochSecond(number(info, "data_modify")),
                            info.path("checksum").asText("")),
                    ReplicaStates.of(number(info, "replica_status")),
                    json.path("replica_token").asText(""),
                    info.path("resource_hierarchy").asText(""));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("the answer to an open cannot be read: " + e.getMessage());
        }
    }

    /** Some of the numbers are texts with leading zeros. */
    private static long number(JsonNode info, String key) {
        return Long.parseLong(info.path(key).asText());
    }
}
