package dev.parley.local.speech;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import javax.sound.sampled.AudioInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import marytts.LocalMaryInterface;
import marytts.exceptions.MaryConfigurationException;
import marytts.exceptions.SynthesisException;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * The MaryTTS library, of which a JVM has one. Its way from text to sounds shares number formats and taggers without
 * locks, so here one thread at a time goes it (10 to 30 ms a phrase); its vocoder, where the time is spent, keeps
 * nothing between calls and is run by any number of threads.
 */
final class MaryLibrary {
    private static final String VOICE = "cmu-slt-hsmm";

    /** Sample rate of the voice, in Hz. */
    static final int HERTZ = 48_000;

    /** MaryTTS itself is one for the whole process. */
    private static final ReentrantLock ANALYSIS = new ReentrantLock();

    private final DocumentBuilderFactory documents = DocumentBuilderFactory.newNSInstance();

    /** Starts MaryTTS, which takes one to four seconds the first time and nothing later. */
    MaryLibrary() {
        warnOfTextInLogs();
        try {
            new LocalMaryInterface().setVoice(VOICE);
        } catch (MaryConfigurationException | IllegalArgumentException e) {
            throw new SpeechException(
                    "MaryTTS could not be started with the voice " + VOICE
                            + "; is de.dfki.mary:voice-cmu-slt-hsmm:5.2.1 on the class path?",
                    e);
        }
    }

    /**
     * Finds the sounds of a phrase, their lengths and their melody.
     *
     * @param words letters, blanks and {@code ' , . ? !} only
     * @param rate of speaking, 1 is normal
     * @param pitch of the melody, 1 is normal
     */
    Document analyse(String words, double rate, double pitch) {
        String xml = "<maryxml version=\"0.5\" xmlns=\"http://mary.dfki.de/2002/MaryXML\" xml:lang=\"en-US\"><p>"
                + "<prosody rate=\"" + percent(rate) + "\" pitch=\"" + percent(pitch) + "\">" + words
                + "</prosody></p></maryxml>";
        ANALYSIS.lock();
        try {
            Document raw = documents
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            LocalMaryInterface mary = new LocalMaryInterface();
            mary.setVoice(VOICE);
            mary.setInputType("RAWMARYXML");
            mary.setOutputType("ACOUSTPARAMS");
            return mary.generateXML(raw);
        } catch (MaryConfigurationException
                | SynthesisException
                | ParserConfigurationException
                | SAXException
                | IOException e) {
            throw new SpeechException("MaryTTS could not analyse a phrase of " + words.length() + " characters");
        } finally {
            ANALYSIS.unlock();
        }
    }

    /** Makes the sound: 16-bit mono at {@value #HERTZ} Hz. */
    short[] vocode(Document sounds) {
        try {
            LocalMaryInterface mary = new LocalMaryInterface();
            mary.setVoice(VOICE);
            mary.setInputType("ACOUSTPARAMS");
            try (AudioInputStream audio = mary.generateAudio(sounds)) {
                return samples(audio);
            }
        } catch (MaryConfigurationException | SynthesisException | IOException e) {
            throw new SpeechException("MaryTTS could not synthesise a phrase");
        }
    }

    private static short[] samples(AudioInputStream audio) throws IOException {
        int rate = Math.round(audio.getFormat().getSampleRate());
        if (rate != HERTZ
                || audio.getFormat().getSampleSizeInBits() != 16
                || audio.getFormat().getChannels() != 1) {
            throw new IOException("unexpected audio format " + audio.getFormat());
        }
        byte[] bytes = new byte[HERTZ * 4];
        int length = 0;
        // Not readAllBytes(): MaryTTS's stream says it is at its end after the first of its parts.
        for (int n = audio.read(bytes, 0, bytes.length); n >= 0; n = audio.read(bytes, length, bytes.length - length)) {
            length += n;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
        }
        boolean big = audio.getFormat().isBigEndian();
        short[] samples = new short[length / 2];
        for (int i = 0; i < samples.length; i++) {
            int high = bytes[2 * i + (big ? 0 : 1)];
            int low = bytes[2 * i + (big ? 1 : 0)] & 0xff;
            samples[i] = (short) (high << 8 | low);
        }
        return samples;
    }

    private static String percent(double factor) {
        return "%+d%%".formatted(Math.round((factor - 1) * 100));
    }

    /** MaryTTS logs what it reads at level DEBUG, and a library cannot turn a logger off. */
    private static void warnOfTextInLogs() {
        if (LoggerFactory.getLogger("marytts").isDebugEnabled()) {
            LoggerFactory.getLogger(MaryLibrary.class)
                    .warn("the logger \"marytts\" is at DEBUG and will write out what is spoken; set it to OFF");
        }
    }
}
