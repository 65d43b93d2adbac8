package org.omerods.bench.stage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.omerods.bench.machine.ProcessUsage;
import org.omerods.bench.net.Link;

/** An embedded zone behind a network, with what clients need to find it. One thread may give it orders. */
public final class Zone implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PASSWORD_BYTES = 16;

    private final JavaProcess process;
    private final Link link;
    private final String host;
    private final Path environment;
    private final Path passwordFile;

    private Zone(JavaProcess process, Link link, String host, Path environment, Path passwordFile) {
        this.process = process;
        this.link = link;
        this.host = host;
        this.environment = environment;
        this.passwordFile = passwordFile;
    }

    /** Starts one whose catalog and vault lie in {@code folder}, which is made. */
    public static Zone start(Link link, Path folder) throws IOException {
        Files.createDirectories(folder);
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Path passwordFile = folder.resolve(ZoneProgram.PASSWORD_FILE);
        Files.writeString(passwordFile, HexFormat.of().formatHex(random) + "\n");
        JavaProcess process = JavaProcess.start(
                link::serverSide, ZoneProgram.class, List.of(folder.toString(), link.serverAddress()), "port");
        String host = link.connectTo(Integer.parseInt(process.answer()));
        Path environment = folder.resolve("irods_environment.json");
        Files.writeString(
                environment,
                JSON.writeValueAsString(Map.of(
                        "irods_host",
                        host,
                        "irods_port",
                        link.clientPort(),
                        "irods_zone_name",
                        ZoneProgram.NAME,
                        "irods_user_name",
                        ZoneProgram.USER)));
        return new Zone(process, link, host, environment, passwordFile);
    }

    /** The collection under which everything is put, and which is mounted. */
    public static String home() {
        return "/" + ZoneProgram.NAME + "/home/" + ZoneProgram.USER;
    }

    /** Makes a file of this machine an object, without copying it; {@code name} may have collections in front. */
    public void register(String name, Path file) throws IOException {
        order("register " + home() + "/" + name + " " + file);
    }

    /** Of the objects that {@link #fill} makes, counted from 0. */
    public static String nameOf(int number) {
        return String.format("object-%06d.dat", number);
    }

    /** Makes many small objects in one collection. */
    public void fill(String collection, int count, int bytes) throws IOException {
        order("fill " + home() + "/" + collection + " " + count + " " + bytes);
    }

    /** Makes an empty collection. */
    public void collection(String name) throws IOException {
        order("collection " + home() + "/" + name);
    }

    private void order(String line) throws IOException {
        String answer = process.ask(line);
        if (!answer.startsWith(ZoneProgram.DONE)) {
            throw new IOException("zone: " + line + ": " + answer);
        }
    }

    /** What the server counted, as JSON. */
    public com.fasterxml.jackson.databind.JsonNode statistics() throws IOException {
        return JSON.readTree(process.ask("statistics"));
    }

    /** What the server used of this machine. */
    public ProcessUsage usage() throws IOException {
        return ProcessUsage.of(process.pid());
    }

    public Link link() {
        return link;
    }

    public String host() {
        return host;
    }

    public int port() {
        return link.clientPort();
    }

    public String zoneName() {
        return ZoneProgram.NAME;
    }

    public String user() {
        return ZoneProgram.USER;
    }

    public Path environment() {
        return environment;
    }

    public Path passwordFile() {
        return passwordFile;
    }

    @Override
    public void close() {
        process.close();
    }
}
