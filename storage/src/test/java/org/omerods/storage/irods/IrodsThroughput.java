package org.omerods.storage.irods;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Secret;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/**
 * Prints what this client moves over loopback, with its own CPU time: the embedded zone runs in a process of its own.
 * Start {@link #main} from the test class path; an argument is the size of the object in MiB (512).
 */
final class IrodsThroughput {
    private static final int ROUNDS = 5;
    private static final int MIB = 1 << 20;

    private IrodsThroughput() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("zone")) {
            serve(Path.of(arguments[1]));
            return;
        }
        int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 512;
        Path directory = Files.createTempDirectory("omerods-throughput");
        Process zone = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IrodsThroughput.class.getName(),
                        "zone",
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(zone.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.startsWith("port ")) {
                line = out.readLine();
            }
            measure(Integer.parseInt(line.substring("port ".length())), mebibytes);
        } finally {
            zone.destroy();
            zone.waitFor();
            deleteTree(directory);
        }
    }

    private static void serve(Path directory) throws Exception {
        try (EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory))) {
            print("port %d", zone.port());
            System.in.read();
            TimeUnit.DAYS.sleep(1);
        }
    }

    private static void measure(int port, int mebibytes) throws Exception {
        IrodsConfig config = IrodsConfig.builder()
                .host("127.0.0.1")
                .port(port)
                .zone("tempZone")
                .user("rods")
                .password(Secret.of("rods"))
                .build();
        try (IrodsStorage storage = IrodsStorage.connect(config)) {
            DataObject object = write(storage, "throughput", mebibytes);
            for (int round = 1; round <= ROUNDS; round++) {
                for (int block : new int[] {MIB, 4 * MIB, 16 * MIB}) {
                    sequential(storage, object, block, 1);
                    sequential(storage, object, block, 2);
                }
                scattered(storage, object);
                writeTimed(storage, mebibytes);
                uploads(storage, port, mebibytes);
            }
            print("%s", storage.counters());
        }
    }

    private static DataObject write(IrodsStorage storage, String name, int mebibytes) throws Exception {
        ByteBuffer block = ByteBuffer.allocateDirect(4 * MIB);
        try (ObjectWriter writer = storage.write(StoragePath.of("/tempZone/home/rods/" + name), WriteMode.REPLACE)) {
            for (long at = 0; at < (long) mebibytes * MIB; at += block.capacity()) {
                block.clear();
                writer.write(at, block);
            }
            return writer.commit();
        }
    }

    private static void writeTimed(IrodsStorage storage, int mebibytes) throws Exception {
        report("write 4 MiB", (long) mebibytes * MIB, () -> write(storage, "written", mebibytes));
    }

    /** This client's put of a file against the raw one, both with a checksum at the end, in turns. */
    private static void uploads(IrodsStorage storage, int port, int mebibytes) throws Exception {
        Path file = Files.createTempFile("omerods-upload", "");
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            byte[] block = new byte[MIB];
            Random random = new Random(1);
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(block);
                content.write(ByteBuffer.wrap(block));
            }
            long size = content.size();
            for (int connections : new int[] {1, 2, 4}) {
                report("raw upload, " + connections + " connections", size, () -> {
                    new RawUploader("127.0.0.1", port).upload(file, "/tempZone/home/rods/raw", connections);
                    return connections;
                });
            }
            report("put", size, () -> {
                StoragePath path = StoragePath.of("/tempZone/home/rods/put");
                return storage.put(path, WriteMode.REPLACE, Content.of(content, size));
            });
        } finally {
            Files.delete(file);
        }
    }

    private static void sequential(IrodsStorage storage, DataObject object, int block, int readers) throws Exception {
        report("sequential, " + block / MIB + " MiB blocks, " + readers + " threads", object.size(), () -> {
            try (ObjectReader reader = storage.open(object);
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Long>> tasks = new ArrayList<>();
                for (int number = 0; number < readers; number++) {
                    int first = number;
                    tasks.add(() -> readEveryNth(reader, block, first, readers));
                }
                long total = 0;
                for (Future<Long> task : threads.invokeAll(tasks)) {
                    total += task.get();
                }
                return total;
            }
        });
    }

    private static long readEveryNth(ObjectReader reader, int block, int first, int step) throws Exception {
        ByteBuffer target = ByteBuffer.allocateDirect(block);
        long total = 0;
        for (long at = (long) first * block; at < reader.object().size(); at += (long) step * block) {
            target.clear().limit((int) Math.min(block, reader.object().size() - at));
            reader.read(at, target, Priority.PREFETCH);
            total += target.limit();
        }
        return total;
    }

    private static void scattered(IrodsStorage storage, DataObject object) throws Exception {
        Random random = new Random(64);
        long[] nanos = new long[20];
        try (ObjectReader reader = storage.open(object);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int run = 0; run < nanos.length; run++) {
                List<Callable<Void>> tasks = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    long at = random.nextLong(object.size() - (64 << 10));
                    tasks.add(() -> {
                        reader.read(at, ByteBuffer.allocate(64 << 10), Priority.DEMAND);
                        return null;
                    });
                }
                long start = System.nanoTime();
                for (Future<Void> task : threads.invokeAll(tasks)) {
                    task.get();
                }
                nanos[run] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        print("64 x 64 KiB scattered, one flight: median %.1f ms", nanos[nanos.length / 2] / 1e6);
    }

    private static void report(String what, long bytes, Callable<?> body) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        body.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
        print(
                "%s: %.0f MiB/s, client CPU %.2f s/GiB",
                what, bytes / seconds / MIB, cpuSeconds / (bytes / (double) (1 << 30)));
    }

    @SuppressWarnings("SystemOut") // a program that prints figures
    private static void print(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }

    private static void deleteTree(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
