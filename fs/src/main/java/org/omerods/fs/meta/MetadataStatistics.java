package org.omerods.fs.meta;

/** How often the catalog was asked since the cache was made. */
public record MetadataStatistics(long stats, long lists, long avuLists, long hits) {}
