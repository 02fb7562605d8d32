package dev.parley.testkit.conformance;

import dev.parley.protocol.Json;
import dev.parley.turn.PlaybackReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recorded traffic between a client and a provider, read from JSON Lines: {@code {"dir":"sent"|"recv","data":{…}}} is a
 * message of a WebSocket, {@code sent} from client to provider, and {@code {"request":{…},"response":{…}}} is an exchange
 * over HTTP. Other fields, such as {@code at_ms}, say nothing here.
 *
 * @param name the folder and the file
 * @param folder the name of the folder, which says whose traffic it is, such as {@code openai}
 * @param lines in the order in which they happened
 */
public record Recording(String name, String folder, List<Line> lines) {
    public Recording {
        lines = List.copyOf(lines);
    }

    /** One line. */
    public sealed interface Line permits Message, Exchange, Other {}

    /**
     * A message of a WebSocket.
     *
     * @param fromProvider whether the provider sent it, or the client
     */
    public record Message(boolean fromProvider, ObjectNode event) implements Line {
        /** Such as {@code response.done}; empty if it has none, and so is no event of OpenAI Realtime. */
        public String type() {
            return event.path("type").asString("");
        }
    }

    /** An exchange over HTTP. */
    public record Exchange(JsonNode request, JsonNode response) implements Line {}

    /** Something that no provider gets or sends, such as the close of a connection, or what a client tells the gateway alone. */
    public record Other(String kind) implements Line {}

    /** Tells which line of a file cannot be read, and why, without quoting it. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /**
     * The files of recordings under a folder, by name.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".jsonl") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    /** What a file is called here: its folder and its name without the ending. */
    public static String name(Path file) {
        return folder(file) + "/" + String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", "");
    }

    private static String folder(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
    }

    /**
     * Reads a file.
     *
     * @throws UnreadableException if a line of it is something else
     */
    public static Recording read(Path file) throws UnreadableException {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        try {
            for (String text : Files.readAllLines(file)) {
                number++;
                if (!text.isBlank()) {
                    lines.add(line(Json.parse(text.getBytes(StandardCharsets.UTF_8)), number));
                }
            }
        } catch (Json.JsonSyntaxException e) {
            throw new UnreadableException("line " + number + " is " + e.getMessage());
        } catch (IOException e) {
            throw new UnreadableException("it is no text in UTF-8 that can be read");
        }
        if (lines.isEmpty()) {
            throw new UnreadableException("it has no lines");
        }
        return new Recording(name(file), folder(file), lines);
    }

    private static Line line(ObjectNode json, int number) throws UnreadableException {
        String direction = json.path("dir").asString("");
        if (json.path("request").isObject() && json.path("response").isObject()) {
            return new Exchange(json.path("request"), json.path("response"));
        }
        if ((direction.equals("sent") || direction.equals("recv")) && json.path("data") instanceof ObjectNode event) {
            Message message = new Message(direction.equals("recv"), event);
            // A recording that was made between a client and a gateway has what the gateway keeps to itself.
            String type = message.type();
            return type.equals(PlaybackReport.TYPE.name()) ? new Other(type) : message;
        }
        String kind = json.path("kind").asString("message");
        if (!direction.isEmpty() && !kind.equals("message")) {
            return new Other(kind);
        }
        throw new UnreadableException("line " + number
                + " is neither a message (\"dir\" with \"sent\" or \"recv\", and an object in \"data\") nor an"
                + " exchange (\"request\" and \"response\")");
    }

    /** The messages of the WebSocket. */
    public List<Message> messages() {
        return lines.stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
    }

    /** The exchanges over HTTP. */
    public List<Exchange> exchanges() {
        return lines.stream()
                .filter(Exchange.class::isInstance)
                .map(Exchange.class::cast)
                .toList();
    }

    /** What nothing is done with. */
    List<String> leftOut() {
        return lines.stream()
                .filter(Other.class::isInstance)
                .map(line -> "left out, as it is no message to or from a provider: " + ((Other) line).kind())
                .distinct()
                .toList();
    }

    /** Whether it is traffic of another protocol than OpenAI Realtime: it has messages, and none has a type. */
    public boolean foreign() {
        return !messages().isEmpty()
                && messages().stream().allMatch(message -> message.type().isEmpty());
    }
}
