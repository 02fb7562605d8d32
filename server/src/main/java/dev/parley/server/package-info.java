/** The standalone gateway: its command line, one package a command. */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
