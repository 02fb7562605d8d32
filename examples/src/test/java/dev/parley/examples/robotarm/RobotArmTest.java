package dev.parley.examples.robotarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.examples.caller.SpokenCaller;
import dev.parley.local.speech.MaryVoice;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RobotArmTest {
    @Test
    void doesAsItIsTold() throws Exception {
        Arm arm = new Arm();
        AtomicBoolean nobodyNear = new AtomicBoolean();
        try (RealtimeModule module = Operator.module(arm, nobodyNear::get, Map.of());
                MaryVoice voice = MaryVoice.load();
                SpokenCaller person = new SpokenCaller(module.listen(0), "robot-arm", voice, "ash")) {
            assertThat(person.hear().words()).isEqualTo("Ready.");
            assertThat(person.say("Move up twelve centimeters.").words()).isEqualTo("I am at 0, 12.");
            assertThat(person.say("Move left forty centimeters.").words()).isEqualTo("That is out of reach.");
            assertThat(person.say("Close the gripper.").words()).isEqualTo("Closed.");

            assertThat(person.say("Open the gripper.").words()).doesNotContain("Open.");
            assertThat(arm.pose()).isEqualTo(new Arm.Pose(0, 12, false, false));
            nobodyNear.set(true);
            assertThat(person.say("Open the gripper.").words()).isEqualTo("Open.");

            assertThat(person.say("Emergency stop!").words()).isEqualTo("Stopped.");
            assertThat(arm.pose().stopped()).isTrue();
            assertThat(person.say("Move down two centimeters.").words()).isEqualTo("The arm is stopped.");
            assertThat(arm.pose()).isEqualTo(new Arm.Pose(0, 12, true, true));
        }
    }
}
