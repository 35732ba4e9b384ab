@NullMarked
package io.tollgate.relay.protocols.responses;

import org.jspecify.annotations.NullMarked;
