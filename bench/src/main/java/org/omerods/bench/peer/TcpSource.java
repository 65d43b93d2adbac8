package org.omerods.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.omerods.bench.net.Link;
import org.omerods.bench.stage.JavaProcess;
import org.omerods.cli.Logging;

/**
 * What the network itself carries: a program that answers each connection with zeros, and a client that counts them. Its
 * figure is the ceiling of everything else in the same run.
 */
public final class TcpSource implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;

    private final JavaProcess process;
    private final String host;
    private final int port;

    private TcpSource(JavaProcess process, String host, int port) {
        this.process = process;
        this.host = host;
        this.port = port;
    }

    /** Starts the program on the server's side. */
    public static TcpSource start(Link link) throws IOException, InterruptedException {
        JavaProcess process =
                JavaProcess.start(link::serverSide, TcpSource.class, List.of(link.serverAddress()), "listening");
        String host = link.connectTo(Integer.parseInt(process.answer()));
        return new TcpSource(process, host, link.clientPort());
    }

    /** Serves until its input ends. The argument is the address to listen on. */
    public static void main(String[] arguments) throws IOException {
        Logging.configure("warn");
        try (ServerSocket listener = new ServerSocket(0, 0, InetAddress.getByName(arguments[0]))) {
            JavaProcess.say("listening " + listener.getLocalPort());
            JavaProcess.exitWithInput();
            while (true) {
                Socket socket = listener.accept();
                Thread.ofPlatform().daemon().start(() -> pour(socket));
            }
        }
    }

    private static void pour(Socket socket) {
        byte[] zeros = new byte[CHUNK_BYTES];
        try (socket;
                OutputStream out = socket.getOutputStream()) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException e) {
            // the client has seen enough
            assert e != null;
        }
    }

    /** How many bytes come within that time over one connection. */
    public long bytesWithin(double seconds) throws IOException {
        try (SocketChannel channel = SocketChannel.open(new java.net.InetSocketAddress(host, port))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
            long end = System.nanoTime() + (long) (seconds * 1e9);
            long total = 0;
            while (System.nanoTime() < end) {
                buffer.clear();
                total += Math.max(0, channel.read(buffer));
            }
            return total;
        }
    }

    /** Milliseconds of one connect: a round trip and what the machine adds. */
    public double connectMillis() throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket(host, port);
                InputStream in = socket.getInputStream()) {
            double millis = (System.nanoTime() - start) / 1e6;
            assert in != null;
            return millis;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
