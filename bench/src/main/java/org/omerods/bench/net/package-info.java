/** Networks to measure over: plain loopback, an IP-level forwarder with delay and bandwidth, a TCP proxy with delay. */
@NullMarked
package org.omerods.bench.net;

import org.jspecify.annotations.NullMarked;
