/** Tests of the JavaScript client, parley.js, in a page that has nothing else. */
@NullMarked
package dev.parley.browser.client;

import org.jspecify.annotations.NullMarked;
