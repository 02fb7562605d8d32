package dev.parley.benchmarks.provider;

import dev.parley.benchmarks.wire.AudioFrames;
import dev.parley.benchmarks.wire.AudioKind;
import dev.parley.benchmarks.wire.AudioScript;
import dev.parley.benchmarks.wire.JsonLines;
import dev.parley.benchmarks.wire.Loop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** A provider that speaks OpenAI Realtime as far as a measurement needs it, on one thread. */
public final class FakeProvider {
    private static final int BACKLOG = 4096;

    private final Loop loop = new Loop();
    private final ServerSocketChannel server;
    private final AudioScript appends;
    private final AudioScript deltas;
    private final AudioFrames frames;
    private final Fault fault;
    private final ProviderCounts counts = new ProviderCounts();

    private FakeProvider(int payload, Fault fault) throws IOException {
        this.appends = new AudioScript(AudioKind.APPEND, payload);
        this.deltas = new AudioScript(AudioKind.DELTA, payload);
        this.frames = new AudioFrames(deltas, false);
        this.fault = fault;
        this.server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    }

    /** Arguments: characters of each payload, and the fault to make. */
    public static void main(String[] args) throws IOException {
        FakeProvider provider = new FakeProvider(Integer.parseInt(args[0]), Fault.valueOf(args[1]));
        provider.loop.start("provider");
        provider.loop.execute(provider::listen);
        JsonLines.serve(ProviderOrder.class, provider::answer);
    }

    private ProviderReport answer(ProviderOrder order) {
        CompletableFuture<ProviderReport> report = new CompletableFuture<>();
        loop.execute(
                () -> report.complete(counts.report(server.socket().getLocalPort(), order == ProviderOrder.RESET)));
        return report.join();
    }

    private void listen() {
        try {
            loop.register(server, SelectionKey.OP_ACCEPT, key -> accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            for (SocketChannel socket = server.accept(); socket != null; socket = server.accept()) {
                socket.configureBlocking(false);
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                new ProviderLink(loop, socket, appends, frames, fault, counts).register(SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
