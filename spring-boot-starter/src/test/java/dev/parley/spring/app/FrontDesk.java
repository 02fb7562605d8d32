package dev.parley.spring.app;

import dev.parley.OnConnect;
import dev.parley.OnDisconnect;
import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.Tool;
import dev.parley.leg.CloseReason;
import java.security.Principal;
import java.util.Optional;

/** Found by its annotation alone. */
@Realtime(path = "/desk", instructions = "You are at the front desk. Be brief.", voice = "marin")
class FrontDesk {
    @Tool("Says when a room is free again.")
    String freeAgain(@P("the room's number") int room) {
        return "room " + room + " is free at noon";
    }

    @OnConnect
    void arrived(Optional<Principal> guest) {
        DeskApplication.OUT.println("ARRIVED " + guest.map(Principal::getName).orElse("somebody"));
    }

    @OnDisconnect
    void left(CloseReason why) {
        DeskApplication.OUT.println("LEFT " + why.code());
    }
}
