package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.HostVerification;
import org.omerods.storage.irods.session.NegotiationPolicy;
import org.omerods.storage.irods.session.Secret;

/** What iinit left behind is understood. */
class IrodsEnvironmentTest {
    private static final String ENVIRONMENT = """
            {
                "irods_host": "irods.example.org",
                "irods_port": 2247,
                "irods_zone_name": "labZone",
                "irods_user_name": "alice",
                "irods_client_server_negotiation": "request_server_negotiation",
                "irods_client_server_policy": "CS_NEG_REQUIRE",
                "irods_ssl_verify_server": "cert",
                "irods_ssl_ca_certificate_file": "/etc/ssl/lab.pem",
                "irods_encryption_key_size": 16,
                "irods_cwd": "/labZone/home/alice",
                "something_else": {"nested": true}
            }
            """;

    @TempDir
    Path home;

    Path file;

    @BeforeEach
    void makeFolder() throws Exception {
        file = home.resolve(".irods/irods_environment.json");
        Files.createDirectories(file.getParent());
    }

    private void writePassword(String password, int sequence) throws Exception {
        long user = ((Integer) Files.getAttribute(home, "unix:uid")).longValue();
        String text = PasswordObfuscation.disguise(password, user, sequence, 1_795_175_191L) + "\0";
        Files.writeString(home.resolve(".irods/.irodsA"), text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void environmentAndPasswordAsIinitWritesThemAreRead() throws Exception {
        Files.writeString(file, ENVIRONMENT);
        writePassword("s3cret/With+Signs & blanks", 7);
        IrodsConfig config = IrodsEnvironment.of(Map.of(), home).toBuilder().build();
        assertThat(config.server()).hasToString("irods.example.org:2247");
        assertThat(config.account().user()).isEqualTo("alice");
        assertThat(config.account().proxyUser()).isEqualTo("alice");
        assertThat(config.account().password()).isEqualTo(Secret.of("s3cret/With+Signs & blanks"));
        assertThat(config.tls().policy()).isEqualTo(NegotiationPolicy.CS_NEG_REQUIRE);
        assertThat(config.tls().verification()).isEqualTo(HostVerification.CERT);
        assertThat(config.tls().certificateAuthorities()).contains(Path.of("/etc/ssl/lab.pem"));
        assertThat(config.tls().keyBytes()).isEqualTo(16);
        assertThat(config.toString()).doesNotContain("s3cret").contains("***");
    }

    @Test
    void variablesOverrideTheFile() throws Exception {
        Files.writeString(file, ENVIRONMENT);
        Map<String, String> variables = Map.of("IRODS_HOST", "other", "IRODS_PORT", "1248", "IRODS_USER_PASSWORD", "p");
        IrodsEnvironment environment = IrodsEnvironment.of(variables, home);
        assertThat(environment.toBuilder().build().server()).hasToString("other:1248");
        assertThat(environment.settings())
                .contains(new IrodsEnvironment.Setting("irods_host", "other", "IRODS_HOST"))
                .contains(new IrodsEnvironment.Setting("irods_user_name", "alice", file.toString()))
                .noneMatch(setting -> setting.value().equals("p"));
    }

    @Test
    void withoutNegotiationTheConnectionIsPlain() throws Exception {
        Files.writeString(file, "{\"irods_host\":\"h\",\"irods_zone_name\":\"z\",\"irods_user_name\":\"u\"}");
        writePassword("p", 0);
        IrodsConfig config = IrodsEnvironment.of(Map.of(), home).toBuilder().build();
        assertThat(config.tls().negotiate()).isFalse();
        assertThat(config.server().port()).isEqualTo(1247);
        assertThat(config.account().scheme()).isEqualTo(AuthenticationScheme.NATIVE);
    }

    @Test
    void errorsNameFileAndKey() throws Exception {
        Files.writeString(file, ENVIRONMENT.replace("2247", "\"many\""));
        writePassword("p", 0);
        assertThatThrownBy(() -> IrodsEnvironment.of(Map.of(), home).toBuilder())
                .hasMessageContaining(file.toString())
                .hasMessageContaining("irods_port")
                .hasMessageContaining("many");
        Files.writeString(file, ENVIRONMENT.replace("CS_NEG_REQUIRE", "SOMETIMES"));
        assertThatThrownBy(() -> IrodsEnvironment.of(Map.of(), home).toBuilder())
                .hasMessageContaining("irods_client_server_policy")
                .hasMessageContaining("SOMETIMES");
        Files.writeString(file, "{\"irods_host\":");
        assertThatThrownBy(() -> IrodsEnvironment.of(Map.of(), home)).hasMessageContaining(file + " is no JSON");
        assertThatThrownBy(() -> IrodsEnvironment.of(Map.of("IRODS_ENVIRONMENT_FILE", "/no/where.json"), home))
                .hasMessageContaining("/no/where.json");
    }

    @Test
    void aMissingPasswordSaysWhatToDo() throws Exception {
        Files.writeString(file, ENVIRONMENT);
        assertThatThrownBy(() -> IrodsEnvironment.of(Map.of(), home).toBuilder().build())
                .hasMessageContaining("iinit");
    }

    @Test
    void aPasswordFileOfAnotherUserIsRefusedNotMisread() throws Exception {
        Files.writeString(file, ENVIRONMENT);
        Files.writeString(
                home.resolve(".irods/.irodsA"),
                PasswordObfuscation.disguise("p", 12_345, 3, 0),
                StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> IrodsEnvironment.of(Map.of(), home)).hasMessageContaining(".irodsA");
    }

    @Test
    void disguisedPasswordsComeBack() {
        long seed = 99;
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            StringBuilder password = new StringBuilder();
            for (int k = random.nextInt(50); k >= 0; k--) {
                password.append((char) (33 + random.nextInt(94)));
            }
            long user = random.nextInt(70_000);
            String text = PasswordObfuscation.disguise(password.toString(), user, i % 16, random.nextInt());
            assertThat(PasswordObfuscation.reveal(text, user))
                    .as("seed %s", seed)
                    .contains(password.toString());
        }
    }

    @Test
    void thePythonClientDisguisesInTheSameWay() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "needs /usr/bin/python3 with python3-irodsclient");
        String program = """
                from irods.password_obfuscation import encode, decode
                import sys
                print(encode(sys.argv[2], 1000, 1795175191).rstrip(chr(0)))
                print(decode(sys.argv[1], 4711))
                """;
        String theirs = "Sp3cial!#$%&()*+,-./pw";
        String ours = PasswordObfuscation.disguise("aB3/+x_~y", 4711, 11, 1_795_175_191L);
        Process process = new ProcessBuilder(python.toString(), "-c", program, ours, theirs)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String[] lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).split("\n");
        assumeTrue(process.waitFor() == 0, "needs Debian's python3-irodsclient");
        assertThat(PasswordObfuscation.reveal(lines[0], 1000)).contains(theirs);
        assertThat(lines[1]).isEqualTo("aB3/+x_~y");
    }
}
