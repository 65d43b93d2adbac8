package org.omerods.fs.block;

/**
 * What an extent is called, the same when it was evicted and comes again: frequencies of use are counted by it.
 *
 * @param file name of the object version
 * @param start in bytes from the start of the object
 */
record ExtentName(String file, long start) {}
