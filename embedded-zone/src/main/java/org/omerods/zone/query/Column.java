package org.omerods.zone.query;

/** A column that queries may name: the table it is in, and its SQL. */
record Column(Table table, String sql) {}
