package dev.parley.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds in one forward pass over a message what a session needs to pass it on: its type, its ids, and the span of its
 * audio. Fields may come in any order.
 *
 * <p>A flat message of plain strings is only scanned. Whatever makes that inexact (a backslash in a name or in a value
 * that matters, an audio event with nested values) is parsed as JSON instead. An instance may be used again and again,
 * by one thread at a time.
 */
public final class EventScanner {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** A string longer than this is likely to be audio. */
    private static final int SHORT = 64;
    /** Bytes of a long string that are looked at in one go. */
    private static final int BLOCK = 1024;

    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    /** What ended {@link #stringEnd}: an index, or one of these. */
    private static final int UNTERMINATED = -1;

    private static final byte[] NOTHING = {};

    /** What holds the message, from {@code start} to {@code end}; all other indexes here are of this array, too. */
    private byte[] in = NOTHING;

    private int start;
    private int end;
    /** Whether the scan is not exact, so that the message must be parsed. */
    private boolean inexact;
    /** Whether the last string that was scanned has a backslash. */
    private boolean escaped;

    private boolean audioEscaped;
    private boolean nested;
    private boolean ascii;

    private int typeFrom;
    private int typeTo;
    private int eventIdFrom;
    private int eventIdTo;
    private int itemIdFrom;
    private int itemIdTo;
    private int audioFrom;
    private int audioTo;
    private int deltaFrom;
    private int deltaTo;
    private int contentIndex;

    /**
     * The event that a message holds. A message that is none becomes a {@link MalformedEvent}; nothing is thrown.
     *
     * <p>A control event's JSON is checked only as far as the scan goes; {@link ControlEvent#json()} checks the rest.
     */
    public Event scan(Bytes message) {
        in = message.holder();
        start = message.offset();
        end = start + message.length();
        inexact = false;
        audioEscaped = false;
        nested = false;
        ascii = true;
        typeFrom = eventIdFrom = itemIdFrom = audioFrom = deltaFrom = -1;
        contentIndex = 0;
        try {
            String fault = scanObject();
            if (fault != null) {
                return EventParser.malformed(
                        message, "invalid_json", "The message is not a JSON object: " + fault + ".", null);
            }
            return inexact ? EventParser.event(message) : scanned(message);
        } finally {
            in = NOTHING;
        }
    }

    /**
     * Where the name of the last message's type begins, so that it can be replaced in the bytes; -1 where only a parser
     * can tell.
     */
    public int typeAt() {
        return inexact ? -1 : typeFrom - start;
    }

    private Event scanned(Bytes message) {
        if (typeFrom < 0) {
            return EventParser.event(message);
        }
        EventType type = EventType.read(in, typeFrom, typeTo);
        int from = type.equals(EventType.INPUT_AUDIO_APPEND) ? audioFrom : deltaFrom;
        int to = type.equals(EventType.INPUT_AUDIO_APPEND) ? audioTo : deltaTo;
        if (!EventParser.carriesAudio(type) || from < 0) {
            return new ControlEvent(type, message, text(eventIdFrom, eventIdTo), null);
        }
        if (nested || !ascii || audioEscaped) {
            return EventParser.event(message);
        }
        return new AudioEvent(
                type,
                message,
                from - start,
                to - start,
                eventIdFrom - start,
                eventIdTo - start,
                itemIdFrom - start,
                itemIdTo - start,
                contentIndex);
    }

    private @Nullable String text(int from, int to) {
        return from < 0 ? null : new String(in, from, to - from, StandardCharsets.UTF_8);
    }

    /** Scans the whole message; answers what is wrong with it, or null. */
    private @Nullable String scanObject() {
        int i = skipSpace(start);
        if (i >= end) {
            return "it is empty";
        }
        if (in[i] != '{') {
            return "it does not start with '{'";
        }
        i = skipSpace(i + 1);
        if (i < end && in[i] == '}') {
            return trailing(i + 1);
        }
        while (true) {
            if (i >= end || in[i] != '"') {
                return "a field name is missing at byte " + (i - start);
            }
            int nameFrom = i + 1;
            int nameTo = stringEnd(nameFrom);
            inexact |= escaped;
            if (nameTo == UNTERMINATED) {
                return "a string is not closed";
            }
            i = skipSpace(nameTo + 1);
            if (i >= end || in[i] != ':') {
                return "a ':' is missing at byte " + (i - start);
            }
            i = skipSpace(i + 1);
            int valueFrom = i;
            i = valueEnd(valueFrom);
            if (i < 0) {
                return i == UNTERMINATED ? "a string is not closed" : "a value is wrong or not closed";
            }
            note(nameFrom, nameTo, valueFrom, i);
            i = skipSpace(i);
            if (i >= end) {
                return "it is not closed";
            }
            byte next = in[i];
            if (next == '}') {
                return trailing(i + 1);
            }
            if (next != ',') {
                return "a ',' is missing at byte " + (i - start);
            }
            i = skipSpace(i + 1);
        }
    }

    private @Nullable String trailing(int i) {
        return skipSpace(i) < end ? "something follows its end" : null;
    }

    /** Keeps a field that matters. A name given twice sends the message to the parser, which decides. */
    private void note(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        boolean string = in[valueFrom] == '"';
        int from = valueFrom + 1;
        int to = valueTo - 1;
        switch (nameTo - nameFrom) {
            case 4 -> {
                if (is(nameFrom, "type")) {
                    inexact |= typeFrom >= 0 || !string || escaped;
                    typeFrom = from;
                    typeTo = to;
                }
            }
            case 5 -> {
                if (is(nameFrom, "audio")) {
                    audioEscaped |= escaped || audioFrom >= 0;
                    audioFrom = string ? from : audioFrom;
                    audioTo = to;
                } else if (is(nameFrom, "delta")) {
                    audioEscaped |= escaped || deltaFrom >= 0;
                    deltaFrom = string ? from : deltaFrom;
                    deltaTo = to;
                }
            }
            case 7 -> {
                if (is(nameFrom, "item_id")) {
                    inexact |= string ? escaped : itemIdFrom >= 0;
                    itemIdFrom = string ? from : itemIdFrom;
                    itemIdTo = to;
                }
            }
            case 8 -> {
                if (is(nameFrom, "event_id")) {
                    inexact |= string ? escaped : eventIdFrom >= 0;
                    eventIdFrom = string ? from : eventIdFrom;
                    eventIdTo = to;
                }
            }
            case 13 -> {
                if (!string && is(nameFrom, "content_index")) {
                    contentIndex = number(valueFrom, valueTo);
                }
            }
            default -> {}
        }
    }

    private boolean is(int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (in[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int number(int from, int to) {
        int value = 0;
        for (int i = from; i < to && in[i] >= '0' && in[i] <= '9' && value < 100_000; i++) {
            value = value * 10 + in[i] - '0';
        }
        return value;
    }

    private int skipSpace(int i) {
        while (i < end) {
            byte b = in[i];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                break;
            }
            i++;
        }
        return i;
    }

    /** The index behind the value at {@code i}, or a negative number. */
    private int valueEnd(int i) {
        if (i >= end) {
            return -2;
        }
        byte first = in[i];
        if (first == '"') {
            int close = stringEnd(i + 1);
            return close == UNTERMINATED ? UNTERMINATED : close + 1;
        }
        if (first == '{' || first == '[') {
            nested = true;
            return nestedEnd(i);
        }
        int from = i;
        while (i < end && isScalar(in[i])) {
            i++;
        }
        return i == from ? -2 : scalarEnd(from, i);
    }

    private static boolean isScalar(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || b == '-' || b == '+' || b == '.' || b == 'E';
    }

    /** A literal or a number that is not plainly one goes to the parser. */
    private int scalarEnd(int from, int to) {
        boolean plain =
                switch (to - from) {
                    case 4 -> is(from, "null") || is(from, "true");
                    case 5 -> is(from, "false");
                    default -> false;
                };
        if (!plain) {
            for (int i = from; i < to; i++) {
                if (in[i] < '0' || in[i] > '9' || (i == from && in[i] == '0' && to - from > 1)) {
                    inexact = true;
                }
            }
        }
        return to;
    }

    private int nestedEnd(int i) {
        int depth = 0;
        while (i < end) {
            byte b = in[i];
            if (b == '"') {
                i = stringEnd(i + 1);
                if (i == UNTERMINATED) {
                    return UNTERMINATED;
                }
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
            i++;
        }
        return -2;
    }

    /** The index of the quote that ends the string which starts at {@code from}. */
    private int stringEnd(int from) {
        escaped = false;
        int i = stop(from, Math.min(end, from + SHORT));
        if (i - from == SHORT) {
            while (end - i >= BLOCK && plain(in, i)) {
                i += BLOCK;
            }
            i = stop(i, end);
        }
        while (i < end && in[i] == '\\') {
            escaped = true;
            i = stop(Math.min(i + 2, end), end);
        }
        return i < end ? i : UNTERMINATED;
    }

    /** The index of the first quote or backslash from {@code i} on, or {@code to}. */
    private int stop(int i, int to) {
        byte[] bytes = in;
        long seen = 0;
        while (i + 8 <= to) {
            long eight = (long) LONG.get(bytes, i);
            seen |= eight;
            long hits = zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES);
            if (hits != 0) {
                ascii &= (seen & HIGHS) == 0;
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            i += 8;
        }
        while (i < to && bytes[i] != '"' && bytes[i] != '\\') {
            seen |= bytes[i++];
        }
        ascii &= (seen & HIGHS) == 0;
        return i;
    }

    /** A bit in each byte that is zero; of several, only the lowest is to be trusted. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    /**
     * Whether the {@link #BLOCK} bytes from {@code i} on are ASCII without quotes and backslashes. Without a branch in
     * the loop, so that it is compiled to vectors.
     */
    private static boolean plain(byte[] bytes, int i) {
        long seen = 0;
        for (int to = i + BLOCK; i < to; i += 8) {
            long eight = (long) LONG.get(bytes, i);
            seen |= eight | ((eight ^ QUOTES) - ONES) | ((eight ^ BACKSLASHES) - ONES);
        }
        return (seen & HIGHS) == 0;
    }
}
