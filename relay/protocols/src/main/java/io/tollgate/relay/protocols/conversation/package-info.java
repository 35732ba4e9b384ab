/**
 * A conversation in no protocol's words: what a request asks for and what comes back, so that each
 * protocol is translated into one common form and out of it, and never into another protocol.
 */
@NullMarked
package io.tollgate.relay.protocols.conversation;

import org.jspecify.annotations.NullMarked;
