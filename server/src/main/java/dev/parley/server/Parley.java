package dev.parley.server;

import dev.parley.netty.Transport;
import dev.parley.server.serve.Serving;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;

/** The {@code parley} process. */
public final class Parley {
    private Parley() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Environment.ofProcess(), args));
    }

    /** Begins without the library for command lines where it can, since that takes longer than all of a gateway. */
    private static int run(Environment environment, String... args) {
        boolean serve = args.length > 0 && args[0].equals("serve");
        Optional<Serving> plain = serve ? Serving.plain(Arrays.copyOfRange(args, 1, args.length)) : Optional.empty();
        return plain.isPresent()
                ? serve(plain.get(), environment)
                : Commands.commandLine(environment).execute(args);
    }

    private static int serve(Serving serving, Environment environment) {
        // What takes longest to load, on another processor while this one reads the settings.
        Thread.ofPlatform().daemon().name("parley-load").start(Transport::load);
        try {
            return serving.run(environment, new PrintWriter(System.out, true, System.out.charset()));
        } catch (RuntimeException | InterruptedException e) {
            return Failures.tell(e, new PrintWriter(System.err, true, System.err.charset()));
        }
    }
}
