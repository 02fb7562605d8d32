package dev.parley.server.call;

import dev.parley.server.CommandException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/** The computer's loudspeaker. */
public final class Loudspeaker implements Playout.Speaker, AutoCloseable {
    private final SourceDataLine line;
    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    private Loudspeaker(SourceDataLine line) {
        this.line = line;
        this.thread = Thread.ofPlatform().daemon().name("parley-loudspeaker").start(this::run);
    }

    /** Opens the loudspeaker. */
    public static Loudspeaker open() {
        try {
            AudioFormat format = new AudioFormat(Line.HERTZ, 16, 1, true, false);
            SourceDataLine line = AudioSystem.getSourceDataLine(format);
            line.open(format, Line.HERTZ / 5);
            line.start();
            return new Loudspeaker(line);
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            throw CommandException.usage("Java finds no loudspeaker that it may use ('parley doctor' tells more);"
                    + " write the answer to a file with --out instead");
        }
    }

    private void run() {
        try {
            while (true) {
                byte[] chunk = queue.take();
                line.write(chunk, 0, chunk.length);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void play(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        queue.add(bytes.array());
    }

    @Override
    public void drop() {
        queue.clear();
        line.flush();
    }

    @Override
    public void close() {
        thread.interrupt();
        line.close();
    }
}
