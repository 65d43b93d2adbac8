package org.omerods.bench.machine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What was measured on, for the results: without it no figure means anything. */
public final class Machine {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Machine() {}

    /** Processor, memory, kernel, load at this moment. */
    public static ObjectNode describe() throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("cpu", field("/proc/cpuinfo", "model name"));
        node.put("cores", Runtime.getRuntime().availableProcessors());
        node.put("memory", field("/proc/meminfo", "MemTotal"));
        node.put(
                "kernel",
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        node.put("load", Files.readString(Path.of("/proc/loadavg")).strip());
        node.put("tcp_congestion_control", sysctl("net/ipv4/tcp_congestion_control"));
        node.put("tcp_wmem", sysctl("net/ipv4/tcp_wmem"));
        node.put("tcp_rmem", sysctl("net/ipv4/tcp_rmem"));
        return node;
    }

    /** Versions of what was measured and of what it was measured with. */
    public static ObjectNode versions(Path checkout) {
        ObjectNode node = JSON.createObjectNode();
        node.put("omerods", output("git", "-C", checkout.toString(), "describe", "--always", "--dirty"));
        node.put("java", Runtime.version().toString());
        node.put("fio", output("fio", "--version"));
        node.put("bindfs", output("bindfs", "--version"));
        return node;
    }

    private static String sysctl(String name) throws IOException {
        Path file = Path.of("/proc/sys", name);
        return Files.exists(file) ? Files.readString(file).strip().replace('\t', ' ') : "";
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? text.lines().findFirst().orElse("").strip() : "unknown";
        } catch (IOException e) {
            return "not installed";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
