package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;

/** Who speaks: a voice by name, or one of the account's own. OpenAI Realtime: {@code audio.output.voice}. */
public sealed interface Voice {
    /** A voice by its name. */
    static Voice named(String name) {
        return new Named(name);
    }

    /** A voice of the account's own. */
    static Voice custom(String id) {
        return new Custom(id, Fields.NONE);
    }

    /**
     * A voice that everybody can have.
     *
     * @param name such as {@code marin}
     */
    @Wire.Plain
    record Named(@Wire.Length(min = 1, max = 256) String name) implements Voice {}

    /**
     * A voice of the account's own.
     *
     * @param id such as {@code voice_…}
     */
    record Custom(String id, Fields more) implements Voice {}
}
