package dev.parley.gemini.wire;

import dev.parley.protocol.Bytes;

/**
 * Finds the audio in a message that holds one piece of it and nothing else, as nearly all do, without parsing: a walk over
 * {@code {"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":…,"data":…}}]}}}}, with spaces anywhere. All else
 * is left to {@link ServerMessage}. One instance a connection, used on its lane.
 */
public final class AudioMessage {
    /** What most messages say. */
    private static final String USUAL = "audio/pcm;rate=24000";

    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private Bytes in = NOTHING;
    private int at;
    private int stringFrom;
    private int stringTo;
    private int dataFrom;
    private int dataTo;

    /** Whether the message is 24 kHz PCM alone; it then stands from {@link #from} to {@link #to}, in base64. */
    public boolean find(Bytes message) {
        in = message;
        at = 0;
        boolean found = walk();
        in = NOTHING;
        return found;
    }

    /** Where the payload begins. */
    public int from() {
        return dataFrom;
    }

    /** Where it ends. */
    public int to() {
        return dataTo;
    }

    private boolean walk() {
        return open('{')
                && name("serverContent")
                && open('{')
                && name("modelTurn")
                && open('{')
                && role()
                && name("parts")
                && open('[')
                && open('{')
                && name("inlineData")
                && open('{')
                && blob()
                && open('}')
                && open('}')
                && open(']')
                && laterRole()
                && open('}')
                && open('}')
                && open('}')
                && ended();
    }

    /** {@code "role":"model",}, which some servers write. */
    private boolean role() {
        int before = at;
        if (name("role")) {
            return string() && open(',');
        }
        at = before;
        return true;
    }

    private boolean laterRole() {
        int before = at;
        if (open(',')) {
            return name("role") && string();
        }
        at = before;
        return true;
    }

    private boolean blob() {
        int before = at;
        if (name("mimeType")) {
            return usual() && open(',') && name("data") && payload();
        }
        at = before;
        return name("data") && payload() && open(',') && name("mimeType") && usual();
    }

    private boolean usual() {
        return string() && is(USUAL);
    }

    private boolean payload() {
        boolean found = string();
        dataFrom = stringFrom;
        dataTo = stringTo;
        return found;
    }

    private boolean open(char sign) {
        space();
        if (at < in.length() && in.at(at) == sign) {
            at++;
            return true;
        }
        return false;
    }

    private boolean name(String name) {
        return string() && is(name) && open(':');
    }

    private boolean is(String text) {
        if (stringTo - stringFrom != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (in.at(stringFrom + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A string without escapes, which neither base64 nor a known name needs. */
    private boolean string() {
        if (!open('"')) {
            return false;
        }
        stringFrom = at;
        int length = in.length();
        while (at < length) {
            byte next = in.at(at);
            if (next == '"') {
                stringTo = at++;
                return true;
            }
            if (next == '\\' || next < ' ') {
                return false;
            }
            at++;
        }
        return false;
    }

    private void space() {
        while (at < in.length() && in.at(at) <= ' ' && in.at(at) >= 0) {
            at++;
        }
    }

    private boolean ended() {
        space();
        return at == in.length();
    }
}
