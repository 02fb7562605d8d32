package dev.parley.netty;

import dev.parley.RealtimeException;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What moves bytes between sockets and event loops: an interface of the kernel's own, or the JDK's. In the order in
 * which they are preferred. The jars of the kernels' own are optional; without one's classes it is just not available.
 */
public enum Transport {
    EPOLL,
    KQUEUE,
    IO_URING,
    NIO;

    /** The variable that names the transport to use. */
    public static final String VARIABLE = "PARLEY_TRANSPORT";
    /** The variable that says how many event loops a server has. */
    public static final String LOOPS_VARIABLE = "PARLEY_EVENT_LOOPS";

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final String AUTO = "auto";
    private static final int MOST_LOOPS = 1024;

    /**
     * The one that the environment names, else the first that is available.
     *
     * @throws RealtimeException if it names none, or one that is not available; the text says why
     */
    public static Transport of(Map<String, String> environment) {
        String name = environment.getOrDefault(VARIABLE, AUTO).strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals(AUTO)) {
            return best();
        }
        Transport named = Arrays.stream(values())
                .filter(each -> each.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new RealtimeException.InvalidConfig(
                        VARIABLE + " is '" + name + "'; it must be auto, " + labels(List.of(values()))));
        String why = named.missing();
        if (why != null) {
            throw new RealtimeException.InvalidConfig(
                    VARIABLE + " is '" + name + "', which cannot be used here: " + why + ". Available: "
                            + labels(Arrays.stream(values())
                                    .filter(each -> each.missing() == null)
                                    .toList())
                            + "; 'auto' takes the best");
        }
        return named;
    }

    private static Transport best() {
        for (Transport each : values()) {
            String why = each.missing();
            if (why == null) {
                LOG.debug("The transport is {}", each.label());
                return each;
            }
            LOG.debug("The transport {} is passed over: {}", each.label(), why);
        }
        return NIO;
    }

    /**
     * How many event loops a server has: as many as the environment says, else one a processor.
     *
     * @throws RealtimeException if it says something else than a number
     */
    public static int loops(Map<String, String> environment) {
        String text = environment.getOrDefault(LOOPS_VARIABLE, "").strip();
        if (text.isEmpty()) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            int loops = Integer.parseInt(text);
            if (loops > 0 && loops <= MOST_LOOPS) {
                return loops;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new RealtimeException.InvalidConfig(
                LOOPS_VARIABLE + " is '" + text + "'; it must be a number from 1 to " + MOST_LOOPS);
    }

    /** Loads what a transport is made of, and the log, which takes a while; whoever asks later waits less. */
    public static void load() {
        best();
    }

    /** Its name in settings, such as {@code io_uring}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String labels(List<Transport> some) {
        return some.stream().map(Transport::label).collect(Collectors.joining(", "));
    }

    /** Why it cannot be used here; null if it can. */
    private @Nullable String missing() {
        try {
            return switch (this) {
                case EPOLL -> cause(Epoll.unavailabilityCause());
                case KQUEUE -> cause(KQueue.unavailabilityCause());
                case IO_URING -> cause(IoUring.unavailabilityCause());
                case NIO -> null;
            };
        } catch (LinkageError absent) {
            return "netty-transport-native-" + label() + " is not among the dependencies";
        }
    }

    private static @Nullable String cause(@Nullable Throwable failure) {
        return failure == null ? null : "the system or the jar for it is missing (" + failure.getMessage() + ")";
    }

    /** New event loops. */
    EventLoopGroup group(int loops) {
        IoHandlerFactory handlers =
                switch (this) {
                    case EPOLL -> EpollIoHandler.newFactory();
                    case KQUEUE -> KQueueIoHandler.newFactory();
                    case IO_URING -> IoUringIoHandler.newFactory();
                    case NIO -> NioIoHandler.newFactory();
                };
        return new MultiThreadIoEventLoopGroup(loops, handlers);
    }

    /** Sockets that listen. */
    Class<? extends ServerChannel> listening() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case KQUEUE -> KQueueServerSocketChannel.class;
            case IO_URING -> IoUringServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }

    /** Sockets that connect. */
    Class<? extends Channel> connecting() {
        return switch (this) {
            case EPOLL -> EpollSocketChannel.class;
            case KQUEUE -> KQueueSocketChannel.class;
            case IO_URING -> IoUringSocketChannel.class;
            case NIO -> NioSocketChannel.class;
        };
    }
}
