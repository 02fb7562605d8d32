package dev.parley.server.demo;

import dev.parley.server.demo.Question.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One step of the demonstration. */
sealed interface Step {
    /** A question, whose answer is heard to its end. */
    record Ask(Question question) implements Step {}

    /**
     * A question with a long answer, and another that is asked while it is being given.
     *
     * @param afterMillis how much of the long answer is heard before
     */
    record BargeIn(Question first, Question second, int afterMillis) implements Step {}

    /** A demonstration by chance: something of everything, in any order. */
    static List<Step> choose(Random random) {
        List<Question> questions = new ArrayList<>(Question.all());
        Collections.shuffle(questions, random);
        Question firstSum = take(questions, Kind.SUM);
        Question secondSum = take(questions, Kind.SUM);
        List<Step> steps = new ArrayList<>();
        steps.add(new Ask(firstSum));
        steps.add(new Ask(take(questions, random.nextBoolean() ? Kind.TIME : Kind.DATE)));
        steps.add(new Ask(take(questions, random.nextBoolean() ? Kind.DIGITS : Kind.BOOKING)));
        steps.add(new Ask(take(questions, Kind.LIGHT)));
        steps.add(new BargeIn(take(questions, Kind.HELP), secondSum, 1200 + random.nextInt(1000)));
        Collections.shuffle(steps, random);
        return steps;
    }

    private static Question take(List<Question> from, Kind kind) {
        Question found = from.stream().filter(q -> q.kind() == kind).findFirst().orElseThrow();
        from.remove(found);
        return found;
    }
}
