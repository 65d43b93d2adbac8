package org.omerods.fs.meta;

/**
 * Something the catalog said.
 *
 * @param asOfNanos when it was asked, by the cache's ticker: the answer is at least that new
 */
public record Known<T>(T value, long asOfNanos) {}
