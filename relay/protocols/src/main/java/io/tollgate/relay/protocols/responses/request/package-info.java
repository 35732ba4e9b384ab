/** Requests for a response: read, told in no protocol's words, and written. */
@NullMarked
package io.tollgate.relay.protocols.responses.request;

import org.jspecify.annotations.NullMarked;
