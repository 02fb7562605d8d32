package dev.parley.spring.app;

import dev.parley.OnConnect;
import dev.parley.Realtime;
import dev.parley.RealtimeSession;
import java.security.Principal;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;

/** For those who have logged in; an object for each session. */
@Realtime(path = "/members", name = "members", instructions = "classpath:members.txt")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
class MembersDesk {
    private int arrivals;

    @OnConnect
    void arrived(RealtimeSession session) {
        arrivals++;
        DeskApplication.OUT.println(
                "MEMBER " + session.principal().map(Principal::getName).orElse("nobody") + " " + arrivals);
    }
}
