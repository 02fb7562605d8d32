/** Tests of the console in a real browser, and what they are made of: a browser, a microphone, an ear, and gateways. */
@NullMarked
package dev.parley.browser;

import org.jspecify.annotations.NullMarked;
