@NullMarked
package io.tollgate.relay.protocols.anthropic.request;

import org.jspecify.annotations.NullMarked;
