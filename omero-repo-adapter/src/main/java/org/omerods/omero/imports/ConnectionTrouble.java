package org.omerods.omero.imports;

import java.util.List;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroException.Reason;
import org.omerods.omero.remote.ProgramResult;

/**
 * Tells runs that never reached the server, by what the program prints: their exit codes differ between versions, and the
 * one of a refused password has been seen as a crash of the local Ice library.
 */
final class ConnectionTrouble {
    private static final List<String> AWAY = List.of(
            "ConnectionRefusedException",
            "ConnectFailedException",
            "ConnectTimeoutException",
            "ServerUnreachableException",
            "DNSException",
            "isn't running",
            "Connection refused",
            "cannot request server");
    private static final List<String> REFUSED =
            List.of("Password check failed", "incorrect password", "cannot request password", "Bad session key");

    private ConnectionTrouble() {}

    /** @throws OmeroException LOGIN_REFUSED, UNAVAILABLE; nothing was imported then */
    static void check(ProgramResult result) throws OmeroException {
        if (result.exitCode() == 0 || !result.output().isEmpty()) {
            return;
        }
        for (String line : result.errors()) {
            if (REFUSED.stream().anyMatch(line::contains)) {
                throw new OmeroException(Reason.LOGIN_REFUSED, "log in to", "OMERO", line);
            }
        }
        for (String line : result.errors()) {
            if (AWAY.stream().anyMatch(line::contains)) {
                throw new OmeroException(Reason.UNAVAILABLE, "log in to", "OMERO", line);
            }
        }
        if (result.errors().isEmpty() && result.exitCode() > 128) {
            throw new OmeroException(
                    Reason.UNAVAILABLE, "log in to", "OMERO", "the omero program crashed with " + result.exitCode());
        }
    }
}
