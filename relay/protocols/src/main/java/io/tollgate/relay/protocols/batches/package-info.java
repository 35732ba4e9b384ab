/** Batches of requests and the files that they are in, as bytes: orders, lines, results, lists. */
@NullMarked
package io.tollgate.relay.protocols.batches;

import org.jspecify.annotations.NullMarked;
