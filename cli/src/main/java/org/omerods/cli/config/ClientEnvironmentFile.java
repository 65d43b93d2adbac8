package org.omerods.cli.config;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** An irods_environment.json for clients of a zone of our own, readable by this user only. */
public final class ClientEnvironmentFile {
    private ClientEnvironmentFile() {}

    /** Writes it into a folder and returns its path. */
    public static Path write(Path folder, String host, int port, String zone, String user) throws IOException {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("irods_host", host);
        environment.put("irods_port", port);
        environment.put("irods_zone_name", zone);
        environment.put("irods_user_name", user);
        environment.put("irods_home", "/" + zone + "/home/" + user);
        Path target = folder.resolve("irods_environment.json");
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        writePrivately(target, json.writeValueAsString(environment) + "\n");
        return target;
    }

    /** Writes a file that nobody else may read, a password for example. */
    public static void writePrivately(Path file, String text) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }
}
