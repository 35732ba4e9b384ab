/** Planted for a test: code that breaks the picture of the house. */
@NullMarked
package io.tollgate.relay.gateway.planted;

import org.jspecify.annotations.NullMarked;
