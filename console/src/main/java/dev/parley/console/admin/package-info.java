/** The admin API: the gateway's sessions, past and present, as JSON and server-sent events. */
@NullMarked
package dev.parley.console.admin;

import org.jspecify.annotations.NullMarked;
