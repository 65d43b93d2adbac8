package org.omerods.fs.plan;

import java.util.List;

/** A stream after a plan was made for it, and the ranges of that plan, nearest first. */
record Step(Stream stream, List<ByteRange> ranges) {}
