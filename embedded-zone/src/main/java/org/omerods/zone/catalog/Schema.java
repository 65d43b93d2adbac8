package org.omerods.zone.catalog;

import java.util.List;

/** The tables of the catalog. Their names and columns are those that GenQuery 2 shows, so that queries translate one to one. */
final class Schema {
    static final List<String> STATEMENTS = List.of(
            "create table if not exists R_SEQUENCE (next_id integer not null)",
            "insert into R_SEQUENCE select 10000 where not exists (select 1 from R_SEQUENCE)",
            """
            create table if not exists R_ZONE_MAIN (zone_id integer primary key, zone_name text not null unique,
              zone_type_name text not null, zone_conn_string text not null default '', r_comment text not null default '',
              create_ts text not null, modify_ts text not null)""",
            """
            create table if not exists R_USER_MAIN (user_id integer primary key, user_name text not null,
              user_type_name text not null, zone_name text not null, user_info text not null default '',
              r_comment text not null default '', create_ts text not null, modify_ts text not null,
              unique (user_name, zone_name))""",
            """
            create table if not exists R_USER_PASSWORD (user_id integer not null, password text not null,
              kind text not null, expires integer not null, primary key (user_id, password))""",
            """
            create table if not exists R_USER_GROUP (group_user_id integer not null, user_id integer not null,
              create_ts text not null, modify_ts text not null, primary key (user_id, group_user_id)) without rowid""",
            """
            create table if not exists R_RESC_MAIN (resc_id integer primary key, resc_name text not null unique,
              zone_name text not null, resc_type_name text not null, resc_class_name text not null default '',
              resc_net text not null, resc_def_path text not null, free_space text not null default '',
              free_space_ts text not null default '', resc_info text not null default '', r_comment text not null default '',
              resc_status text not null default '', resc_children text not null default '',
              resc_context text not null default '', resc_parent text not null default '',
              resc_parent_context text not null default '', create_ts text not null, modify_ts text not null,
              modify_ts_millis text not null default '000')""",
            """
            create table if not exists R_COLL_MAIN (coll_id integer primary key, parent_coll_name text not null,
              coll_name text not null unique, coll_owner_name text not null, coll_owner_zone text not null,
              coll_map_id integer not null default 0, coll_inheritance text not null default '',
              coll_type text not null default '', coll_info1 text not null default '', coll_info2 text not null default '',
              r_comment text not null default '', create_ts text not null, modify_ts text not null)""",
            "create index if not exists I_COLL_PARENT on R_COLL_MAIN (parent_coll_name, coll_name)",
            """
            create table if not exists R_DATA_MAIN (data_id integer not null, coll_id integer not null,
              data_name text not null, data_repl_num integer not null default 0, data_version text not null default '',
              data_type_name text not null default 'generic', data_size integer not null default 0,
              data_path text not null, data_owner_name text not null, data_owner_zone text not null,
              data_is_dirty integer not null, data_status text not null default '', data_checksum text not null default '',
              data_expiry_ts text not null default '00000000000', data_map_id integer not null default 0,
              data_mode text not null default '', r_comment text not null default '', create_ts text not null,
              modify_ts text not null, access_ts text not null default '', resc_id integer not null,
              primary key (data_id, data_repl_num)) without rowid""",
            "create unique index if not exists I_DATA_NAME on R_DATA_MAIN (coll_id, data_name, data_repl_num)",
            """
            create table if not exists R_META_MAIN (meta_id integer primary key, meta_attr_name text not null,
              meta_attr_value text not null, meta_attr_unit text not null default '', create_ts text not null,
              modify_ts text not null, unique (meta_attr_name, meta_attr_value, meta_attr_unit))""",
            """
            create table if not exists R_OBJT_METAMAP (object_id integer not null, meta_id integer not null,
              create_ts text not null, modify_ts text not null, primary key (object_id, meta_id)) without rowid""",
            "create index if not exists I_METAMAP_META on R_OBJT_METAMAP (meta_id)",
            """
            create table if not exists R_OBJT_ACCESS (object_id integer not null, user_id integer not null,
              access_type_id integer not null, create_ts text not null, modify_ts text not null,
              primary key (object_id, user_id)) without rowid""",
            """
            create table if not exists R_TOKN_MAIN (token_namespace text not null, token_id integer not null,
              token_name text not null, primary key (token_namespace, token_id)) without rowid""",
            """
            create table if not exists R_TICKET_MAIN (ticket_id integer primary key, ticket_string text not null unique,
              ticket_type text not null, user_id integer not null, object_id integer not null, object_type text not null,
              uses_limit integer not null default 0, uses_count integer not null default 0,
              write_file_limit integer not null default 10, write_file_count integer not null default 0,
              write_byte_limit integer not null default 0, write_byte_count integer not null default 0,
              ticket_expiry_ts text not null default '', restrictions text not null default '',
              create_ts text not null, modify_ts text not null)""",
            "create table if not exists R_USER_AUTH (user_id integer not null, user_auth_name text not null)",
            """
            create table if not exists R_RULE_EXEC (rule_exec_id integer primary key, rule_name text, rei_file_path text,
              user_name text, exe_address text, exe_time text, exe_frequency text, priority text, last_exe_time text,
              exe_status text, estimated_exe_time text, notification_addr text, lock_host text, lock_host_pid text,
              lock_ts text)""",
            """
            create table if not exists R_TICKET_ALLOWED_HOSTS (ticket_id integer not null, host text not null)""",
            """
            create table if not exists R_TICKET_ALLOWED_USERS (ticket_id integer not null, user_name text not null)""",
            """
            create table if not exists R_TICKET_ALLOWED_GROUPS (ticket_id integer not null, group_name text not null)""");

    private Schema() {}
}
