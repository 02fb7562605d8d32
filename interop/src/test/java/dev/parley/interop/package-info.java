/** Official clients, each tried on gateways as its own documentation uses it. */
@NullMarked
package dev.parley.interop;

import org.jspecify.annotations.NullMarked;
