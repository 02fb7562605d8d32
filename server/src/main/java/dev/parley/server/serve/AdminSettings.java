package dev.parley.server.serve;

import java.util.Optional;

/**
 * Who may use the admin API.
 *
 * @param enabled whether it is there at all
 * @param key what whoever asks has to show; empty: only this computer is answered
 */
record AdminSettings(boolean enabled, Optional<String> key) {
    /** The settings without the key. */
    @Override
    public String toString() {
        return "AdminSettings[enabled=" + enabled + ", key=" + (key.isPresent() ? "set" : "none") + "]";
    }
}
