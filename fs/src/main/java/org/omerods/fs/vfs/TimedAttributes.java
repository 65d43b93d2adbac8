package org.omerods.fs.vfs;

import java.time.Duration;

/** Attributes and how long the kernel may believe them. */
public record TimedAttributes(Attributes attributes, Duration ttl) {}
