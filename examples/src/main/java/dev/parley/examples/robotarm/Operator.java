package dev.parley.examples.robotarm;

import dev.parley.ConversationListener;
import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.RealtimeModule;
import dev.parley.Subscribe;
import dev.parley.Tool;
import dev.parley.VoiceAgent;
import dev.parley.event.TranscriptionEvent;
import dev.parley.examples.ExampleModule;
import dev.parley.local.phrase.Phrasebook;
import dev.parley.tool.ToolException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Moves an arm as it is told. */
@Realtime(
        path = "/arm",
        name = "robot-arm",
        instructions = "You move a robot's arm by your tools. Confirm in three words. Never guess a distance.",
        greeting = "Ready.")
public final class Operator {
    private static final Pattern STOP = Pattern.compile("\\b(emergency|stop|freeze)\\b", Pattern.CASE_INSENSITIVE);

    private final Arm arm;

    Operator(Arm arm) {
        this.arm = arm;
    }

    /**
     * The operator as an agent.
     *
     * @param nobodyNear asked before something may fall
     */
    static VoiceAgent agent(Arm arm, BooleanSupplier nobodyNear) {
        Operator operator = new Operator(arm);
        return VoiceAgent.builder()
                .annotated(Operator.class, () -> operator)
                .approval(call -> nobodyNear.getAsBoolean())
                // Somebody who listens is what asks for transcripts.
                .listener(new ConversationListener() {})
                .build();
    }

    static RealtimeModule module(Arm arm, BooleanSupplier nobodyNear, Map<String, String> environment) {
        return ExampleModule.of(
                environment,
                Phrasebook.load("classpath:dev/parley/examples/robotarm/arm.phrases"),
                agent(arm, nobodyNear));
    }

    /** Stops the arm as soon as the words are known, whatever the model makes of them. */
    @Subscribe("conversation.item.input_audio_transcription.completed")
    void heard(TranscriptionEvent.Completed words) {
        if (STOP.matcher(words.transcript()).find()) {
            arm.stopped(true);
        }
    }

    @Tool("Moves the arm.")
    String moveArm(Direction direction, @P("1 to 60") int centimeters) throws ToolException {
        arm.move(direction, centimeters);
        Arm.Pose now = arm.pose();
        return "I am at " + now.x() + ", " + now.y() + ".";
    }

    @Tool("Closes the gripper around what is in it.")
    String grip() throws ToolException {
        arm.gripper(false);
        return "Closed.";
    }

    @Tool(value = "Opens the gripper, so that what is in it falls.", approval = true)
    String letGo() throws ToolException {
        arm.gripper(true);
        return "Open.";
    }

    @Tool("Lets the arm go on after a stop.")
    String release() {
        arm.stopped(false);
        return "Going on.";
    }

    /** Listens on port 3000. */
    public static void main(String[] args) {
        module(new Arm(), () -> true, System.getenv()).listen(3000);
        System.out.println("The arm listens at ws://127.0.0.1:3000/arm");
    }
}
