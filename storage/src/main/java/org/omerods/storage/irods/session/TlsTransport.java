package org.omerods.storage.irods.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS inside a TCP connection that exists already, as iRODS negotiates it. */
final class TlsTransport implements Transport {
    private final PlainTransport plain;
    private final InputStream in;
    private final OutputStream out;

    private TlsTransport(PlainTransport plain, SSLSocket socket) throws IOException {
        this.plain = plain;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Does the handshake; certificate and host name are checked as far as {@code verification} asks. */
    static TlsTransport over(
            PlainTransport plain, SSLSocketFactory factory, Endpoint endpoint, HostVerification verification)
            throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain.socket(), endpoint.host(), endpoint.port(), true);
        if (verification == HostVerification.HOSTNAME) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return new TlsTransport(plain, socket);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int read = in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
        if (read > 0) {
            target.position(target.position() + read);
        }
        return read;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        if (source.hasArray()) {
            out.write(source.array(), source.arrayOffset() + source.position(), source.remaining());
            source.position(source.limit());
        } else {
            byte[] copy = new byte[source.remaining()];
            source.get(copy);
            out.write(copy);
        }
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes);
    }

    /** Without a goodbye: an SSLSocket's close waits for a writer that is stuck. */
    @Override
    public void close() {
        plain.close();
    }
}
