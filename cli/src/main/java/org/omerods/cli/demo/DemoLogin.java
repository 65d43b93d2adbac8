package org.omerods.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import org.omerods.cli.config.ClientEnvironmentFile;

/**
 * Files with which other clients log in to the zone of a demo that stays, in the scratch directory that only this user may
 * enter: so the password stands in no output.
 *
 * @param environment an irods_environment.json
 * @param passwordFile its only line is the password
 */
record DemoLogin(Path environment, Path passwordFile) {

    static DemoLogin write(DemoZone zone, Path scratch) throws IOException {
        Path environment =
                ClientEnvironmentFile.write(scratch, zone.host(), zone.port(), zone.zoneName(), DemoZone.USER);
        Path passwordFile = scratch.resolve("password");
        ClientEnvironmentFile.writePrivately(passwordFile, zone.password() + "\n");
        return new DemoLogin(environment, passwordFile);
    }
}
