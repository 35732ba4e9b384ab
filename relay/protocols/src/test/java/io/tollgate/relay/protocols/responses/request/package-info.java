@NullMarked
package io.tollgate.relay.protocols.responses.request;

import org.jspecify.annotations.NullMarked;
