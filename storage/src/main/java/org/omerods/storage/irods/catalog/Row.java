package org.omerods.storage.irods.catalog;

/** One row of a query's answer. */
@FunctionalInterface
interface Row {
    /** The text in a column that was selected. */
    String get(Column column);

    default long number(Column column) {
        return Long.parseLong(get(column).strip());
    }
}
