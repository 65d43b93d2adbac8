package org.omerods.bench.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A network interface whose wire is this process: what the kernel sends comes out of {@link #fd()}, what is written there the
 * kernel receives. Each packet has a virtio_net_hdr of 10 bytes in front, and segmentation is left to us: the kernel hands
 * over up to 64 KiB of TCP at once and takes as much, which makes gigabytes per second possible. The interface vanishes
 * with its descriptor, also when this process is killed.
 */
final class TunDevice implements AutoCloseable {
    /** The largest packet and its virtio_net_hdr. */
    static final int MAX_PACKET_BYTES = 65_535 + 10;

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final short IFF_TUN = 0x0001;
    private static final short IFF_NO_PI = 0x1000;
    private static final short IFF_VNET_HDR = 0x4000;
    private static final long CHECKSUM_TSO4_TSO6 = 1 | 2 | 4;
    private static final int IFREQ_BYTES = 40;
    private static final int FLAGS_OFFSET = 16;

    private final String name;
    private final int fd;

    private TunDevice(String name, int fd) {
        this.name = name;
        this.fd = fd;
    }

    /** @throws IOException when this user may not, or the kernel has no tun; the message says which */
    static TunDevice open(String name) throws IOException {
        int fd = NativeCalls.open("/dev/net/tun", NativeCalls.O_RDWR | NativeCalls.O_NONBLOCK | NativeCalls.O_CLOEXEC);
        if (fd < 0) {
            throw new IOException("/dev/net/tun cannot be opened (errno " + -fd
                    + "): run as root with the device, or use --link proxy");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(IFREQ_BYTES);
            request.setString(0, name, StandardCharsets.US_ASCII);
            request.set(ValueLayout.JAVA_SHORT, FLAGS_OFFSET, (short) (IFF_TUN | IFF_NO_PI | IFF_VNET_HDR));
            check(fd, NativeCalls.ioctl(fd, TUNSETIFF, request), "TUNSETIFF");
            // its argument is the number itself, not a place where it stands
            check(
                    fd,
                    NativeCalls.ioctl(fd, TUNSETOFFLOAD, MemorySegment.ofAddress(CHECKSUM_TSO4_TSO6)),
                    "TUNSETOFFLOAD");
        }
        return new TunDevice(name, fd);
    }

    private static void check(int fd, int result, String what) throws IOException {
        if (result < 0) {
            NativeCalls.close(fd);
            throw new IOException("a tun interface cannot be made: " + what + " fails with errno " + -result
                    + "; run as root, or use --link proxy");
        }
    }

    String name() {
        return name;
    }

    int fd() {
        return fd;
    }

    @Override
    public void close() {
        NativeCalls.close(fd);
    }
}
