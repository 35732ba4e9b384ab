@NullMarked
package io.tollgate.relay.protocols.conversation;

import org.jspecify.annotations.NullMarked;
