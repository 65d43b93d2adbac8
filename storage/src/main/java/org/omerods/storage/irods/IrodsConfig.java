package org.omerods.storage.irods;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.omerods.storage.irods.catalog.Marks;
import org.omerods.storage.irods.session.Account;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.Endpoint;
import org.omerods.storage.irods.session.HostVerification;
import org.omerods.storage.irods.session.NegotiationPolicy;
import org.omerods.storage.irods.session.Secret;
import org.omerods.storage.irods.session.SessionSettings;
import org.omerods.storage.irods.session.TlsSettings;
import org.omerods.storage.irods.write.ChecksumScheme;

/**
 * How to use a zone. Immutable; a config that exists is valid, as far as that can be told without the server.
 *
 * @param server the host to log in to
 * @param defaultResource where new objects go; the server decides when empty
 * @param connectTimeout how long a TCP connection may take
 * @param readTimeout how long a server may be silent while an answer is awaited
 * @param maxConnections to one server
 * @param routeToResourceHosts whether objects are read from the host of their resource, where that can be reached
 * @param readStaleReplicas whether objects without a good replica may be read
 * @param checksum by which what is written is compared and registered; empty: it is not
 * @param linkAttribute attribute of the triple that marks a data object as a symbolic link
 * @param modeAttribute attribute of the triple that keeps permission bits of data objects and collections; empty: none are kept, nor asked for
 */
public record IrodsConfig(
        Endpoint server,
        Account account,
        TlsSettings tls,
        Optional<String> defaultResource,
        Duration connectTimeout,
        Duration readTimeout,
        int maxConnections,
        boolean routeToResourceHosts,
        boolean readStaleReplicas,
        Optional<ChecksumScheme> checksum,
        String linkAttribute,
        Optional<String> modeAttribute) {

    public static final String DEFAULT_LINK_ATTRIBUTE = "omerods:symlink";
    public static final String DEFAULT_MODE_ATTRIBUTE = "omerods:mode";
    public static final int DEFAULT_PORT = 1247;
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** Longer than a busy server takes for a listing of 100,000 entries, short enough to be waited for. */
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(60);
    /** Each connection is an agent with a database session on the server: more have caused outages of catalogs. */
    public static final int DEFAULT_MAX_CONNECTIONS = 8;

    public IrodsConfig {
        requireNonNull(server, "server");
        requireNonNull(account, "account");
        requireNonNull(tls, "tls");
        requireNonNull(defaultResource, "defaultResource");
        requireNonNull(checksum, "checksum");
        if (linkAttribute.isBlank()) {
            throw new IllegalArgumentException("the attribute that marks symbolic links must not be empty");
        }
        requireNonNull(modeAttribute, "modeAttribute");
        if (modeAttribute.isPresent()) {
            Marks.requireAskedTogether(linkAttribute, modeAttribute.get());
        }
        SessionSettings.check(account, tls, connectTimeout, readTimeout, maxConnections);
    }

    /** The same for another user, for whom the user that logs in now acts; the server allows that to administrators. */
    public IrodsConfig onBehalfOf(String user, String zone) {
        Account other = new Account(
                user,
                zone,
                account.proxyUser(),
                account.proxyZone(),
                account.scheme(),
                account.password(),
                account.ticket());
        return new IrodsConfig(
                server,
                other,
                tls,
                defaultResource,
                connectTimeout,
                readTimeout,
                maxConnections,
                routeToResourceHosts,
                readStaleReplicas,
                checksum,
                linkAttribute,
                modeAttribute);
    }

    SessionSettings sessions() {
        return new SessionSettings(account, tls, connectTimeout, readTimeout, maxConnections);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects what is known, in any order; what is not set has its default. Not thread-safe. */
    public static final class Builder {
        private String host = "";
        private int port = DEFAULT_PORT;
        private String zone = "";
        private String user = "";
        private String proxyUser = "";
        private String proxyZone = "";
        private AuthenticationScheme scheme = AuthenticationScheme.NATIVE;
        private Secret password = Secret.NONE;
        private Secret ticket = Secret.NONE;
        private TlsSettings tls = TlsSettings.DEFAULT;
        private String defaultResource = "";
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration readTimeout = DEFAULT_READ_TIMEOUT;
        private int maxConnections = DEFAULT_MAX_CONNECTIONS;
        private boolean routeToResourceHosts = true;
        private boolean readStaleReplicas;
        private Optional<ChecksumScheme> checksum = Optional.of(ChecksumScheme.SHA2);
        private String linkAttribute = DEFAULT_LINK_ATTRIBUTE;

        private Optional<String> modeAttribute = Optional.empty();

        private Builder() {}

        public Builder host(String value) {
            host = value;
            return this;
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder zone(String value) {
            zone = value;
            return this;
        }

        public Builder user(String value) {
            user = value;
            return this;
        }

        /** The administrator who logs in for the user; empty for the user himself. */
        public Builder proxyUser(String value) {
            proxyUser = value;
            return this;
        }

        /** Zone of the proxy user; empty for the user's. */
        public Builder proxyZone(String value) {
            proxyZone = value;
            return this;
        }

        public Builder scheme(AuthenticationScheme value) {
            scheme = value;
            return this;
        }

        public Builder password(Secret value) {
            password = value;
            return this;
        }

        public Builder ticket(Secret value) {
            ticket = value;
            return this;
        }

        public Builder tls(TlsSettings value) {
            tls = value;
            return this;
        }

        public Builder tlsPolicy(NegotiationPolicy value) {
            tls = tls.withPolicy(value);
            return this;
        }

        public Builder certificateAuthorities(Path pem) {
            tls = tls.withCertificateAuthorities(pem);
            return this;
        }

        public Builder tlsVerification(HostVerification value) {
            tls = tls.withVerification(value);
            return this;
        }

        public Builder defaultResource(String value) {
            defaultResource = value;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder readTimeout(Duration value) {
            readTimeout = value;
            return this;
        }

        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        public Builder routeToResourceHosts(boolean value) {
            routeToResourceHosts = value;
            return this;
        }

        public Builder readStaleReplicas(boolean value) {
            readStaleReplicas = value;
            return this;
        }

        /** {@code sha2}, {@code sha512}, {@code sha1}, {@code md5} or {@code none}. */
        public Builder checksum(String value) {
            checksum = ChecksumScheme.named(value);
            return this;
        }

        public Builder linkAttribute(String value) {
            linkAttribute = value;
            return this;
        }

        /** Keeps permission bits of data objects in triples of that attribute. */
        public Builder modeAttribute(String value) {
            modeAttribute = Optional.of(value);
            return this;
        }

        /** @throws IllegalArgumentException naming what is missing or wrong */
        public IrodsConfig build() {
            boolean anonymous = scheme == AuthenticationScheme.ANONYMOUS;
            String name = anonymous && user.isEmpty() ? "anonymous" : user;
            Account account = new Account(
                    name,
                    zone,
                    proxyUser.isEmpty() ? name : proxyUser,
                    proxyZone.isEmpty() ? zone : proxyZone,
                    scheme,
                    password,
                    ticket);
            return new IrodsConfig(
                    new Endpoint(host, port),
                    account,
                    tls,
                    defaultResource.isEmpty() ? Optional.empty() : Optional.of(defaultResource),
                    connectTimeout,
                    readTimeout,
                    maxConnections,
                    routeToResourceHosts,
                    readStaleReplicas,
                    checksum,
                    linkAttribute,
                    modeAttribute);
        }
    }
}
