/** JSON in bytes: read token by token without copies, or as a tree, and written. */
@NullMarked
package io.tollgate.relay.protocols.internal.json;

import org.jspecify.annotations.NullMarked;
