package org.omerods.zone.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.omerods.zone.wire.ApiException;

/** How tables hang together, and the from clause that joins a set of them by the shortest ways. */
final class Joins {
    /** The real server's number for columns that have nothing to do with each other. */
    private static final int CANNOT_LINK = -825_000;

    private record Edge(Table one, Table other, String condition) {}

    private static final List<Edge> EDGES = List.of(
            new Edge(Table.DATA, Table.COLL, "c.coll_id = d.coll_id"),
            new Edge(Table.DATA, Table.RESC, "r.resc_id = d.resc_id"),
            new Edge(Table.DATA, Table.DATA_MAP, "dmm.object_id = d.data_id"),
            new Edge(Table.DATA_MAP, Table.DATA_META, "dm.meta_id = dmm.meta_id"),
            new Edge(Table.COLL, Table.COLL_MAP, "cmm.object_id = c.coll_id"),
            new Edge(Table.COLL_MAP, Table.COLL_META, "cm.meta_id = cmm.meta_id"),
            new Edge(Table.RESC, Table.RESC_MAP, "rmm.object_id = r.resc_id"),
            new Edge(Table.RESC_MAP, Table.RESC_META, "rm.meta_id = rmm.meta_id"),
            new Edge(Table.USER, Table.USER_MAP, "umm.object_id = u.user_id"),
            new Edge(Table.USER_MAP, Table.USER_META, "um.meta_id = umm.meta_id"),
            new Edge(Table.USER, Table.USER_LOGIN, "ul.user_id = u.user_id"),
            new Edge(Table.USER, Table.MEMBERSHIP, "ug.user_id = u.user_id"),
            new Edge(Table.MEMBERSHIP, Table.GROUP, "g.user_id = ug.group_user_id"),
            new Edge(Table.DATA, Table.DATA_ACCESS, "da.object_id = d.data_id"),
            new Edge(
                    Table.DATA_ACCESS,
                    Table.DATA_TOKEN,
                    "dk.token_namespace = 'access_type' and dk.token_id = da.access_type_id"),
            new Edge(Table.DATA_ACCESS, Table.DATA_USER, "du.user_id = da.user_id"),
            new Edge(Table.DATA_ACCESS, Table.USER, "u.user_id = da.user_id"),
            new Edge(Table.DATA_ACCESS, Table.DATA_MEMBERSHIP, "dg.group_user_id = da.user_id"),
            new Edge(Table.DATA_MEMBERSHIP, Table.DATA_MEMBER, "dw.user_id = dg.user_id"),
            new Edge(Table.COLL, Table.COLL_ACCESS, "ca.object_id = c.coll_id"),
            new Edge(
                    Table.COLL_ACCESS,
                    Table.COLL_TOKEN,
                    "ck.token_namespace = 'access_type' and ck.token_id = ca.access_type_id"),
            new Edge(Table.COLL_ACCESS, Table.USER, "u.user_id = ca.user_id"),
            new Edge(Table.TICKET, Table.USER, "u.user_id = t.user_id"),
            new Edge(Table.QUOTA, Table.USER, "q.user_id = u.user_id"),
            new Edge(Table.COLL_ACCESS, Table.COLL_USER, "cu.user_id = ca.user_id"),
            new Edge(Table.COLL_ACCESS, Table.COLL_MEMBERSHIP, "cg.group_user_id = ca.user_id"),
            new Edge(Table.COLL_MEMBERSHIP, Table.COLL_MEMBER, "cw.user_id = cg.user_id"),
            new Edge(Table.TICKET, Table.TICKET_DATA, "td.data_id = t.object_id"),
            new Edge(Table.TICKET_DATA, Table.TICKET_DATA_COLL, "tdc.coll_id = td.coll_id"),
            new Edge(Table.TICKET, Table.TICKET_COLL, "tc.coll_id = t.object_id"),
            new Edge(Table.TICKET, Table.TICKET_OWNER, "tu.user_id = t.user_id"),
            new Edge(Table.TICKET, Table.TICKET_HOST, "th.ticket_id = t.ticket_id"),
            new Edge(Table.TICKET, Table.TICKET_USER, "tau.ticket_id = t.ticket_id"),
            new Edge(Table.TICKET, Table.TICKET_GROUP, "tag.ticket_id = t.ticket_id"));

    private Joins() {}

    /** A from clause, and the tables in it. */
    record From(String clause, Set<Table> tables) {}

    /** Joins {@code wanted}; with {@code outer}, rows without AVUs stay. */
    static From of(Set<Table> wanted, boolean outer) throws ApiException {
        Table root = wanted.iterator().next();
        Set<Table> joined = EnumSet.of(root);
        StringBuilder clause = new StringBuilder(root.from());
        for (Table target : wanted) {
            for (Edge edge : way(joined, target)) {
                Table next = joined.contains(edge.one()) ? edge.other() : edge.one();
                boolean left = outer && next.isOptional();
                clause.append(left ? " left join " : " join ")
                        .append(next.from())
                        .append(" on ")
                        .append(edge.condition());
                joined.add(next);
            }
        }
        return new From(clause.toString(), joined);
    }

    /** The shortest way from any of {@code joined} to {@code target}. */
    private static List<Edge> way(Set<Table> joined, Table target) throws ApiException {
        Map<Table, Edge> reachedBy = new EnumMap<>(Table.class);
        Deque<Table> open = new ArrayDeque<>(joined);
        Set<Table> seen = EnumSet.copyOf(joined);
        while (!open.isEmpty() && !seen.contains(target)) {
            Table here = open.remove();
            for (Edge edge : EDGES) {
                Table there = edge.one() == here ? edge.other() : edge.other() == here ? edge.one() : here;
                if (seen.add(there)) {
                    reachedBy.put(there, edge);
                    open.add(there);
                }
            }
        }
        if (!seen.contains(target)) {
            throw new ApiException(CANNOT_LINK, "columns that cannot be joined");
        }
        List<Edge> way = new ArrayList<>();
        Table at = target;
        while (!joined.contains(at)) {
            Edge edge = reachedBy.get(at);
            if (edge == null) {
                throw new IllegalStateException("no way to " + at);
            }
            way.addFirst(edge);
            at = edge.one() == at ? edge.other() : edge.one();
        }
        return way;
    }
}
