/** Tools that providers run themselves and bill by the call, in every protocol. */
@NullMarked
package io.tollgate.relay.protocols.tools;

import org.jspecify.annotations.NullMarked;
