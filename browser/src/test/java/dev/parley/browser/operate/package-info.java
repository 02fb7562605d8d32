/** The view for whoever runs a gateway, in a real browser: its sessions, its charts, its key, and what is done when it goes. */
@NullMarked
package dev.parley.browser.operate;

import org.jspecify.annotations.NullMarked;
