package dev.parley.server.serve;

/**
 * A value that was set, and where, so that an error can say so.
 *
 * @param value as it was written; of a list, its elements joined by commas
 * @param where such as {@code --port}, {@code PARLEY_PORT} or {@code parley.yml line 3}
 */
record Setting(String value, String where) {}
