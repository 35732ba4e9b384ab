/**
 * Answers that are counted by the piece, such as pictures, sound and searches: what they report,
 * and whether they are answers at all. They pass to their callers as they come.
 */
@NullMarked
package io.tollgate.relay.protocols.internal.pieces;

import org.jspecify.annotations.NullMarked;
