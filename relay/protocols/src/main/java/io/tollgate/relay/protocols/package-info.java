/**
 * The AI protocols as values: parse a request, rewrite it for the upstream, count its tokens, read
 * usage from the passing answer, write errors the way callers expect. Pure: no I/O, no money. What
 * every protocol shares is here; each protocol has a package of its own below.
 */
@NullMarked
package io.tollgate.relay.protocols;

import org.jspecify.annotations.NullMarked;
