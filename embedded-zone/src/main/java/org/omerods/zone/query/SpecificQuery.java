package org.omerods.zone.query;

import java.util.List;
import java.util.Optional;

/** A query that is stored under a name, with its number of columns. */
public record SpecificQuery(String alias, String sql, int columns) {
    private static final List<SpecificQuery> STORED = List.of(
            new SpecificQuery("ShowCollAcls", """
                    select u.user_name, u.zone_name, k.token_name, u.user_type_name from R_COLL_MAIN c
                    join R_OBJT_ACCESS a on a.object_id = c.coll_id join R_USER_MAIN u on u.user_id = a.user_id
                    join R_TOKN_MAIN k on k.token_namespace = 'access_type' and k.token_id = a.access_type_id
                    where c.coll_name = ?""", 4),
            new SpecificQuery("listGroupsForUser", """
                    select g.user_id, g.user_name from R_USER_MAIN u join R_USER_GROUP m on m.user_id = u.user_id
                    join R_USER_MAIN g on g.user_id = m.group_user_id
                    where u.user_name = ? and g.user_type_name = 'rodsgroup'""", 2),
            new SpecificQuery("ls", "select alias, sql from (%s)", 2),
            new SpecificQuery("lsl", "select alias, sql from (%s)", 2));

    /** The query {@code alias}. */
    public static Optional<SpecificQuery> named(String alias) {
        return STORED.stream()
                .filter(query -> query.alias.equals(alias))
                .findFirst()
                .map(SpecificQuery::completed);
    }

    /** How many arguments it takes. */
    public int argumentCount() {
        return (int) sql.chars().filter(c -> c == '?').count();
    }

    /** With the list of all queries, where this is the query that lists them. */
    private SpecificQuery completed() {
        if (!sql.contains("%s")) {
            return this;
        }
        String rows = STORED.stream()
                .map(query -> "select '" + query.alias + "' as alias, '" + query.alias + "' as sql")
                .reduce((one, other) -> one + " union all " + other)
                .orElseThrow();
        return new SpecificQuery(alias, sql.formatted(rows), columns);
    }
}
