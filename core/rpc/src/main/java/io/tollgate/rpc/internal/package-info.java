/** How the server holds every call to its bounds, counts it and says what went wrong. */
@NullMarked
package io.tollgate.rpc.internal;

import org.jspecify.annotations.NullMarked;
