package dev.parley.dialect;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field that stands elsewhere than in GA.
 *
 * @param theirs its path there
 * @param ga its path in GA
 * @param values how its values are written
 * @param written whether the peer is sent it there, too; if not, it is only understood
 */
record Move(String theirs, String ga, Values values, boolean written) {
    static Move of(String theirs, String ga) {
        return new Move(theirs, ga, Values.SAME, true);
    }

    static Move of(String theirs, String ga, Values values) {
        return new Move(theirs, ga, values, true);
    }

    /** The same field, only understood there, and written as in GA. */
    Move understood() {
        return new Move(theirs, ga, values, false);
    }

    /** Moves the fields of an object to where GA has them. What GA's own place holds already stays. */
    static void toGa(List<Move> moves, ObjectNode object) {
        for (Move move : moves) {
            JsonNode value = Fields.at(object, move.theirs);
            if (value == null) {
                continue;
            }
            JsonNode ga = move.values.toGa(value);
            if (move.theirs.equals(move.ga)) {
                replace(object, move.ga, ga);
            } else if (ga == null || Fields.at(object, move.ga) != null || Fields.put(object, move.ga, ga)) {
                Fields.remove(object, move.theirs);
            }
        }
    }

    /** Moves the fields of an object to where the peer has them. */
    static void fromGa(List<Move> moves, ObjectNode object) {
        for (Move move : moves) {
            JsonNode value = move.written ? Fields.at(object, move.ga) : null;
            if (value == null) {
                continue;
            }
            JsonNode theirs = move.values.fromGa(value);
            if (move.theirs.equals(move.ga)) {
                replace(object, move.ga, theirs);
            } else {
                Fields.remove(object, move.ga);
                if (theirs != null) {
                    Fields.put(object, move.theirs, theirs);
                }
            }
        }
    }

    private static void replace(ObjectNode object, String path, @Nullable JsonNode value) {
        if (value == null) {
            Fields.remove(object, path);
        } else {
            Fields.put(object, path, value);
        }
    }

    /**
     * The path of a field, as an error names it, on the other side.
     *
     * @param prefix the object that the moves are of, such as {@code session.}
     */
    static String path(List<Move> moves, String prefix, String param, boolean toGa) {
        if (!param.startsWith(prefix)) {
            return param;
        }
        String path = param.substring(prefix.length());
        for (Move move : moves) {
            String from = toGa ? move.theirs : move.ga;
            if (move.written && (path.equals(from) || path.startsWith(from + ".") || path.startsWith(from + "["))) {
                return prefix + (toGa ? move.ga : move.theirs) + path.substring(from.length());
            }
        }
        return param;
    }

    /** Does something with an object if it is one. */
    static void ifObject(@Nullable JsonNode node, Consumer<ObjectNode> action) {
        if (node instanceof ObjectNode object) {
            action.accept(object);
        }
    }
}
