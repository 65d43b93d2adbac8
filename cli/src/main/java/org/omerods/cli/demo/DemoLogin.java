package org.omerods.cli.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files with which other clients log in to the zone of a demo that stays, in the scratch directory that only this user may
 * enter: so the password stands in no output.
 *
 * @param environment an irods_environment.json
 * @param passwordFile its only line is the password
 */
record DemoLogin(Path environment, Path passwordFile) {

    static DemoLogin write(DemoZone zone, Path scratch) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("irods_host", zone.host());
        settings.put("irods_port", zone.port());
        settings.put("irods_zone_name", zone.zoneName());
        settings.put("irods_user_name", DemoZone.USER);
        settings.put("irods_home", zone.home().value());
        Path environment = scratch.resolve("irods_environment.json");
        Files.writeString(environment, new JsonMapper().writeValueAsString(settings) + "\n");
        Path passwordFile = scratch.resolve("password");
        Files.writeString(passwordFile, zone.password() + "\n");
        return new DemoLogin(environment, passwordFile);
    }
}
