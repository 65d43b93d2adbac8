package org.omerods.zone;

import java.util.List;

/**
 * Where this zone answers otherwise than the recorded server on purpose.
 *
 * @param scenario the recording
 * @param lines the lines of it that differ
 * @param reason why that is right
 */
record Exclusion(String scenario, List<Integer> lines, String reason) {
    /** All of them. The check fails for any difference that is not here, and for any entry that does not differ any more. */
    static final List<Exclusion> ALL = List.of(
            new Exclusion(
                    "10-connect/raw-old-client-encoding",
                    List.of(15, 26),
                    "the XML dialect of clients older than 4.2.9 is not spoken"),
            new Exclusion(
                    "40-read/irods4j-bad-close",
                    List.of(11, 36),
                    "the recorded agent crashes when a descriptor that is not open is closed; this one refuses"),
            new Exclusion(
                    "41-concurrency/irods4j-rename-while-open",
                    List.of(37, 39, 43, 48, 56, 59, 65, 67, 69),
                    "the recorded server loses the file of an object that is renamed while it is written; this one keeps it"),
            new Exclusion(
                    "60-namespace/irods4j-rename-missing-parent",
                    List.of(34, 44, 46, 54, 56),
                    "the recorded server does half of a rename that failed; this one does nothing of it"),
            new Exclusion(
                    "61-attributes/irods4j-chksum",
                    List.of(93),
                    "the recorded server repeats rows of GenQuery 2 for each permission"),
            new Exclusion(
                    "71-tickets/irods4j-tickets",
                    List.of(192),
                    "the recorded server repeats rows of GenQuery 2 for each permission"),
            new Exclusion(
                    "90-admin/icommands-ilsresc-iuserinfo",
                    List.of(24),
                    "the vault is in another directory, which is told"),
            new Exclusion(
                    "90-admin/irods4j-catalog-queries",
                    List.of(22, 24, 64),
                    "the vault is in another directory, which is told"),
            new Exclusion(
                    "90-admin/irods4j-highlevel-admin-specific",
                    List.of(11),
                    "fewer stored queries, and the list of them does not show their SQL"));
}
