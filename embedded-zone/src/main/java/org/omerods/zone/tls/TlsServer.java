package org.omerods.zone.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The server's side of TLS on connections that began without. Thread safe. */
public final class TlsServer {
    private final SSLContext context;

    private TlsServer(SSLContext context) {
        this.context = context;
    }

    /** Uses the key and certificate in {@code keystore}. */
    public static TlsServer of(Path keystore, String password) throws IOException {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new TlsServer(context);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the keystore " + keystore + ": " + e.getMessage(), e);
        }
    }

    /** Does the handshake on {@code channel}; returns the socket on top of it. */
    public Socket accept(SocketChannel channel) throws IOException {
        InetSocketAddress client = (InetSocketAddress) channel.getRemoteAddress();
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(channel.socket(), client.getAddress().getHostAddress(), client.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }
}
