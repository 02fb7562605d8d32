package dev.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.OpenAIRealtimeClient;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void smoke() throws Exception {
        try (RealtimeModule module = RealtimeModule.forRoot(
                RealtimeModuleOptions.builder().openaiApiKey("sk-x").build())) {
            int port = module.listen(0).getPort();
            try (OpenAIRealtimeClient client =
                    new OpenAIRealtimeClient(URI.create("ws://127.0.0.1:" + port + "/v1/realtime?model=x"), null)) {
                client.onAny(e -> System.out.println(e.wire().text(0, e.wire().length())));
                client.connect().get(5, TimeUnit.SECONDS);
                client.send("{\"type\":\"response.create\"}");
                System.out.println(client.closed().get(15, TimeUnit.SECONDS));
            }
            assertThat(module.service().getSessionCount()).isZero();
        }
    }
}
