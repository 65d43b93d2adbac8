package org.omerods.fs.fuse.jnr;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.time.Duration;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.Mount;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.fuse.MountPoints;
import org.omerods.fs.fuse.MountReadiness;
import org.omerods.fs.fuse.MountTable;
import org.omerods.fs.fuse.ServedMount;
import org.omerods.fs.fuse.linux.DevFuse;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.KernelCache;
import org.omerods.fs.vfs.TimedAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The portable driver over jnr-fuse and libfuse 2.9. Requests are at most 128 KiB and carry paths; the kernel believes all
 * attributes equally long (not at all where programs may write), and cannot be told to forget. Names that are not UTF-8 are
 * listed but cannot be opened. Thread-safe.
 */
public final class JnrFuseDriver implements FuseDriver {
    static final String NAME = "jnr";

    private static final Logger log = LoggerFactory.getLogger(JnrFuseDriver.class);

    private static final String LIBRARY = "libfuse.so.2";
    /** libfuse 2 has one time for all names that do not exist; a new object should show up soon. */
    private static final Duration MAX_NEGATIVE_TTL = Duration.ofSeconds(5);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String unavailableBecause() {
        String device = DevFuse.unavailableBecause();
        if (!device.isEmpty()) {
            return device;
        }
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, arena);
            return library.find("fuse_main_real").isPresent() ? "" : LIBRARY + " is not libfuse 2.9";
        } catch (IllegalArgumentException e) {
            return LIBRARY + " is missing: install libfuse 2 (Debian: apt-get install libfuse2), or use --driver dev";
        }
    }

    @Override
    public Mount mount(Filesystem filesystem, Path mountPoint, MountOptions options) throws IOException {
        String unavailable = unavailableBecause();
        if (!unavailable.isEmpty()) {
            throw new IOException("mount " + mountPoint + ": " + unavailable);
        }
        Path place = MountPoints.prepare(mountPoint);
        filesystem.attach(KernelCache.NONE);
        Mount mount = serve(filesystem, place, options);
        try {
            MountReadiness.await(mount);
        } catch (IOException e) {
            mount.close();
            throw e;
        }
        log.info("mounted {} at {} by {}", options.source(), place, LIBRARY);
        return mount;
    }

    private static Mount serve(Filesystem filesystem, Path place, MountOptions options) throws IOException {
        try {
            Callbacks callbacks = new Callbacks(filesystem);
            JnrSession session = JnrSession.start(callbacks, place, optionList(options, ttl(filesystem)));
            String device = MountTable.read()
                    .at(place)
                    .map(MountTable.Entry::device)
                    .orElseThrow(() -> new IOException("it vanished from /proc/self/mountinfo at once"));
            return new ServedMount(NAME, place, device, session);
        } catch (IOException | RefusedException e) {
            throw new IOException("mount " + place + ": " + e.getMessage(), e);
        }
    }

    /** How long the root's attributes may be believed: the one time that libfuse 2 takes, for everything. */
    private static Duration ttl(Filesystem filesystem) throws RefusedException {
        CallerRequest request = new CallerRequest(Libc.effectiveUser(), Libc.effectiveGroup(), 0);
        TimedAttributes root = new Answers().of(reply -> filesystem.attributes(request, Filesystem.ROOT_INODE, reply));
        return root.ttl();
    }

    /**
     * No read-ahead option: more than 128 KiB made this driver slower. For programs that write: an upload may set another
     * time than the kernel saw, which this driver cannot tell it, so attributes are asked for each time; hard_remove,
     * because libfuse would else rename a file that is open in place of removing it, and leave an object of that name
     * behind when the process is killed.
     */
    private static String optionList(MountOptions options, Duration ttl) {
        Duration negative = ttl.compareTo(MAX_NEGATIVE_TTL) < 0 ? ttl : MAX_NEGATIVE_TTL;
        Duration attributes = options.readOnly() ? ttl : Duration.ZERO;
        return (options.readOnly() ? "ro" : "rw,hard_remove,atomic_o_trunc")
                + ",nosuid,nodev,default_permissions,use_ino,readdir_ino,big_writes,max_read=131072,max_write=131072"
                + ",max_background=64,attr_timeout=" + seconds(attributes) + ",entry_timeout=" + seconds(ttl)
                + ",negative_timeout=" + seconds(negative) + ",subtype=omerods,fsname="
                + options.source().replace("\\", "\\\\").replace(",", "\\,")
                + (options.allowOther() ? ",allow_other" : "");
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "." + "%03d".formatted(duration.toMillisPart());
    }
}
