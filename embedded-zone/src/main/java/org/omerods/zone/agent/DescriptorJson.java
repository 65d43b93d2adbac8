package org.omerods.zone.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.wire.DataObjectInput;

/** The JSON that describes an open descriptor. Clients rely on its keys, so it has all that the real server sends. */
final class DescriptorJson {
    private static final int OPEN_CREATED = 1;
    private static final int OPEN_READ = 2;
    private static final int OPEN_WRITE = 3;

    private DescriptorJson() {}

    static String of(ZoneServices zone, OpenReplica replica) {
        ReplicaRow row = replica.row();
        DataObjectInput input = replica.input();
        boolean emptied = replica.flags().truncates() && !replica.created();
        long size = emptied ? 0 : sizeOf(input);
        ObjectNode json = Json.object();
        json.put("bytes_written", -1).put("checksum", "");
        json.put("checksum_flag", input.keys().has("regChksum") ? 1 : 0).put("copies_needed", 0);
        json.set("data_object_info", information(zone, replica));
        json.set("data_object_input", input(replica, conditions(zone, replica)));
        json.put("data_object_input_replica_flag", 1).put("data_size", size).put("in_pdmo", "");
        json.put("in_use", true).put("l3descInx", 3).put("lock_file_descriptor", 0);
        json.put("open_type", openType(replica)).put("operation_status", 0).put("operation_type", 0);
        json.putNull("other_data_object_info").putNull("plugin_data");
        json.put("purge_cache_flag", 0).put("remote_l1_descriptor_index", 0);
        json.putNull("remote_zone_host").put("replica_status", row.state()).put("replica_token", replica.token());
        json.putNull("replication_data_object_info");
        json.put("source_l1_descriptor_index", 0).put("stage_flag", 0);
        return Json.write(json);
    }

    /** The size that the client told; -1 where it told none. */
    private static long sizeOf(DataObjectInput input) {
        return input.dataSize() == 0 ? -1 : input.dataSize();
    }

    private static int openType(OpenReplica replica) {
        if (replica.created()) {
            return OPEN_CREATED;
        }
        return replica.flags().writes() ? OPEN_WRITE : OPEN_READ;
    }

    private static ObjectNode information(ZoneServices zone, OpenReplica replica) {
        ReplicaRow row = replica.row();
        ObjectNode json = Json.object();
        json.put("checksum", row.checksum()).put("collection_id", row.collectionId());
        json.set("condition_input", list(replica.created() ? Map.of() : conditions(zone, replica)));
        json.put("data_access", "").put("data_access_index", 0).put("data_comments", row.comment());
        json.put("data_create", row.created()).put("data_expiry", "00000000000").put("data_id", row.id());
        json.put("data_map_id", 0).put("data_mode", row.mode()).put("data_modify", row.modified());
        json.put("data_owner_name", row.owner())
                .put("data_owner_zone", row.ownerZone())
                .put("data_size", row.size());
        json.put("data_type", row.type()).put("destination_resource_name", "").put("file_path", row.physicalPath());
        json.put("flags", 0).put("in_pdmo", "").put("is_replica_current", row.state() == ReplicaRow.GOOD);
        json.putNull("next").put("object_path", replica.input().path()).put("other_flags", 0);
        json.put("registering_user_id", 0).put("replica_number", row.number()).put("replica_status", row.state());
        json.put("resource_hierarchy", zone.resource()).put("resource_id", zone.resourceId());
        json.put("resource_name", zone.resource()).putNull("special_collection");
        boolean joined =
                replica.input().keys().has("replicaToken") && replica.flags().writes();
        json.put("status_string", joined ? "{\"original_status\":\"1\"}" : "");
        json.put("sub_path", "").put("version", "");
        json.put("write_flag", replica.flags().writes() && !replica.created() ? 1 : 0);
        return json;
    }

    private static ObjectNode input(OpenReplica replica, Map<String, String> conditions) {
        DataObjectInput input = replica.input();
        ObjectNode json = Json.object();
        json.set("condition_input", list(conditions));
        json.put("create_mode", input.createMode()).put("data_size", sizeOf(input));
        json.put("number_of_threads", input.numThreads()).put("object_path", input.path());
        json.put("offset", input.offset()).put("open_flags", input.openFlags());
        json.put("operation_type", input.operation()).putNull("special_collection");
        return json;
    }

    /** The client's key words, and those that the server adds while it opens. */
    private static Map<String, String> conditions(ZoneServices zone, OpenReplica replica) {
        Map<String, String> result = new LinkedHashMap<>(replica.input().keys().values());
        result.put("resc_hier", zone.resource());
        result.put("selected_hierarchy", zone.resource());
        if (replica.created()) {
            result.put("selObjType", "dataObj");
            result.put("openType", Integer.toString(OPEN_CREATED));
            result.put("registerAsIntermediate", "");
            result.put("filePath", replica.row().physicalPath());
            result.put("dataSize", "0");
        } else if (replica.flags().creates()) {
            result.put("destRescName", zone.resource());
            result.put("openType", Integer.toString(OPEN_WRITE));
        }
        return result;
    }

    private static ArrayNode list(Map<String, String> conditions) {
        ArrayNode list = Json.array();
        conditions.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        return list;
    }
}
