package org.omerods.zone.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.omerods.zone.catalog.OwnerOnly;

/** Makes a key and a certificate for localhost, by the keytool of the running JDK. */
public final class SelfSigned {
    /**
     * Guards nothing that is worth more than the file itself, which only its owner can read: the key is for one throw-away zone
     * on this machine.
     */
    public static final String PASSWORD = "embedded-zone";

    private static final String ALIAS = "zone";
    private static final int LIMIT_SECONDS = 60;

    /** Characters per line of PEM: RFC 7468, section 2. */
    private static final int PEM_LINE = 64;

    private SelfSigned() {}

    /** Makes {@code keystore} where it is missing, and writes its certificate to {@code certificate} as PEM. */
    public static void ensure(Path keystore, Path certificate, String host) throws IOException {
        if (!Files.exists(keystore)) {
            String names = "san=dns:localhost,ip:127.0.0.1" + (host.equals("127.0.0.1") ? "" : ",ip:" + host);
            keytool(
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "3650",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    names,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keystore.toString(),
                    "-storepass",
                    PASSWORD);
        }
        OwnerOnly.close(keystore);
        Files.writeString(certificate, pem(keystore), UTF_8);
    }

    private static String pem(Path keystore) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
            byte[] encoded = store.getCertificate(ALIAS).getEncoded();
            String lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(encoded);
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the certificate in " + keystore + ": " + e.getMessage(), e);
        }
    }

    private static void keytool(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("keytool cannot make a certificate: " + output.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a certificate", e);
        }
    }
}
