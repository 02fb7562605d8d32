package dev.parley.transcode;

import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import org.jspecify.annotations.Nullable;

/** Where the events of an {@link AudioBridge} go on. Called on the lane. */
public interface Exits {
    /**
     * An event goes to the provider.
     *
     * @return whether there was room
     */
    boolean toProvider(Event event);

    /** An event comes from the provider. */
    void fromProvider(Event event);

    /** The client is told what is wrong with the event of this id, if it has one. */
    void tellClient(ErrorDetail error, @Nullable String cause);
}
