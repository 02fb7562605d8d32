/** Sessions on a servlet container: its WebSockets as legs, its requests as the gateway's. */
@NullMarked
package dev.parley.spring.servlet;

import org.jspecify.annotations.NullMarked;
