package dev.parley.local.speech;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;
import org.vosk.Recognizer;

/**
 * Ears for any words, on the native library Vosk and a model folder of the user's; recognises while listening.
 *
 * <p>Optional: needs {@code com.alphacephei:vosk:0.3.45} on the class path (Linux x64, macOS, Windows x64) and, on JDK
 * 24 or newer, {@code --enable-native-access=ALL-UNNAMED} to load it without a warning. The model is shared; each
 * utterance has a recognizer of its own.
 */
public final class VoskEars implements Ears {
    private static final float HERTZ = 16_000;

    private final Model model;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile boolean closed;

    private VoskEars(Model model) {
        this.model = model;
    }

    /**
     * Loads a model in about half a second.
     *
     * @param folder of an unpacked Vosk model: it has the folders {@code am} and {@code conf}, or {@code final.mdl}
     * @throws SpeechException when the folder is no model, or Vosk is not there or has no library for this computer
     */
    public static VoskEars load(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new SpeechException("there is no Vosk model folder at " + folder.toAbsolutePath()
                    + "; unpack a model from https://alphacephei.com/vosk/models there or set another path");
        }
        if (!Files.isDirectory(folder.resolve("am")) && !Files.isRegularFile(folder.resolve("final.mdl"))) {
            throw new SpeechException(
                    folder.toAbsolutePath() + " is not a Vosk model: it has neither a folder am nor a file final.mdl");
        }
        try {
            LibVosk.setLogLevel(LogLevel.WARNINGS);
            return new VoskEars(new Model(folder.toString()));
        } catch (IOException e) {
            throw new SpeechException("Vosk could not load the model in " + folder.toAbsolutePath(), e);
        } catch (LinkageError e) {
            throw new SpeechException(
                    "Vosk is not available: add com.alphacephei:vosk:0.3.45 to the class path, on Linux x64, macOS or"
                            + " Windows x64 (this is " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ")",
                    e);
        }
    }

    @Override
    public Transcriber listen() {
        if (closed || !enter()) {
            throw new IllegalStateException("these ears are closed");
        }
        try {
            return new Utterance(new Recognizer(model, HERTZ));
        } catch (IOException e) {
            leave();
            throw new SpeechException("Vosk could not begin an utterance", e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            leave();
        }
    }

    /** Counts a user of the native model in, unless the last has gone. */
    private boolean enter() {
        return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            model.close();
        }
    }

    /** The value of {@code "text"} in Vosk's answer, which has no other strings and escapes nothing but quotes. */
    static String text(String json) {
        int key = json.indexOf("\"text\"");
        int open = json.indexOf('"', json.indexOf(':', key) + 1);
        int end = json.lastIndexOf('"');
        return key < 0 || end <= open ? "" : json.substring(open + 1, end).strip();
    }

    private final class Utterance implements Transcriber {
        private final Recognizer recognizer;
        private final StringJoiner heard = new StringJoiner(" ");
        private boolean over;

        Utterance(Recognizer recognizer) {
            this.recognizer = recognizer;
        }

        @Override
        public void accept(short[] pcm, int offset, int length) {
            checkOpen();
            short[] part = offset == 0 ? pcm : Arrays.copyOfRange(pcm, offset, offset + length);
            if (recognizer.acceptWaveForm(part, length)) {
                keep(recognizer.getResult());
            }
        }

        @Override
        public Transcript finish() {
            checkOpen();
            keep(recognizer.getFinalResult());
            cancel();
            String text = heard.toString();
            return new Transcript(text, !text.isEmpty() && !text.contains("[unk]"));
        }

        @Override
        public void cancel() {
            if (!over) {
                over = true;
                recognizer.close();
                leave();
            }
        }

        private void keep(String json) {
            String text = text(json);
            if (!text.isEmpty()) {
                heard.add(text);
            }
        }

        private void checkOpen() {
            if (over) {
                throw new IllegalStateException("this utterance is over; call listen() for the next one");
            }
        }
    }
}
