package dev.parley.dialect;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen by id, such as an item's; bounded, so that a peer cannot make it grow: the oldest is forgotten.
 *
 * @param <V> what is kept
 */
final class Recent<V> {
    private final Map<String, V> entries;

    Recent(int most) {
        entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Keeps a value; answers whether the id is new. */
    boolean put(String id, V value) {
        return entries.put(id, value) == null;
    }

    @Nullable
    V get(@Nullable String id) {
        return id == null ? null : entries.get(id);
    }

    @Nullable
    V remove(@Nullable String id) {
        return id == null ? null : entries.remove(id);
    }

    boolean has(@Nullable String id) {
        return id != null && entries.containsKey(id);
    }
}
