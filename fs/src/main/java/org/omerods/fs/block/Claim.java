package org.omerods.fs.block;

import java.util.List;
import org.omerods.fs.plan.ByteRange;

/**
 * What has to happen before a pinned range can be read.
 *
 * @param range the pinned range, to be unpinned once
 * @param own fetches that the claimer has to run
 * @param others fetches that somebody else runs
 */
record Claim(ByteRange range, List<Fetch> own, List<Fetch> others) {}
