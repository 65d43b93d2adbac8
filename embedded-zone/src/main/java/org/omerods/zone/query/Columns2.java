package org.omerods.zone.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The columns of GenQuery 2 by their names, with the table that the real server has them in. */
final class Columns2 {
    private record Entry(String name, Column column, String shownTable) {}

    private static final List<Entry> ENTRIES = List.of(
            entry("COLL_ACCESS_PERM_ID", Table.COLL_ACCESS, "ca.access_type_id", "R_OBJT_ACCESS"),
            entry("COLL_ACCESS_PERM_NAME", Table.COLL_TOKEN, "ck.token_name", "R_TOKN_MAIN"),
            entry("COLL_ACCESS_USER_ID", Table.COLL_ACCESS, "ca.user_id", "R_OBJT_ACCESS"),
            entry("COLL_ACCESS_USER_NAME", Table.COLL_MEMBER, "cw.user_name", "R_USER_MAIN"),
            entry("COLL_ACCESS_USER_ZONE", Table.COLL_MEMBER, "cw.zone_name", "R_USER_MAIN"),
            entry("COLL_COMMENTS", Table.COLL, "c.r_comment", "R_COLL_MAIN"),
            entry("COLL_CREATE_TIME", Table.COLL, "c.create_ts", "R_COLL_MAIN"),
            entry("COLL_ID", Table.COLL, "c.coll_id", "R_COLL_MAIN"),
            entry("COLL_INFO1", Table.COLL, "c.coll_info1", "R_COLL_MAIN"),
            entry("COLL_INFO2", Table.COLL, "c.coll_info2", "R_COLL_MAIN"),
            entry("COLL_INHERITANCE", Table.COLL, "c.coll_inheritance", "R_COLL_MAIN"),
            entry("COLL_MAP_ID", Table.COLL, "c.coll_map_id", "R_COLL_MAIN"),
            entry("COLL_MODIFY_TIME", Table.COLL, "c.modify_ts", "R_COLL_MAIN"),
            entry("COLL_NAME", Table.COLL, "c.coll_name", "R_COLL_MAIN"),
            entry("COLL_PARENT_NAME", Table.COLL, "c.parent_coll_name", "R_COLL_MAIN"),
            entry("COLL_TYPE", Table.COLL, "c.coll_type", "R_COLL_MAIN"),
            entry("DATA_ACCESS_PERM_ID", Table.DATA_ACCESS, "da.access_type_id", "R_OBJT_ACCESS"),
            entry("DATA_ACCESS_PERM_NAME", Table.DATA_TOKEN, "dk.token_name", "R_TOKN_MAIN"),
            entry("DATA_ACCESS_TIME", Table.DATA, "d.access_ts", "R_DATA_MAIN"),
            entry("DATA_ACCESS_USER_ID", Table.DATA_ACCESS, "da.user_id", "R_OBJT_ACCESS"),
            entry("DATA_ACCESS_USER_NAME", Table.DATA_MEMBER, "dw.user_name", "R_USER_MAIN"),
            entry("DATA_ACCESS_USER_ZONE", Table.DATA_MEMBER, "dw.zone_name", "R_USER_MAIN"),
            entry("DATA_CHECKSUM", Table.DATA, "d.data_checksum", "R_DATA_MAIN"),
            entry("DATA_COLL_ID", Table.DATA, "d.coll_id", "R_DATA_MAIN"),
            entry("DATA_COMMENTS", Table.DATA, "d.r_comment", "R_DATA_MAIN"),
            entry("DATA_CREATE_TIME", Table.DATA, "d.create_ts", "R_DATA_MAIN"),
            entry("DATA_EXPIRY", Table.DATA, "d.data_expiry_ts", "R_DATA_MAIN"),
            entry("DATA_ID", Table.DATA, "d.data_id", "R_DATA_MAIN"),
            entry("DATA_MAP_ID", Table.DATA, "d.data_map_id", "R_DATA_MAIN"),
            entry("DATA_MODE", Table.DATA, "d.data_mode", "R_DATA_MAIN"),
            entry("DATA_MODIFY_TIME", Table.DATA, "d.modify_ts", "R_DATA_MAIN"),
            entry("DATA_NAME", Table.DATA, "d.data_name", "R_DATA_MAIN"),
            entry("DATA_PATH", Table.DATA, "d.data_path", "R_DATA_MAIN"),
            entry("DATA_REPL_NUM", Table.DATA, "d.data_repl_num", "R_DATA_MAIN"),
            entry("DATA_REPL_STATUS", Table.DATA, "d.data_is_dirty", "R_DATA_MAIN"),
            entry("DATA_RESC_HIER", Table.RESC, "r.resc_name", ""),
            entry("DATA_RESC_ID", Table.DATA, "d.resc_id", "R_DATA_MAIN"),
            entry("DATA_SIZE", Table.DATA, "d.data_size", "R_DATA_MAIN"),
            entry("DATA_STATUS", Table.DATA, "d.data_status", "R_DATA_MAIN"),
            entry("DATA_TYPE_NAME", Table.DATA, "d.data_type_name", "R_DATA_MAIN"),
            entry("DATA_VERSION", Table.DATA, "d.data_version", "R_DATA_MAIN"),
            entry("DELAY_RULE_ESTIMATED_EXE_TIME", Table.DELAYED, "x.estimated_exe_time", "R_RULE_EXEC"),
            entry("DELAY_RULE_EXE_ADDRESS", Table.DELAYED, "x.exe_address", "R_RULE_EXEC"),
            entry("DELAY_RULE_EXE_FREQUENCY", Table.DELAYED, "x.exe_frequency", "R_RULE_EXEC"),
            entry("DELAY_RULE_EXE_TIME", Table.DELAYED, "x.exe_time", "R_RULE_EXEC"),
            entry("DELAY_RULE_ID", Table.DELAYED, "x.rule_exec_id", "R_RULE_EXEC"),
            entry("DELAY_RULE_LAST_EXE_TIME", Table.DELAYED, "x.last_exe_time", "R_RULE_EXEC"),
            entry("DELAY_RULE_LOCK_HOST", Table.DELAYED, "x.lock_host", "R_RULE_EXEC"),
            entry("DELAY_RULE_LOCK_HOST_PID", Table.DELAYED, "x.lock_host_pid", "R_RULE_EXEC"),
            entry("DELAY_RULE_LOCK_TIME", Table.DELAYED, "x.lock_ts", "R_RULE_EXEC"),
            entry("DELAY_RULE_NAME", Table.DELAYED, "x.rule_name", "R_RULE_EXEC"),
            entry("DELAY_RULE_NOTIFICATION_ADDR", Table.DELAYED, "x.notification_addr", "R_RULE_EXEC"),
            entry("DELAY_RULE_PRIORITY", Table.DELAYED, "x.priority", "R_RULE_EXEC"),
            entry("DELAY_RULE_REI_FILE_PATH", Table.DELAYED, "x.rei_file_path", "R_RULE_EXEC"),
            entry("DELAY_RULE_STATUS", Table.DELAYED, "x.exe_status", "R_RULE_EXEC"),
            entry("DELAY_RULE_USER_NAME", Table.DELAYED, "x.user_name", "R_RULE_EXEC"),
            entry("GROUP_ID", Table.MEMBERSHIP, "ug.group_user_id", "R_USER_GROUP"),
            entry("GROUP_MEMBER_ID", Table.MEMBERSHIP, "ug.user_id", "R_USER_GROUP"),
            entry("META_COLL_ATTR_ID", Table.COLL_META, "cm.meta_id", "R_META_MAIN"),
            entry("META_COLL_ATTR_NAME", Table.COLL_META, "cm.meta_attr_name", "R_META_MAIN"),
            entry("META_COLL_ATTR_UNITS", Table.COLL_META, "cm.meta_attr_unit", "R_META_MAIN"),
            entry("META_COLL_ATTR_VALUE", Table.COLL_META, "cm.meta_attr_value", "R_META_MAIN"),
            entry("META_COLL_CREATE_TIME", Table.COLL_META, "cm.create_ts", "R_META_MAIN"),
            entry("META_COLL_MODIFY_TIME", Table.COLL_META, "cm.modify_ts", "R_META_MAIN"),
            entry("META_DATA_ATTR_ID", Table.DATA_META, "dm.meta_id", "R_META_MAIN"),
            entry("META_DATA_ATTR_NAME", Table.DATA_META, "dm.meta_attr_name", "R_META_MAIN"),
            entry("META_DATA_ATTR_UNITS", Table.DATA_META, "dm.meta_attr_unit", "R_META_MAIN"),
            entry("META_DATA_ATTR_VALUE", Table.DATA_META, "dm.meta_attr_value", "R_META_MAIN"),
            entry("META_DATA_CREATE_TIME", Table.DATA_META, "dm.create_ts", "R_META_MAIN"),
            entry("META_DATA_MODIFY_TIME", Table.DATA_META, "dm.modify_ts", "R_META_MAIN"),
            entry("META_RESC_ATTR_ID", Table.RESC_META, "rm.meta_id", "R_META_MAIN"),
            entry("META_RESC_ATTR_NAME", Table.RESC_META, "rm.meta_attr_name", "R_META_MAIN"),
            entry("META_RESC_ATTR_UNITS", Table.RESC_META, "rm.meta_attr_unit", "R_META_MAIN"),
            entry("META_RESC_ATTR_VALUE", Table.RESC_META, "rm.meta_attr_value", "R_META_MAIN"),
            entry("META_RESC_CREATE_TIME", Table.RESC_META, "rm.create_ts", "R_META_MAIN"),
            entry("META_RESC_MODIFY_TIME", Table.RESC_META, "rm.modify_ts", "R_META_MAIN"),
            entry("META_USER_ATTR_ID", Table.USER_META, "um.meta_id", "R_META_MAIN"),
            entry("META_USER_ATTR_NAME", Table.USER_META, "um.meta_attr_name", "R_META_MAIN"),
            entry("META_USER_ATTR_UNITS", Table.USER_META, "um.meta_attr_unit", "R_META_MAIN"),
            entry("META_USER_ATTR_VALUE", Table.USER_META, "um.meta_attr_value", "R_META_MAIN"),
            entry("META_USER_CREATE_TIME", Table.USER_META, "um.create_ts", "R_META_MAIN"),
            entry("META_USER_MODIFY_TIME", Table.USER_META, "um.modify_ts", "R_META_MAIN"),
            entry("RESC_CHILDREN", Table.RESC, "r.resc_children", "R_RESC_MAIN"),
            entry("RESC_CLASS_NAME", Table.RESC, "r.resc_class_name", "R_RESC_MAIN"),
            entry("RESC_COMMENT", Table.RESC, "r.r_comment", "R_RESC_MAIN"),
            entry("RESC_CONTEXT", Table.RESC, "r.resc_context", "R_RESC_MAIN"),
            entry("RESC_CREATE_TIME", Table.RESC, "r.create_ts", "R_RESC_MAIN"),
            entry("RESC_FREE_SPACE", Table.RESC, "r.free_space", "R_RESC_MAIN"),
            entry("RESC_FREE_SPACE_TIME", Table.RESC, "r.free_space_ts", "R_RESC_MAIN"),
            entry("RESC_HOSTNAME", Table.RESC, "r.resc_net", "R_RESC_MAIN"),
            entry("RESC_ID", Table.RESC, "r.resc_id", "R_RESC_MAIN"),
            entry("RESC_INFO", Table.RESC, "r.resc_info", "R_RESC_MAIN"),
            entry("RESC_MODIFY_TIME", Table.RESC, "r.modify_ts", "R_RESC_MAIN"),
            entry("RESC_MODIFY_TIME_MILLIS", Table.RESC, "r.modify_ts_millis", "R_RESC_MAIN"),
            entry("RESC_NAME", Table.RESC, "r.resc_name", "R_RESC_MAIN"),
            entry("RESC_PARENT_CONTEXT", Table.RESC, "r.resc_parent_context", "R_RESC_MAIN"),
            entry("RESC_PARENT_ID", Table.RESC, "r.resc_parent", "R_RESC_MAIN"),
            entry("RESC_STATUS", Table.RESC, "r.resc_status", "R_RESC_MAIN"),
            entry("RESC_TYPE_NAME", Table.RESC, "r.resc_type_name", "R_RESC_MAIN"),
            entry("RESC_VAULT_PATH", Table.RESC, "r.resc_def_path", "R_RESC_MAIN"),
            entry("RESC_ZONE_NAME", Table.RESC, "r.zone_name", "R_RESC_MAIN"),
            entry("USER_AUTH_ID", Table.USER_LOGIN, "ul.user_id", "R_USER_AUTH"),
            entry("USER_COMMENT", Table.USER, "u.r_comment", "R_USER_MAIN"),
            entry("USER_CREATE_TIME", Table.USER, "u.create_ts", "R_USER_MAIN"),
            entry("USER_DN", Table.USER_LOGIN, "ul.user_auth_name", "R_USER_AUTH"),
            entry("USER_DN_INVALID", Table.USER, "u.r_comment", "R_USER_MAIN"),
            entry("USER_ID", Table.USER, "u.user_id", "R_USER_MAIN"),
            entry("USER_INFO", Table.USER, "u.user_info", "R_USER_MAIN"),
            entry("USER_MODIFY_TIME", Table.USER, "u.modify_ts", "R_USER_MAIN"),
            entry("USER_NAME", Table.USER, "u.user_name", "R_USER_MAIN"),
            entry("USER_TYPE", Table.USER, "u.user_type_name", "R_USER_MAIN"),
            entry("USER_ZONE", Table.USER, "u.zone_name", "R_USER_MAIN"),
            entry("ZONE_COMMENT", Table.ZONE, "z.r_comment", "R_ZONE_MAIN"),
            entry("ZONE_CONNECTION", Table.ZONE, "z.zone_conn_string", "R_ZONE_MAIN"),
            entry("ZONE_CREATE_TIME", Table.ZONE, "z.create_ts", "R_ZONE_MAIN"),
            entry("ZONE_ID", Table.ZONE, "z.zone_id", "R_ZONE_MAIN"),
            entry("ZONE_MODIFY_TIME", Table.ZONE, "z.modify_ts", "R_ZONE_MAIN"),
            entry("ZONE_NAME", Table.ZONE, "z.zone_name", "R_ZONE_MAIN"),
            entry("ZONE_TYPE", Table.ZONE, "z.zone_type_name", "R_ZONE_MAIN"));

    private static final Map<String, Entry> BY_NAME = index();

    private Columns2() {}

    static Optional<Column> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).map(Entry::column);
    }

    /** For each name the table and column behind it, by name. */
    static SequencedMap<String, Map<String, String>> mappings() {
        SequencedMap<String, Map<String, String>> result = new TreeMap<>();
        for (Entry entry : ENTRIES) {
            String sql = entry.column().sql();
            String shown = entry.shownTable().isEmpty() ? "hier" : sql.substring(sql.indexOf('.') + 1);
            result.put(entry.name(), Map.of(entry.shownTable(), shown));
        }
        return result;
    }

    private static Map<String, Entry> index() {
        Map<String, Entry> index = new TreeMap<>();
        ENTRIES.forEach(entry -> index.put(entry.name(), entry));
        return index;
    }

    private static Entry entry(String name, Table table, String sql, String shownTable) {
        return new Entry(name, new Column(table, sql), shownTable);
    }
}
